//! A modal dialog on the browser's own `<dialog>`: it traps focus, closes on Escape and returns focus by itself.

use leptos::{html, prelude::*};

use super::{
    button::{Button, ButtonKind},
    icon::{Glyph, Icon},
};

/// A dialog that shows while `open` is true, and sets it to false when it is closed.
#[component]
pub(crate) fn Dialog(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = element.get() else { return };
        if wanted && !dialog.open() {
            // It refuses only when the element left the page, and then there is nothing to show.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=element
            class="w-[min(30rem,calc(100vw-2rem))] rounded-card border border-line bg-raised p-0 shadow-high"
            aria-labelledby=format!("{id}-title")
            on:close=move |_| open.set(false)
        >
            <div class="flex items-center justify-between gap-4 border-b border-line py-3 pr-3 pl-5">
                <h2 id=format!("{id}-title") class="text-lg font-semibold">
                    {title}
                </h2>
                <Button kind=ButtonKind::Quiet icon_only=true attr:aria-label="Close" on_click=move |_| open.set(false)>
                    <Icon glyph=Glyph::Close />
                </Button>
            </div>
            <div class="px-5 pt-4 pb-5">{children()}</div>
        </dialog>
    }
}
