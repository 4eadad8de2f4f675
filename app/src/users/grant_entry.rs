//! One role that a person was given beside their own.

use api::role::GrantView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    components::{
        badge::{Badge, Tone},
        button::Button,
        time::Ago,
    },
    format,
};

/// What was given, where and until when it holds, by whom and why.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn GrantEntry(
    grant: GrantView,
    /// Where it holds, in words.
    place: String,
    can_give: Memo<bool>,
    ask: Callback<Uuid>,
) -> impl IntoView {
    let (id, in_force) = (grant.id, grant.in_force);
    let (tone, state) = standing(&grant);
    let by = grant.created_by_name.clone().unwrap_or_else(|| "somebody".to_owned());
    let taken = grant.taken_at.map(|at| {
        let by = grant.taken_by_name.clone().unwrap_or_else(|| "somebody".to_owned());
        let reason = grant.take_reason.clone().unwrap_or_default();
        view! {
            <p class="text-sm break-words text-ink-muted">
                "Withdrawn by " <bdi>{by}</bdi> " " <Ago at /> ": “" <bdi>{reason}</bdi> "”"
            </p>
        }
    });
    view! {
        <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5" data-testid="grant">
            <div class="min-w-0 flex-1 basis-64 space-y-1">
                <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <bdi class="font-medium">{grant.role_name.clone()}</bdi>
                    <Badge tone>{state}</Badge>
                </p>
                <p class="text-sm break-words"><bdi>{place}</bdi></p>
                <p class="break-words">
                    <bdi>{grant.reason.clone()}</bdi>
                </p>
                <p class="text-sm text-ink-muted">
                    "By "
                    <a class="underline decoration-line-strong underline-offset-2 hover:text-ink" href=format!("/users/{}", grant.created_by)>
                        <bdi>{by}</bdi>
                    </a> " " <Ago at=grant.created_at />
                    {grant.ends_at.map(|end| format!(" · until {}", format::utc(end)))}
                </p>
                {taken}
            </div>
            <Show when=move || can_give.get() && in_force>
                <Button on_click=move |_| ask.run(id)>"Withdraw"</Button>
            </Show>
        </li>
    }
}

/// Whether it holds, in a word.
const fn standing(grant: &GrantView) -> (Tone, &'static str) {
    match grant {
        GrantView { in_force: true, .. } => (Tone::Good, "In force"),
        GrantView { taken_at: Some(_), .. } => (Tone::Neutral, "Withdrawn"),
        GrantView { .. } => (Tone::Neutral, "Over"),
    }
}
