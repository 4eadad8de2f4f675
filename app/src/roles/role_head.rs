//! A role at the head of its column, and what can be done about it.

use api::{Permission, Role, role::RoleView};
use leptos::prelude::*;

use super::{bench::Bench, deed::RemoveRole};
use crate::{
    components::button::{Button, ButtonKind},
    session::viewer::use_viewer,
};

/// The name of a role, how much it allows, and the buttons of one that this installation has made.
#[component]
pub(super) fn RoleHead(role: RoleView, bench: Bench, asked: RwSignal<Option<RemoveRole>>) -> impl IntoView {
    let viewer = use_viewer();
    let count = role.permissions.len();
    let people = (viewer.may(Permission::ViewUsers) && role.built_in)
        .then(|| Role::ALL.iter().find(|known| known.label() == role.name))
        .flatten()
        .map(|known| format!("/users?role={}", known.name()));
    let is_ours = !role.built_in && viewer.may(Permission::ManageRoles);
    let is_reached = role.permissions.iter().all(|permission| viewer.may(*permission));
    let name = role.name.clone();
    view! {
        <th scope="col" class="px-2 py-3 text-center align-top text-xs font-medium whitespace-nowrap" data-testid="role">
            {match people {
                Some(href) => view! { <a href=href class="text-accent-strong hover:underline">{name}</a> }.into_any(),
                None => view! { <bdi title=role.description.clone()>{name}</bdi> }.into_any(),
            }}
            <span class="figure block font-normal text-ink-muted">{count.to_string()}</span>
            {is_ours.then(|| view! { <Actions role is_reached bench asked /> })}
        </th>
    }
}

#[component]
fn Actions(
    role: RoleView,
    is_reached: bool,
    bench: Bench,
    asked: RwSignal<Option<RemoveRole>>,
) -> impl IntoView {
    if !is_reached {
        return view! {
            <span class="mt-1 block max-w-28 font-normal whitespace-normal text-ink-muted">"It allows more than you may do."</span>
        }
        .into_any();
    }
    let (change, remove) = (format!("Change {}", role.name), format!("Remove {}", role.name));
    let role = StoredValue::new(role);
    let ask = move |_| {
        role.with_value(|role| asked.set(Some(RemoveRole { id: role.id, name: role.name.clone() })));
    };
    view! {
        <span class="mt-1 flex justify-center gap-1">
            <Button kind=ButtonKind::Quiet attr:aria-label=change on_click=move |_| role.with_value(|role| bench.take(role))>
                "Change"
            </Button>
            <Button kind=ButtonKind::Quiet attr:aria-label=remove on_click=ask>
                "Remove"
            </Button>
        </span>
    }
    .into_any()
}
