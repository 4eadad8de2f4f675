//! The page of what the engine plays and what it doesn't yet.

use api::rules::{CoverageGap, CoverageGroup, RulesCoverage};
use leptos::{either::Either, prelude::*};
use leptos_router::components::A;

use super::read_coverage::read_coverage;
use crate::{
    compendium::CoverageBadge,
    components::{
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Cell, DataTable, ROW},
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) CoverageRoute => CoveragePage, in rules);

const COLUMNS: &[&str] = &["Group", "Played", "In part", "For the table", "Share"];

/// Counts of every group, then the rows that don't run wholly.
#[component]
fn CoveragePage() -> impl IntoView {
    let groups = Resource::new(|| (), |()| read_coverage());
    view! {
        <PageHeader
            title="Coverage"
            text="Every row of the source, and whether the engine plays it. What people play out still has its cost, time and range."
        />
        <Suspense fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match groups.await {
                    Ok(list) => Either::Left(view! { <Groups groups=list.items /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}

#[component]
fn Groups(groups: Vec<CoverageGroup>) -> impl IntoView {
    let rows = groups.clone();
    view! {
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Groups">
            <DataTable caption="How much of each group runs" columns=COLUMNS>
                {rows
                    .into_iter()
                    .map(|group| {
                        let share = f64::from(group.executable) / f64::from(group.rows.max(1)) * 100.0;
                        view! {
                            <tr class=ROW data-testid="group">
                                <Cell>
                                    <span class="font-medium capitalize">{group.name}</span>
                                </Cell>
                                <Cell column="Played">
                                    <span class="figure">{format!("{} of {}", group.executable, group.rows)}</span>
                                </Cell>
                                <Cell column="In part">
                                    <span class="figure">{group.partial}</span>
                                </Cell>
                                <Cell column="For the table">
                                    <span class="figure">{group.narrative}</span>
                                </Cell>
                                <Cell column="Share">
                                    <Share share />
                                </Cell>
                            </tr>
                        }
                    })
                    .collect_view()}
            </DataTable>
        </section>
        {groups.into_iter().filter(|group| !group.gaps.is_empty()).map(|group| view! { <Gaps group /> }).collect_view()}
    }
}

#[component]
fn Share(share: f64) -> impl IntoView {
    view! {
        <span class="flex items-center gap-3">
            <svg class="h-1.5 w-24 text-accent" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="text-line" width="100" height="6" rx="3" fill="currentColor" />
                <rect width=share height="6" rx="3" fill="currentColor" />
            </svg>
            <span class="figure">{format!("{share:.1} %")}</span>
        </span>
    }
}

/// The rows of a group that don't run wholly.
#[component]
fn Gaps(group: CoverageGroup) -> impl IntoView {
    let partial = group.gaps.iter().filter(|gap| gap.coverage == RulesCoverage::Partial).count();
    let open = partial > 0 && partial <= 12;
    let told = format!("{}: {partial} in part, {} for the table", group.name, group.gaps.len() - partial);
    view! {
        <details class="mt-4 rounded-card border border-line bg-surface shadow-low" open=open>
            <summary class="cursor-pointer px-4 py-3 font-semibold first-letter:uppercase">{told}</summary>
            <ul class="divide-y divide-line border-t border-line">
                {group.gaps.into_iter().map(|gap| view! { <Gap gap /> }).collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn Gap(gap: CoverageGap) -> impl IntoView {
    let name = gap.id.clone();
    let named = match gap.kind {
        Some(kind) => Either::Left(view! {
            <A
                href=format!("/compendium/{}/{}", kind.name(), gap.id)
                attr:class="font-medium text-accent-strong hover:underline"
            >
                {name}
            </A>
        }),
        None => Either::Right(view! { <span class="font-medium">{name}</span> }),
    };
    view! {
        <li class="px-4 py-2.5">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">{named} <CoverageBadge coverage=gap.coverage /></div>
            {(!gap.missing.is_empty())
                .then(|| view! { <p class="mt-0.5 max-w-prose text-sm text-ink-muted">{gap.missing.join("; ")}</p> })}
        </li>
    }
}
