//! Whether the figures on the page are of now.

use leptos::prelude::*;

use crate::{
    components::{
        badge::{Badge, Tone},
        icon::{Glyph, Icon},
    },
    live::{feed::LiveFeed, link::LinkState},
};

/// The link's state, and a switch to hold the picture still.
#[component]
pub(crate) fn LiveBadge(feed: LiveFeed) -> impl IntoView {
    let tone = Signal::derive(move || match feed.state() {
        LinkState::Live => Tone::Good,
        LinkState::Connecting | LinkState::Paused => Tone::Neutral,
        LinkState::Stale => Tone::Warn,
        LinkState::Lost => Tone::Bad,
    });
    let is_live = Signal::derive(move || feed.state() == LinkState::Live);
    let paused = move || feed.state() == LinkState::Paused;
    let label = move || if paused() { "Resume live figures" } else { "Pause live figures" };
    view! {
        <div class="flex items-center gap-1" data-testid="link">
            <Badge tone lively=is_live>
                <span role="status">{move || feed.state().label()}</span>
            </Badge>
            <button
                type="button"
                class="grid size-9 shrink-0 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink"
                aria-label=label
                title=label
                on:click=move |_| feed.set_paused(!paused())
            >
                {move || view! { <Icon glyph=if paused() { Glyph::Play } else { Glyph::Pause } /> }}
            </button>
        </div>
    }
}
