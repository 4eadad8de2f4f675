//! Who is signed in, and the way out.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

use crate::{
    components::{
        disclosure::Disclosure,
        icon::{Glyph, Icon},
    },
    session::{sign_out::SignOut, viewer::Viewer},
};

/// The account's menu. It works without script: a form signs out. Whoever looks through the account's eyes has the banner's way
/// back instead.
#[component]
pub(crate) fn AccountMenu(viewer: Viewer) -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    let account = viewer.account;
    let is_theirs = account.impersonated_by.is_none();
    let initial = account.display_name.chars().next().unwrap_or('?').to_uppercase().to_string();
    let summary = view! {
        <span class="grid size-6.5 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent" aria-hidden="true">
            {initial}
        </span>
        <Icon glyph=Glyph::ChevronDown class="size-3.5 text-ink-faint" />
    };
    view! {
        <Disclosure
            label=format!("Account: {}", account.display_name)
            summary_class="flex h-9 items-center gap-2 rounded-control px-1.5 hover:bg-hover"
            summary=summary.into_any()
        >
            <div class="absolute right-0 z-40 mt-2 w-64 rounded-card border border-line bg-raised shadow-high">
                <div class="border-b border-line px-4 py-3">
                    <p class="truncate font-medium">{account.display_name.clone()}</p>
                    <p class="truncate text-sm text-ink-muted">{account.email.clone()}</p>
                    <p class="mt-1 text-sm text-ink-muted">{account.role.label()}</p>
                </div>
                <div class="p-1.5">
                    <A
                        href="/account"
                        attr:class="flex w-full items-center gap-2.5 rounded-control px-2.5 py-2 hover:bg-hover"
                    >
                        <Icon glyph=Glyph::Entities class="size-4 text-ink-muted" />
                        "My account"
                    </A>
                    {is_theirs
                        .then(|| {
                            view! {
                            <ActionForm action=sign_out>
                                <button
                                    type="submit"
                                    class="flex w-full items-center gap-2.5 rounded-control px-2.5 py-2 text-left hover:bg-hover"
                                >
                                    <Icon glyph=Glyph::SignOut class="size-4 text-ink-muted" />
                                    "Sign out"
                                </button>
                            </ActionForm>
                            }
                        })}
                </div>
            </div>
        </Disclosure>
    }
}
