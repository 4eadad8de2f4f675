//! The Overview page.

use api::{Permission, observe::Figures};
use leptos::{either::Either, prelude::*};
use leptos_router::components::Redirect;

use super::read_figures::read_figures;
use crate::{
    components::{
        badge::{Badge, Tone},
        icon::Glyph,
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
        stat_card::StatCard,
    },
    format,
    live::{feed::use_feed, history::CAPACITY},
    session::viewer::use_viewer,
};

/// A tick has this long at 60 Hz; beyond it the region falls behind.
const TICK_BUDGET_US: u64 = 16_667;

/// Players, ticks and messages, live.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    if !use_viewer().may(Permission::ObserveGame) {
        return Either::Left(view! { <Redirect path="/world" /> });
    }
    let first = Resource::new(|| (), |()| read_figures());
    Either::Right(view! {
        <PageHeader title="Overview" text="What the realm is doing right now." />
        <Suspense fallback=FiguresLoading>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(figures) => Either::Left(view! { <FiguresView first=figures /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    })
}

#[component]
fn FiguresLoading() -> impl IntoView {
    view! {
        <div class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4" role="status" aria-label="Loading figures">
            {(0..4).map(|_| view! { <Skeleton class="h-42" /> }).collect_view()}
        </div>
    }
}

#[component]
fn FiguresView(first: Figures) -> impl IntoView {
    let feed = use_feed();
    let live = feed.figures();
    let figures = Memo::new(move |_| live.get().unwrap_or_else(|| first.clone()));
    view! {
        <ReadyLine figures />
        <KeyFigures figures />
        <DetailTables figures />
    }
}

/// A text made from the newest figures.
fn text_of(figures: Memo<Figures>, read: fn(&Figures) -> String) -> Signal<String> {
    Signal::derive(move || figures.with(read))
}

#[component]
fn KeyFigures(figures: Memo<Figures>) -> impl IntoView {
    let feed = use_feed();
    let of = move |read| text_of(figures, read);
    let tick_is_long = Signal::derive(move || figures.read().tick_p99_us > TICK_BUDGET_US);
    view! {
        <section aria-label="Key figures" class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
            <StatCard
                glyph=Glyph::Tower
                label="Players"
                value=of(|f| format::count(f.players.into()))
                detail=of(|f| format!("{} open {}", f.sockets, if f.sockets == 1 { "socket" } else { "sockets" }))
                history=feed.series(|f| f.players.into())
                capacity=CAPACITY
            />
            <StatCard
                glyph=Glyph::Entities
                label="Entities"
                value=of(|f| format::count(f.entities.into()))
                detail=of(|f| format!("{} of them NPCs", format::count(f.entities.saturating_sub(f.players).into())))
                history=feed.series(|f| f.entities.into())
                capacity=CAPACITY
            />
            <StatCard
                glyph=Glyph::Gauge
                label="Tick p99"
                value=of(|f| format::milliseconds(f.tick_p99_us))
                unit="ms"
                detail=of(|f| format!("{:.1} % of 16.7 ms", f.tick_p99_us as f64 / TICK_BUDGET_US as f64 * 100.0))
                history=feed.series(|f| f.tick_p99_us as f64)
                capacity=CAPACITY
                alarming=tick_is_long
            />
            <StatCard
                glyph=Glyph::Health
                label="Messages"
                value=of(|f| format::rate(f.messages_in_per_s + f.messages_out_per_s))
                unit="/s"
                detail=of(|f| format!("{} in, {} out", format::rate(f.messages_in_per_s), format::rate(f.messages_out_per_s)))
                history=feed.series(|f| f.messages_in_per_s + f.messages_out_per_s)
                capacity=CAPACITY
            />
        </section>
    }
}

#[component]
fn DetailTables(figures: Memo<Figures>) -> impl IntoView {
    let of = move |read| text_of(figures, read);
    view! {
        <div class="mt-4 grid gap-4 lg:grid-cols-2">
            <Details
                title="Simulation"
                rows=vec![
                    ("Tick", of(|f| format::count(f.tick))),
                    ("Median duration", of(|f| format!("{} ms", format::milliseconds(f.tick_p50_us)))),
                    ("99th percentile", of(|f| format!("{} ms", format::milliseconds(f.tick_p99_us)))),
                    ("Longest, lately", of(|f| format!("{} ms", format::milliseconds(f.tick_max_us)))),
                    ("Late ticks since start", of(late_ticks)),
                ]
            />
            <Details
                title="Server"
                rows=vec![
                    ("Uptime", of(|f| format::span(f.uptime_s))),
                    ("Version", of(|f| f.version.clone())),
                    ("Open game sockets", of(|f| format::count(f.sockets.into()))),
                    ("Sent to players", of(|f| {
                        let (value, unit) = format::bytes(f.bytes_out_per_s);
                        format!("{value} {unit}/s")
                    })),
                    ("Figures taken", of(|f| format::utc(f.at))),
                ]
            />
        </div>
    }
}

/// Late ticks, and their share of all.
fn late_ticks(figures: &Figures) -> String {
    let share = figures.late_ticks as f64 / figures.tick.max(1) as f64 * 100.0;
    format!("{} ({share:.2} %)", format::count(figures.late_ticks))
}

/// The answer to the first question: is it all right?
#[component]
fn ReadyLine(figures: Memo<Figures>) -> impl IntoView {
    let ready = Memo::new(move |_| figures.read().ready);
    let tone = Signal::derive(move || if ready.get() { Tone::Good } else { Tone::Bad });
    view! {
        <div class="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone>{move || if ready.get() { "Ready" } else { "Not ready" }}</Badge>
            <p class="text-ink-muted">
                {move || {
                    if ready.get() {
                        Either::Left("All required parts answer; players can come in.")
                    } else {
                        Either::Right(view! {
                            "A required part is ill. "
                            <a href="/health" class="font-medium text-accent underline underline-offset-4">
                                "See which one"
                            </a>
                        })
                    }
                }}
            </p>
        </div>
    }
}

#[component]
fn Details(title: &'static str, rows: Vec<(&'static str, Signal<String>)>) -> impl IntoView {
    view! {
        <section class="rounded-card border border-line bg-surface shadow-low">
            <h2 class="flex items-center gap-2 border-b border-line px-4 py-2.5 text-sm font-semibold">{title}</h2>
            <dl class="divide-y divide-line">
                {rows
                    .into_iter()
                    .map(|(label, value)| {
                        view! {
                            <div class="flex items-baseline justify-between gap-4 px-4 py-2">
                                <dt class="text-ink-muted">{label}</dt>
                                <dd class="figure text-right">{value}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </section>
    }
}
