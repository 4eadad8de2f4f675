//! One pipeline: its flow, its figures, and what is inside.

use api::pipeline::PipelineView;
use leptos::prelude::*;

use super::{
    dead_letters::DeadLetters,
    deed::{PipelineDeed, What},
    flow_graph::FlowGraph,
    rows::Rows,
    tail::LiveTail,
    throughput::{POINTS, Throughput},
};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        notice::Notice,
        sparkline::Sparkline,
        time::{Ago, use_clock},
    },
    format,
};

/// A pipeline's card. What may change is bound to `view`; the card itself stays, and with it the focus.
#[component]
pub(crate) fn PipelineCard(
    view: Memo<Option<PipelineView>>,
    may_run: bool,
    /// Whether events may be looked at.
    may_look: bool,
    /// Where it says what is to be done about it.
    asked: RwSignal<Option<PipelineDeed>>,
) -> impl IntoView {
    let Some(first) = view.get_untracked() else { return ().into_any() };
    let is_paused =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.paused_at.is_some())));
    let heading = format!("pipeline-{}", first.id);
    let (id, name) = (first.id, StoredValue::new(first.name.clone()));
    let ask = Callback::new(move |what| asked.set(Some(PipelineDeed { id, name: name.get_value(), what })));
    let labelled_by = heading.clone();
    view! {
        <section
            class="overflow-hidden rounded-card border border-line bg-surface shadow-low"
            aria-labelledby=labelled_by
            data-testid="pipeline"
        >
            <div class="flex flex-wrap items-start justify-between gap-3 border-b border-line px-4 py-3">
                <div class="min-w-0">
                    <h2 id=heading class="flex flex-wrap items-center gap-2 text-lg font-semibold">
                        {first.name.clone()} <State view />
                    </h2>
                    <p class="mt-0.5 max-w-3xl text-ink-muted">{first.description.clone()}</p>
                </div>
                {may_run.then(|| view! { <PauseButton is_paused ask /> })}
            </div>
            <FlowGraph label=format!("Flow of {}", first.name) parts=first.parts.clone() />
            <Figures view />
            <Trouble view />
            <DeadLetters view may_run ask />
            {may_look.then(|| view! { <LiveTail id=first.id parts=first.parts.clone() /> })}
            <Rows id=first.id has_table=!first.tables.is_empty() view />
        </section>
    }
    .into_any()
}

#[component]
fn State(view: Memo<Option<PipelineView>>) -> impl IntoView {
    let state = Memo::new(move |_| {
        view.with(|view| match view {
            Some(view) if view.paused_at.is_some() => ("Paused", Tone::Warn),
            Some(view) if view.lag.is_none() => ("Its stream does not answer", Tone::Bad),
            Some(view) if view.lag > Some(0) => ("Working", Tone::Info),
            _ => ("Up to date", Tone::Good),
        })
    });
    view! {
        <Badge tone=Signal::derive(move || state.get().1) lively=Signal::derive(move || state.get().1 == Tone::Info)>
            {move || state.get().0}
        </Badge>
    }
}

#[component]
fn PauseButton(is_paused: Memo<bool>, ask: Callback<What>) -> impl IntoView {
    view! {
        <Button
            kind=ButtonKind::Secondary
            on_click=move |_| ask.run(if is_paused.get_untracked() { What::Resume } else { What::Pause })
        >
            {move || {
                let glyph = if is_paused.get() { Glyph::Play } else { Glyph::Pause };
                view! { <Icon glyph /> }
            }}
            {move || if is_paused.get() { "Resume" } else { "Pause" }}
        </Button>
    }
}

#[component]
fn Figures(view: Memo<Option<PipelineView>>) -> impl IntoView {
    let clock = use_clock();
    let throughput = RwSignal::new(Throughput::default());
    Effect::new(move |_| {
        if let Some(count) = view.with(|view| view.as_ref().map(|view| view.events_in)) {
            throughput.update(|throughput| throughput.note(clock.now(), count));
        }
    });
    let of = move |read: fn(&PipelineView) -> u64| {
        Signal::derive(move || format::count(view.with(|view| view.as_ref().map_or(0, read))))
    };
    let lag = move || {
        view.with(|view| view.as_ref().and_then(|view| view.lag))
            .map_or_else(|| "–".to_owned(), format::count)
    };
    let checkpoint = move || view.with(|view| view.as_ref().and_then(|view| view.checkpoint_at));
    view! {
        <dl class="grid grid-cols-2 gap-px border-t border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
            <Figure label="Events a second">{move || format::rate(throughput.with(Throughput::now))}</Figure>
            <Figure label="Events taken in">{of(|view| view.events_in)}</Figure>
            <Figure label="Skipped repeats">{of(|view| view.events_repeated)}</Figure>
            <Figure label="Rows written">{of(|view| view.rows_out)}</Figure>
            <Figure label="Waiting (lag)">{lag}</Figure>
            <Figure label="Last commit">
                {move || match checkpoint() {
                    Some(at) => view! { <Ago at /> }.into_any(),
                    None => "–".into_any(),
                }}
            </Figure>
        </dl>
        <div class="bg-surface">
            <Sparkline points=Signal::derive(move || throughput.with(Throughput::history)) capacity=POINTS as u32 />
        </div>
    }
}

#[component]
fn Figure(label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="bg-surface px-4 py-2.5">
            <dt class="text-xs text-ink-muted">{label}</dt>
            <dd class="figure text-lg font-semibold" data-testid=label>
                {children()}
            </dd>
        </div>
    }
}

/// What went wrong the last time, if it was after the last commit.
#[component]
fn Trouble(view: Memo<Option<PipelineView>>) -> impl IntoView {
    let trouble = Memo::new(move |_| {
        view.with(|view| {
            let view = view.as_ref()?;
            let is_current = view.error_at > view.checkpoint_at;
            view.error.clone().filter(|_| is_current)
        })
    });
    move || {
        trouble.get().map(|error| {
            view! {
                <div class="border-t border-line p-4">
                    <Notice tone=Tone::Bad title="The last batch failed and is tried again">
                        <p class="break-words">{error}</p>
                    </Notice>
                </div>
            }
        })
    }
}
