//! How the queue stands, and letting it stand still.

use std::time::Duration;

use api::job::QueueView;
use leptos::prelude::*;

use super::{pause_queue::pause_queue, read_queue::read_queue};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        fresh::keep_fresh,
        icon::{Glyph, Icon},
        toast::use_toasts,
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
    let toasts = use_toasts();
    let switch = Action::new_local(move |pause: &bool| {
        let pause = *pause;
        async move {
            match pause_queue(pause).await {
                Ok(_) if pause => toasts.tell("The queue stands still. Running jobs stop at their next step"),
                Ok(_) => toasts.tell("The queue goes on"),
                Err(failure) => toasts.warn(failure.to_string()),
            }
            changed.run(());
        }
    });
    view! {
        <Button
            kind=ButtonKind::Secondary
            busy=switch.pending()
            on_click=move |_| {
                switch.dispatch_local(!is_paused.get_untracked());
            }
        >
            {move || {
                let glyph = if is_paused.get() { Glyph::Play } else { Glyph::Pause };
                view! { <Icon glyph /> }
            }}
            {move || if is_paused.get() { "Resume the queue" } else { "Pause the queue" }}
        </Button>
    }
}
