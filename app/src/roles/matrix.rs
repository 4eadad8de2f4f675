//! Roles across, permissions down.

use api::{Permission, Role};
use leptos::prelude::*;

use crate::components::icon::{Glyph, Icon};

const HEAD: &str = "sticky left-0 z-10 bg-surface px-4 text-left";

/// The matrix. It scrolls sideways in its own frame where the page is narrow; the permissions' names stay.
#[component]
pub(super) fn Matrix(
    /// Whether the roles' names lead to those who have them.
    links: bool,
) -> impl IntoView {
    view! {
        <div
            class="overflow-x-auto rounded-card border border-line bg-surface shadow-low"
            role="region"
            aria-label="Permissions of each role"
            tabindex="0"
        >
            <table class="w-full border-collapse text-base">
                <caption class="sr-only">"Which role may do what"</caption>
                <thead>
                    <tr class="border-b border-line">
                        <th scope="col" class=format!("{HEAD} py-3 text-xs font-medium text-ink-muted")>
                            "Permission"
                        </th>
                        {Role::ALL.iter().map(|role| view! { <RoleHead role=*role links /> }).collect_view()}
                    </tr>
                </thead>
                {topics().into_iter().map(|(topic, permissions)| view! { <Topic topic permissions /> }).collect_view()}
            </table>
        </div>
    }
}

#[component]
fn RoleHead(role: Role, links: bool) -> impl IntoView {
    let count = role.permissions().iter().count();
    view! {
        <th scope="col" class="px-2 py-3 text-center text-xs font-medium whitespace-nowrap">
            {if links {
                view! {
                    <a href=format!("/users?role={}", role.name()) class="text-accent-strong hover:underline">
                        {role.label()}
                    </a>
                }
                    .into_any()
            } else {
                role.label().into_any()
            }}
            <span class="figure block font-normal text-ink-muted">{count.to_string()}</span>
        </th>
    }
}

#[component]
fn Topic(topic: &'static str, permissions: Vec<Permission>) -> impl IntoView {
    view! {
        <tbody class="divide-y divide-line border-b border-line">
            <tr class="bg-sunken">
                <th scope="rowgroup" colspan=(Role::ALL.len() + 1).to_string() class="px-4 py-1.5 text-left text-xs font-medium text-ink-muted">
                    <span class="sticky left-4">{topic}</span>
                </th>
            </tr>
            {permissions.into_iter().map(|permission| view! { <Row permission /> }).collect_view()}
        </tbody>
    }
}

#[component]
fn Row(permission: Permission) -> impl IntoView {
    view! {
        <tr class="group hover:bg-hover">
            <th scope="row" class=format!("{HEAD} min-w-48 max-w-72 py-2 font-normal group-hover:bg-hover sm:min-w-64")>
                {permission.description().trim_end_matches('.')}
                <span class="block font-mono text-xs text-ink-muted">{permission.name()}</span>
            </th>
            {Role::ALL
                .iter()
                .map(|role| {
                    let (text, glyph, class) = if role.allows(permission) {
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
