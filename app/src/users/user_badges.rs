//! An account's role and state as badges.

use api::Role;
use leptos::prelude::*;

use crate::components::badge::{Badge, Tone};

/// The role; those who may enter the dashboard stand out.
#[component]
pub(crate) fn RoleBadge(role: Role) -> impl IntoView {
    let tone = if role.allows(api::Permission::EnterDashboard) { Tone::Info } else { Tone::Neutral };
    view! { <Badge tone>{role.label()}</Badge> }
}

/// Whether the account can sign in.
#[component]
pub(crate) fn StateBadge(disabled: bool) -> impl IntoView {
    let (tone, text) = if disabled { (Tone::Bad, "Disabled") } else { (Tone::Good, "Enabled") };
    view! { <Badge tone>{text}</Badge> }
}
