//! One account as a row.

use std::collections::BTreeSet;

use api::{AccountId, user::UserView};
use leptos::prelude::*;
use leptos_router::components::A;

use super::user_badges::{RoleBadge, StateBadge};
use crate::components::{
    initial::Initial,
    table::{Cell, ROW},
    time::Ago,
};

/// An account's row, with a box to choose it by where the viewer may do something about it.
#[component]
pub(super) fn UserRow(
    user: UserView,
    chosen: Option<RwSignal<BTreeSet<AccountId>>>,
    me: AccountId,
) -> impl IntoView {
    let (id, name) = (user.id, user.display_name.clone());
    let choose = |chosen| view! { <Choose id name=user.display_name.clone() chosen me /> };
    let (wide, narrow) = (chosen.map(choose), chosen.map(choose));
    view! {
        <tr class=ROW data-testid="user">
            {wide.map(|wide| view! { <Cell class="w-0 max-sm:hidden">{wide}</Cell> })}
            <Cell>
                <div class="flex items-center gap-3">
                    <Initial name=name.clone() />
                    <div class="min-w-0 flex-1">
                        <A
                            href=format!("/users/{id}")
                            attr:class="block font-medium break-words text-accent-strong hover:underline"
                        >
                            <bdi>{name}</bdi>
                        </A>
                        <p class="text-xs break-all text-ink-muted">{user.email}</p>
                    </div>
                    {narrow.map(|narrow| view! { <div class="sm:hidden">{narrow}</div> })}
                </div>
            </Cell>
            <Cell column="Role">
                <RoleBadge role=user.role />
            </Cell>
            <Cell column="State">
                <StateBadge disabled=user.disabled_at.is_some() />
            </Cell>
            <Cell column="Last sign-in" class="text-ink-muted">
                {match user.last_login_at {
                    Some(at) => view! { <Ago at /> }.into_any(),
                    None => "never".into_any(),
                }}
            </Cell>
            <Cell column="Made" class="text-ink-muted">
                <Ago at=user.created_at />
            </Cell>
        </tr>
    }
}

/// Nobody changes their own account here, so it can't be chosen.
#[component]
fn Choose(
    id: AccountId,
    name: String,
    chosen: RwSignal<BTreeSet<AccountId>>,
    me: AccountId,
) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            class="block size-4 accent-accent"
            aria-label=format!("Choose {name}")
            disabled=id == me
            prop:checked=move || chosen.read().contains(&id)
            on:change=move |event| {
                let is_checked = event_target_checked(&event);
                chosen.update(|chosen| if is_checked { chosen.insert(id); } else { chosen.remove(&id); });
            }
        />
    }
}
