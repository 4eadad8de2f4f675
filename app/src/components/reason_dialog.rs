//! A question before staff change something: what will happen, and why they want it. The audit keeps the answer.

use std::future::Future;

use leptos::prelude::*;

use super::{
    button::{Button, ButtonKind},
    dialog::Dialog,
    notice::FailureNotice,
    text_area::TextArea,
    toast::use_toasts,
};
use crate::Failure;

/// Fewest and most characters of a reason, as `api::user::Reason` has them.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=500;

/// What is said to whoever gave none.
pub(crate) const SAY_WHY: &str = "Say why, in at least three characters.";

/// Asks while `open` is true. It closes when the deed is done, and stays with the refusal when it is not.
#[component]
pub(crate) fn ReasonDialog<F, Fut>(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    /// What will happen, and what will not.
    #[prop(into)]
    text: Signal<String>,
    /// The verb on the button.
    #[prop(into)]
    yes: Signal<String>,
    #[prop(into, default = ButtonKind::Danger.into())] kind: Signal<ButtonKind>,
    open: RwSignal<bool>,
    /// Does it, for the reason given, and says what was done.
    act: F,
    /// What else is asked for.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView
where
    F: Fn(String) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<String, Failure>> + 'static,
{
    let children = StoredValue::new(children);
    view! {
        <Dialog id title open>
            <Show when=move || open.get()>
                <ReasonForm id text yes kind=kind.get_untracked() open act>
                    {children.with_value(|children| children.as_ref().map(|children| children()))}
                </ReasonForm>
            </Show>
        </Dialog>
    }
}

#[component]
fn ReasonForm<F, Fut>(
    id: &'static str,
    text: Signal<String>,
    yes: Signal<String>,
    kind: ButtonKind,
    open: RwSignal<bool>,
    act: F,
    children: Children,
) -> impl IntoView
where
    F: Fn(String) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<String, Failure>> + 'static,
{
    let toasts = use_toasts();
    let reason = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Failure>);
    let error = Signal::derive(move || {
        let short = !is_reason(&reason.read());
        (tried.get() && short).then(|| SAY_WHY.to_owned())
    });
    let doing = Action::new_local(move |reason: &String| {
        let deed = act(reason.clone());
        async move {
            let _ = refusal.try_set(None);
            match deed.await {
                Ok(done) => {
                    toasts.tell(done);
                    let _ = open.try_set(false);
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                }
            }
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let given = reason.with_untracked(|reason| reason.trim().to_owned());
        if is_reason(&given) {
            doing.dispatch_local(given);
        }
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=submit>
            <p class="text-ink-muted">{text}</p>
            {children()}
            <TextArea id=id label="Why" max_length=500 hint="The audit log keeps it." error value=reason />
            {move || refusal.get().map(|failure| view! { <FailureNotice failure /> })}
            <div class="mt-1 flex flex-wrap justify-end gap-2">
                <Button on_click=move |_| open.set(false)>"Leave it"</Button>
                <Button kind submits=true busy=doing.pending()>
                    {yes}
                </Button>
            </div>
        </form>
    }
}

/// Whether a text is a reason.
pub(crate) fn is_reason(text: &str) -> bool {
    REASON_CHARS.contains(&text.trim().chars().count())
}

#[cfg(test)]
mod tests {
    use super::is_reason;

    #[test]
    fn a_reason_has_three_characters_that_are_not_blank() {
        assert!(is_reason("spam") && is_reason("日本語"));
        assert!(!is_reason("  no  ") && !is_reason("") && !is_reason(&"x".repeat(501)));
    }
}
