//! How the queue stands, and letting it stand still.

use std::time::Duration;

use api::job::QueueView;
use leptos::prelude::*;

use super::{deed::JobDeed, read_queue::read_queue};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        deed_dialog::DeedDialog,
        fresh::keep_fresh,
        icon::{Glyph, Icon},
    },
    format,
};

const REFRESH: Duration = Duration::from_secs(2);

/// One line: waiting, running, paused or not.
#[component]
pub(crate) fn QueueBar(first: QueueView, may_run: bool) -> impl IntoView {
    // When the queue can't be read, the list of jobs below says so.
    let fresh = keep_fresh(first, REFRESH, read_queue);
    let queue = fresh.value;
    let is_paused = Memo::new(move |_| queue.with(|queue| queue.paused_at.is_some()));
    let tone = Signal::derive(move || if is_paused.get() { Tone::Warn } else { Tone::Good });
    let waiting = move || format::count(queue.with(|queue| queue.queued));
    let running = move || format::count(queue.with(|queue| queue.running));
    view! {
        <section
            class="mb-4 flex flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-surface px-4 py-2.5 shadow-low"
            aria-label="Queue"
        >
            <p class="flex flex-wrap items-center gap-x-4 gap-y-1">
                <Badge tone>{move || if is_paused.get() { "Paused" } else { "Open" }}</Badge>
                <span class="figure">{waiting} " waiting"</span>
                <span class="figure">{running} " running"</span>
            </p>
            {may_run.then(|| view! { <PauseButton is_paused changed=Callback::new(move |()| fresh.refresh()) /> })}
        </section>
    }
}

#[component]
fn PauseButton(is_paused: Memo<bool>, changed: Callback<()>) -> impl IntoView {
    let asked = RwSignal::new(None::<JobDeed>);
    let deed = move || if is_paused.get_untracked() { JobDeed::ResumeQueue } else { JobDeed::PauseQueue };
    view! {
        <Button kind=ButtonKind::Secondary on_click=move |_| asked.set(Some(deed()))>
            {move || {
                let glyph = if is_paused.get() { Glyph::Play } else { Glyph::Pause };
                view! { <Icon glyph /> }
            }}
            {move || if is_paused.get() { "Resume the queue" } else { "Pause the queue" }}
        </Button>
        <DeedDialog id="queue-deed" asked done=Callback::new(move |_| changed.run(())) />
    }
}
