//! Why the land is as it is at a place: each layer's value, what kept other biomes away, and the chunk's hash beside the
//! server's.

use grid::Position;
use leptos::{either::Either, prelude::*};
use worldgen::Reason;

use super::{Desk, worker_messages::Explained};
use crate::{
    components::{
        asked::ask_once,
        badge::{Badge, Tone},
        empty_state::EmptyState,
        icon::Glyph,
    },
    world::read_chunk::read_chunk,
};

/// The chosen place, or how to choose one.
#[component]
pub(crate) fn ExplainPanel(desk: Desk) -> impl IntoView {
    move || match desk.explained.get() {
        None => Either::Left(view! {
            <EmptyState
                glyph=Glyph::Locate
                title="No place chosen"
                text="Click the map, or move to a place by keyboard and press Enter, to learn why the land is as it is there."
            />
        }),
        Some(explained) => Either::Right(view! { <Place desk explained /> }),
    }
}

#[component]
fn Place(desk: Desk, explained: Explained) -> impl IntoView {
    let Explained { x, z, explanation: told, hash } = explained;
    let water =
        if told.water_m > 0.0 { format!(", {:.1} m under water", told.water_m) } else { String::new() };
    let ground = told.material.map(|material| format!(" on {}", words(&material))).unwrap_or_default();
    let facts = [
        ("Height", format!("{:.1} m{water}", told.height_m)),
        ("Slope", format!("{:.2}", told.slope)),
        ("Temperature", format!("{:.2}", told.temperature)),
        ("Humidity", format!("{:.2}", told.humidity)),
        ("Walkable", if told.walkable { "yes" } else { "no" }.to_owned()),
    ];
    view! {
        <div class="grid gap-5 p-4 md:grid-cols-3" data-testid="explained">
            <section aria-label="What is there">
                <h2 class="text-base font-semibold first-letter:uppercase">{format!("{}{ground}", words(&told.biome))}</h2>
                <p class="figure mb-2 text-sm text-ink-muted">{format!("{x} m east, {z} m south")}</p>
                <dl class="grid grid-cols-[6.5rem_1fr] gap-y-1 text-sm">
                    {facts
                        .map(|(name, value)| {
                            view! {
                                <dt class="text-ink-muted">{name}</dt>
                                <dd class="figure">{value}</dd>
                            }
                        })
                        .collect_view()}
                </dl>
                <Hash desk x z hash />
            </section>
            <section aria-label="Why nothing else">
                <h3 class="mb-1.5 text-sm font-medium text-ink-muted">"Why nothing else"</h3>
                <Reasons desk reasons=told.biomes />
                <h3 class="mt-3 mb-1.5 text-sm font-medium text-ink-muted">"What can’t stand here"</h3>
                <Reasons desk reasons=told.features />
            </section>
            <section aria-label="Layers">
                <h3 class="mb-1.5 text-sm font-medium text-ink-muted">"Layers"</h3>
                <dl class="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-sm">
                    {told
                        .layers
                        .into_iter()
                        .map(|(name, value)| {
                            view! {
                                <dt class="truncate font-mono text-xs leading-5">{name}</dt>
                                <dd class="figure text-right">{format!("{value:.3}")}</dd>
                            }
                        })
                        .collect_view()}
                </dl>
            </section>
        </div>
    }
}

fn words(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

#[component]
fn Reasons(desk: Desk, reasons: Vec<Reason>) -> impl IntoView {
    if reasons.is_empty() {
        return Either::Left(view! { <p class="text-sm text-ink-muted">"Nothing is kept away."</p> });
    }
    Either::Right(view! {
        <ul class="flex flex-col gap-0.5 text-sm">
            {reasons
                .into_iter()
                .map(|reason| {
                    let line = reason.line;
                    view! {
                        <li>
                            <button
                                type="button"
                                class="text-left hover:text-accent hover:underline"
                                on:click=move |_| {
                                    if let Some(line) = line {
                                        desk.edit(|editor| editor.go_to(line));
                                    }
                                }
                            >
                                {reason.why}
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    })
}

/// The chunk's hash beside that of the world in force: equal if the text grows the same land.
#[component]
fn Hash(desk: Desk, x: i64, z: i64, hash: String) -> impl IntoView {
    let (world, cell) = (desk.world, Position::from_metres(x, 0, z).cell());
    let from_server = ask_once(move || read_chunk(world, cell.x, cell.z));
    let ours = StoredValue::new(hash.clone());
    let verdict = move || {
        from_server.get().map(|answer| match answer {
            Ok(chunk) if ours.with_value(|ours| *ours == chunk.hash) => {
                (Tone::Good, "Equal to the server’s", chunk.hash)
            }
            Ok(chunk) => (Tone::Info, "The world in force grows otherwise here", chunk.hash),
            Err(failure) => (Tone::Warn, "The server can’t be asked", failure.to_string()),
        })
    };
    view! {
        <div class="mt-3 rounded-control border border-line bg-sunken/60 p-2.5 text-xs" data-testid="hash">
            <p class="figure mb-1 font-medium">{format!("Chunk of cell {}, {}", cell.x, cell.z)}</p>
            <p class="truncate font-mono" title=hash.clone()>
                {hash.clone()}
            </p>
            {move || match verdict() {
                None => Either::Left(view! { <p class="mt-1 text-ink-muted">"Asking the server…"</p> }),
                Some((tone, text, theirs)) => Either::Right(view! {
                    <p class="mt-1.5 flex flex-col gap-1" title=theirs>
                        <Badge tone>{text}</Badge>
                    </p>
                }),
            }}
        </div>
    }
}
