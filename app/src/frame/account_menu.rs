//! Who is signed in, and the way out.

use leptos::{form::ActionForm, prelude::*};

use crate::{
    components::icon::{Glyph, Icon},
    session::{sign_out::SignOut, viewer::Viewer},
};

/// A disclosure that works without script: the browser opens it, and a form signs out.
#[component]
pub(crate) fn AccountMenu(viewer: Viewer) -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    let account = viewer.account;
    let initial = account.display_name.chars().next().unwrap_or('?').to_uppercase().to_string();
    let details = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    view! {
        <details
            class="relative"
            node_ref=details
            on:keydown=move |ev| if ev.key() == "Escape" { close() }
            on:focusout=move |ev: web_sys::FocusEvent| {
                use wasm_bindgen::JsCast;
                let next = ev.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                let inside = details.get_untracked().is_some_and(|details| details.contains(next.as_ref()));
                if next.is_some() && !inside {
                    close();
                }
            }
        >
            <summary
                class="flex h-9 list-none items-center gap-2 rounded-control px-1.5 hover:bg-hover [&::-webkit-details-marker]:hidden"
                aria-label=format!("Account: {}", account.display_name)
            >
                <span class="grid size-6.5 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent" aria-hidden="true">
                    {initial}
                </span>
                <Icon glyph=Glyph::ChevronDown class="size-3.5 text-ink-faint" />
            </summary>
            <div class="absolute right-0 z-40 mt-2 w-64 rounded-card border border-line bg-raised shadow-high">
                <div class="border-b border-line px-4 py-3">
                    <p class="truncate font-medium">{account.display_name.clone()}</p>
                    <p class="truncate text-sm text-ink-muted">{account.email.clone()}</p>
                    <p class="mt-1 text-sm text-ink-muted capitalize">{account.role.name()}</p>
                </div>
                <div class="p-1.5">
                    <ActionForm action=sign_out>
                        <button
                            type="submit"
                            class="flex w-full items-center gap-2.5 rounded-control px-2.5 py-2 text-left hover:bg-hover"
                        >
                            <Icon glyph=Glyph::SignOut class="size-4 text-ink-muted" />
                            "Sign out"
                        </button>
                    </ActionForm>
                </div>
            </div>
        </details>
    }
}
