//! The question for a reason, where one page has many things that can be done.

use std::future::Future;

use leptos::prelude::*;

use super::{button::ButtonKind, reason_dialog::ReasonDialog};
use crate::Failure;

/// Something that can be done, for a reason.
pub(crate) trait Deed: Clone + Send + Sync + 'static {
    /// The question.
    fn title(&self) -> String;

    /// What will happen, and what will not.
    fn text(&self) -> String;

    /// The verb on the button.
    fn verb(&self) -> String;

    /// How much the button warns.
    fn kind(&self) -> ButtonKind {
        ButtonKind::Primary
    }

    /// Does it, and says what was done.
    fn carry_out(self, reason: String) -> impl Future<Output = Result<String, Failure>> + 'static;
}

/// Asks about the deed that `asked` holds, and carries it out. One of them is enough for a list.
#[component]
pub(crate) fn DeedDialog<D: Deed>(
    /// Unique on the page.
    id: &'static str,
    asked: RwSignal<Option<D>>,
    /// Is told of what was done.
    done: Callback<D>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.read().is_some()));
    Effect::new(move |_| {
        if !open.get() && asked.read_untracked().is_some() {
            asked.set(None);
        }
    });
    let told = move |tell: fn(&D) -> String| {
        Signal::derive(move || asked.with(|deed| deed.as_ref().map(tell).unwrap_or_default()))
    };
    let kind = Signal::derive(move || asked.with(|deed| deed.as_ref().map(D::kind).unwrap_or_default()));
    let act = move |reason: String| {
        let deed = asked.get_untracked();
        async move {
            let Some(deed) = deed else { return Ok(String::new()) };
            let told = deed.clone().carry_out(reason).await?;
            done.run(deed);
            Ok(told)
        }
    };
    view! { <ReasonDialog id title=told(D::title) text=told(D::text) yes=told(D::verb) kind open act /> }
}
