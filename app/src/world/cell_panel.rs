//! One cell closely: its ids, its terrain, and its hash from both sides.

use api::world::ChunkView;
use grid::{CELL_METRES, CellCoord};
use leptos::{either::Either, prelude::*};

use super::atlas::{Atlas, Chosen};
use crate::{
    components::{
        badge::{Badge, Tone},
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        identifier::Identifier,
        notice::FailureNotice,
        skeleton::Skeleton,
    },
    format,
    world::read_chunk::read_chunk,
};

/// The chosen cell, or how to choose one.
#[component]
pub(crate) fn CellPanel(atlas: Atlas) -> impl IntoView {
    let cell = Memo::new(move |_| match atlas.chosen.get() {
        Some(Chosen::Cell(cell)) => Some(cell),
        _ => None,
    });
    move || match cell.get() {
        None => Either::Left(view! {
            <EmptyState
                glyph=Glyph::World
                title="No cell chosen"
                text="Click the map, or move to it by keyboard and press Enter, to inspect a cell of 64 × 64 metres."
            />
        }),
        Some(cell) => Either::Right(view! { <CellView atlas cell /> }),
    }
}

#[component]
fn CellView(atlas: Atlas, cell: CellCoord) -> impl IntoView {
    let world = atlas.world;
    let from_server = LocalResource::new(move || read_chunk(world, cell.x, cell.z));
    let middle = |index: i32| (f64::from(index) + 0.5) * CELL_METRES as f64;
    view! {
        <div class="flex flex-col gap-4 p-4">
            <div class="flex items-start justify-between gap-3">
                <div>
                    <h2 class="figure text-lg font-semibold" data-testid="cell-name">
                        {format!("Cell {}, {}", cell.x, cell.z)}
                    </h2>
                    <p class="figure text-sm text-ink-muted">{whereabouts(cell)}</p>
                </div>
                <button
                    type="button"
                    class="grid size-8 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink"
                    aria-label="Show this cell in the middle of the map"
                    title="Show in the middle of the map"
                    on:click=move |_| atlas.go_to(middle(cell.x), middle(cell.z))
                >
                    <Icon glyph=Glyph::Locate />
                </button>
            </div>
            <Suspense fallback=|| view! { <Skeleton class="h-28" /> }>
                {move || Suspend::new(async move {
                    match from_server.await {
                        Ok(chunk) => Either::Left(view! { <Terrain atlas cell chunk /> }),
                        Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                    }
                })}
            </Suspense>
            <section aria-label="Ids" class="border-t border-line pt-2">
                <Identifier label="Cell id" value=cell.id(world).to_string() />
                <Identifier label="Block id" value=cell.block().id(world).to_string() />
                <Identifier label="Region id" value=cell.region().id(world).to_string() />
                <Identifier label="World id" value=world.to_string() />
            </section>
        </div>
    }
}

fn whereabouts(cell: CellCoord) -> String {
    let (block, region) = (cell.block(), cell.region());
    format!("in block {}, {} of region {}, {}", block.x, block.z, region.x, region.z)
}

