//! Roles across, permissions down.

use api::{Permission, role::RoleView};
use leptos::prelude::*;

use super::{
    bench::{Bench, Subject},
    deed::RemoveRole,
    role_head::RoleHead,
};
use crate::{
    components::icon::{Glyph, Icon},
    session::viewer::use_viewer,
};

const HEAD: &str = "sticky left-0 z-10 bg-surface px-4 text-left";

/// The matrix. It scrolls sideways in its own frame where the page is narrow; the permissions' names stay. The role at work
/// has the first column, and boxes to tick.
#[component]
pub(super) fn Matrix(
    roles: RwSignal<Vec<RoleView>>,
    bench: Bench,
    asked: RwSignal<Option<RemoveRole>>,
) -> impl IntoView {
    view! {
        <div
            class="relative overflow-x-auto rounded-card border border-line bg-surface shadow-low"
            role="region"
            aria-label="Permissions of each role"
            tabindex="0"
        >
            <table class="w-full border-collapse text-base">
                <caption class="sr-only">"Which role may do what"</caption>
                {move || {
                    let is_at_work = bench.subject.read().is_some();
                    let shown = beside(bench.subject.get(), roles.get());
                    view! { <Columns roles=shown is_at_work bench asked /> }
                }}
            </table>
        </div>
    }
}

/// The roles beside the one at work.
fn beside(subject: Option<Subject>, mut roles: Vec<RoleView>) -> Vec<RoleView> {
    if let Some(Subject::Known(id)) = subject {
        roles.retain(|role| role.id != id);
    }
    roles
}

#[component]
fn Columns(
    roles: Vec<RoleView>,
    is_at_work: bool,
    bench: Bench,
    asked: RwSignal<Option<RemoveRole>>,
) -> impl IntoView {
    let allowed: Vec<Vec<Permission>> = roles.iter().map(|role| role.permissions.clone()).collect();
    let columns = 1 + usize::from(is_at_work) + roles.len();
    let bodies = topics().into_iter().map(|(topic, permissions)| {
        let rows = permissions.into_iter().map(|permission| {
            let allows = allowed.iter().map(|role| role.contains(&permission)).collect();
            view! { <Row permission allows is_at_work bench /> }
        });
        let rows = rows.collect_view();
        view! {
            <tbody class="divide-y divide-line border-b border-line">
                <tr class="bg-sunken">
                    <th scope="rowgroup" colspan=columns.to_string() class="px-4 py-1.5 text-left text-xs font-medium text-ink-muted">
                        <span class="sticky left-4">{topic}</span>
                    </th>
                </tr>
                {rows}
            </tbody>
        }
    });
    let bodies = bodies.collect_view();
    view! {
        <thead>
            <tr class="border-b border-line">
                <th scope="col" class=format!("{HEAD} py-3 text-xs font-medium text-ink-muted")>
                    "Permission"
                </th>
                {is_at_work.then(|| view! { <HeadAtWork bench /> })}
                {roles.into_iter().map(|role| view! { <RoleHead role bench asked /> }).collect_view()}
            </tr>
        </thead>
        {bodies}
    }
}

#[component]
fn HeadAtWork(bench: Bench) -> impl IntoView {
    let name = move || {
        let name = bench.name.get();
        if name.trim().is_empty() { "A new role".to_owned() } else { name }
    };
    view! {
        <th scope="col" class="bg-accent-soft px-2 py-3 text-center align-top text-xs font-medium whitespace-nowrap">
            <bdi>{name}</bdi>
            <span class="figure block font-normal text-ink-muted">
                {move || bench.permissions.get().iter().count().to_string()}
            </span>
        </th>
    }
}

#[component]
fn Row(permission: Permission, allows: Vec<bool>, is_at_work: bool, bench: Bench) -> impl IntoView {
    view! {
        <tr class="group hover:bg-hover">
            <th scope="row" class=format!("{HEAD} min-w-48 max-w-72 py-2 font-normal group-hover:bg-hover sm:min-w-64")>
                {permission.description().trim_end_matches('.')}
                <span class="block font-mono text-xs text-ink-muted">{permission.name()}</span>
            </th>
            {is_at_work.then(|| view! { <Tick permission bench /> })}
            {allows
                .into_iter()
                .map(|is_allowed| {
                    let (text, glyph, class) = if is_allowed {
                        ("yes", Glyph::Check, "inline size-4 text-good")
                    } else {
                        ("no", Glyph::Minus, "inline size-3 text-line-strong")
                    };
                    view! {
                        <td class="px-2 py-2 text-center">
                            <Icon glyph class />
                            <span class="sr-only">{text}</span>
                        </td>
                    }
                })
                .collect_view()}
        </tr>
    }
}

/// Whether the role at work allows it. Nobody gives what they don't have: such a box can't be ticked, and says why.
#[component]
fn Tick(permission: Permission, bench: Bench) -> impl IntoView {
    let is_reached = use_viewer().may(permission);
    let what = permission.description().trim_end_matches('.');
    let label = if is_reached { what.to_owned() } else { format!("{what}: you may not do this yourself") };
    let title = (!is_reached).then_some("You may not do this yourself.");
    view! {
        <td class="bg-accent-soft px-2 py-2 text-center">
            <input
                type="checkbox"
                class="size-4 accent-accent disabled:opacity-40"
                aria-label=label
                title=title
                disabled=!is_reached
                prop:checked=move || bench.permissions.get().contains(permission)
                on:change=move |event| bench.allow(permission, event_target_checked(&event))
            />
        </td>
    }
}

/// The permissions under their headings.
fn topics() -> Vec<(&'static str, Vec<Permission>)> {
    let mut topics: Vec<(&'static str, Vec<Permission>)> = Vec::new();
    for permission in Permission::ALL {
        match topics.last_mut() {
            Some((topic, permissions)) if *topic == permission.topic() => permissions.push(*permission),
            _ => topics.push((permission.topic(), vec![*permission])),
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use api::Permission;

    use super::topics;

    #[test]
    fn every_permission_stands_under_one_heading() {
        let listed: Vec<Permission> = topics().into_iter().flat_map(|(_, permissions)| permissions).collect();
        assert_eq!(listed, Permission::ALL);
    }
}
