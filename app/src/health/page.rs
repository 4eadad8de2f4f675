//! The Health page.

use std::time::Duration;

use api::health::{Condition, HealthView};
use leptos::{either::Either, prelude::*};

use super::{part_card::PartCard, read_health::read_health};
use crate::{
    components::{
        badge::Tone,
        fresh::{StaleNotice, keep_fresh},
        notice::{FailureNotice, Notice},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) HealthRoute => HealthPage, in staff);

/// How often the page asks while it is open.
const REFRESH: Duration = Duration::from_secs(3);

/// Every part of the server, the ill ones first.
#[component]
fn HealthPage() -> impl IntoView {
    let first = Resource::new(|| (), |()| read_health());
    view! {
        <PageHeader title="Health" text="What each part of the server said when it was last asked." />
        <Suspense fallback=|| view! { <Skeleton class="h-64" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(health) => Either::Left(view! { <Parts first=health /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Parts(first: HealthView) -> impl IntoView {
    let fresh = keep_fresh(first, REFRESH, read_health);
    let health = fresh.value;
    let names = Memo::new(move |_| health.with(ill_first));
    view! {
        <StaleNotice of=fresh />
        <Summary health />
        <ul class="mt-4 grid items-start gap-4 lg:grid-cols-2">
            <For each=move || names.get() key=Clone::clone let:name>
                {
                    let part = Memo::new(move |_| {
                        health.with(|health| health.parts.iter().find(|part| part.part == name).cloned())
                    });
                    view! { <PartCard part /> }
                }
            </For>
        </ul>
    }
}

/// Names of the parts, the ill ones first, each group in the server's order.
fn ill_first(health: &HealthView) -> Vec<String> {
    let mut parts: Vec<_> =
        health.parts.iter().map(|part| (part.condition != Condition::Ill, &part.part)).collect();
    parts.sort_by_key(|(is_not_ill, _)| *is_not_ill);
    parts.into_iter().map(|(_, name)| name.clone()).collect()
}

#[component]
fn Summary(health: RwSignal<HealthView>) -> impl IntoView {
    let state = Memo::new(move |_| {
        health.with(|health| {
            let ill = health.parts.iter().filter(|part| part.condition == Condition::Ill).count();
            (health.ready, health.draining, ill, health.parts.len())
        })
    });
    move || {
        let (tone, title, text) = match state.get() {
            (_, true, ..) => (
                Tone::Warn,
                "The server is draining",
                "It lets its players finish, takes no new ones, and stops.".to_owned(),
            ),
            (true, _, 0, all) => (Tone::Good, "Ready", format!("All {all} parts answer.")),
            (true, _, ill, all) => {
                (Tone::Warn, "Degraded", format!("{ill} of {all} parts are ill. Play goes on without them."))
            }
            (false, _, ill, all) => (
                Tone::Bad,
                "Not ready",
                format!("{ill} of {all} parts are ill. Players can’t come in until they are well."),
            ),
        };
        view! {
            <Notice tone title>
                {text}
            </Notice>
        }
    }
}