#[component]
fn Terrain(atlas: Atlas, cell: CellCoord, chunk: ChunkView) -> impl IntoView {
    let href =
        move |form: &str| format!("/api/v1/worlds/{}/chunks/{}/{}.{form}", atlas.world, cell.x, cell.z);
    let server_hash = chunk.hash.clone();
    view! {
        <HashComparison atlas cell server_hash />
        <section aria-label="Terrain" class="flex flex-col gap-3">
            <dl class="grid grid-cols-2 gap-x-4 gap-y-2">
                <Fact label="Ground" value=format!("{:.1} – {:.1} m", chunk.height_min_m, chunk.height_max_m) />
                <Fact label="Walkable" value=format::percent(chunk.walkable_share) />
                <Fact label="Payload" value=format!("{} bytes", format::count(chunk.size_bytes.into())) />
                <Fact label="Features" value=features(&chunk) />
            </dl>
            <div>
                <h3 class="mb-1.5 text-sm font-medium text-ink-muted">"Biomes"</h3>
                <ul class="flex flex-col gap-1.5">
                    {chunk
                        .biomes
                        .into_iter()
                        .map(|biome| {
                            view! {
                                <li class="grid grid-cols-[6.5rem_1fr_2.75rem] items-center gap-2 text-sm">
                                    <span class="truncate">{biome.biome.replace(['_', '-'], " ")}</span>
                                    <span class="h-1.5 overflow-hidden rounded-full bg-line">
                                        <span
                                            class="block h-full rounded-full bg-accent"
                                            style:width=format!("{:.1}%", biome.share * 100.0)
                                        ></span>
                                    </span>
                                    <span class="figure text-right text-ink-muted">{format::percent(biome.share)}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
            <p class="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
                <span class="flex items-center gap-1.5 text-ink-muted">
                    <Icon glyph=Glyph::Download class="size-3.5" />
                    "Download"
                </span>
                {[("bin", "Chunk"), ("r16", "Heights"), ("png", "Picture")]
                    .map(|(form, name)| {
                        view! {
                            <a
                                class="font-medium text-accent underline underline-offset-4 hover:text-accent-strong"
                                href=href(form)
                                rel="external"
                                download=format!("cell_{}_{}.{form}", cell.x, cell.z)
                            >
                                {format!("{name} .{form}")}
                            </a>
                        }
                    })
                    .collect_view()}
            </p>
        </section>
    }
}

fn features(chunk: &ChunkView) -> String {
    if chunk.features.is_empty() {
        return "none".to_owned();
    }
    let named: Vec<_> = chunk
        .features
        .iter()
        .map(|f| format!("{} {}", f.count, f.feature.replace(['_', '-'], " ")))
        .collect();
    named.join(", ")
}

#[component]
fn Fact(label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="min-w-0">
            <dt class="text-xs text-ink-muted">{label}</dt>
            <dd class="figure">{value}</dd>
        </div>
    }
}

/// Whether browser and server grew the same bits.
#[component]
fn HashComparison(atlas: Atlas, cell: CellCoord, server_hash: String) -> impl IntoView {
    let expected = server_hash.clone();
    let verdict =
        Memo::new(move |_| verdict(atlas.known(cell).map(|chunk| chunk.hash).as_deref(), Some(&expected)));
    let browser_hash =
        move || atlas.known(cell).map_or_else(|| "still growing…".to_owned(), |chunk| chunk.hash);
    view! {
        <section aria-label="Hash" class="rounded-control border border-line bg-sunken/60 p-3">
            <div class="mb-2 flex items-center justify-between">
                <h3 class="text-sm font-medium">"Chunk hash"</h3>
                <VerdictBadge verdict />
            </div>
            <dl class="grid grid-cols-[4.5rem_1fr] gap-y-1 text-xs">
                <dt class="text-ink-muted">"Browser"</dt>
                <dd class="truncate font-mono" title=browser_hash data-testid="browser-hash">
                    {browser_hash}
                </dd>
                <dt class="text-ink-muted">"Server"</dt>
                <dd class="truncate font-mono" title=server_hash.clone() data-testid="server-hash">
                    {server_hash.clone()}
                </dd>
            </dl>
        </section>
    }
}

/// What the comparison of two hashes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Waiting,
    Equal,
    Different,
}

pub(crate) fn verdict(browser: Option<&str>, server: Option<&str>) -> Verdict {
    match (browser, server) {
        (Some(browser), Some(server)) if browser == server => Verdict::Equal,
        (Some(_), Some(_)) => Verdict::Different,
        _ => Verdict::Waiting,
    }
}

#[component]
pub(crate) fn VerdictBadge(#[prop(into)] verdict: Signal<Verdict>) -> impl IntoView {
    let tone = Signal::derive(move || match verdict.get() {
        Verdict::Waiting => Tone::Neutral,
        Verdict::Equal => Tone::Good,
        Verdict::Different => Tone::Bad,
    });
    view! {
        <Badge tone>
            {move || match verdict.get() {
                Verdict::Waiting => "Waiting",
                Verdict::Equal => "Equal",
                Verdict::Different => "Different",
            }}
        </Badge>
    }
}
