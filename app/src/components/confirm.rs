//! A question before something that can't be taken back.

use leptos::prelude::*;

use super::{
    button::{Button, ButtonKind},
    dialog::Dialog,
};

/// Asks while `open` is true; `confirmed` runs on yes. The safe answer comes first and has the focus.
#[component]
pub(crate) fn Confirm(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    /// What will happen, and what will not.
    #[prop(into)]
    text: Signal<String>,
    /// The verb on the button.
    yes: &'static str,
    no: &'static str,
    open: RwSignal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    confirmed: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog id title open>
            <p class="text-ink-muted">{text}</p>
            <div class="mt-5 flex justify-end gap-2">
                <Button attr:autofocus=true on_click=move |_| open.set(false)>
                    {no}
                </Button>
                <Button kind=ButtonKind::Danger busy on_click=move |_| confirmed.run(())>
                    {yes}
                </Button>
            </div>
        </Dialog>
    }
}
