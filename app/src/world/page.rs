//! The World page: the map, and beside it what is chosen.

use api::{Permission, world::WorldView};
use grid::{CELL_METRES, EntityId, REGION_METRES};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    atlas::{Atlas, Chosen, ZOOM},
    cell_panel::CellPanel,
    chunk_panel::ChunkPanel,
    combat_pane::CombatPane,
    entity_panel::EntityPanel,
    go_to::GoTo,
    map::Map,
    read_world::read_world,
};
use crate::{
    components::{
        badge::Tone,
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        notice::{FailureNotice, Notice},
        skeleton::Skeleton,
        tabs::{Tab, Tabs, tab_id},
    },
    live::feed::{LiveFeed, use_feed},
    map::{camera::Camera, pointer::ZOOM_STEP},
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) WorldRoute => WorldPage, in land);

/// The view before anyone chose one: the middle of the first region.
const HOME: Camera = Camera { x: REGION_METRES as f64 / 2.0, z: REGION_METRES as f64 / 2.0, scale: 1.5 };

/// The first world's map.
#[component]
fn WorldPage() -> impl IntoView {
    let world = Resource::new(|| (), |()| read_world());
    view! {
        <Title text="World" />
        <Suspense fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {move || Suspend::new(async move {
                match world.await {
                    Ok(Some(world)) => EitherOf3::A(view! { <Workbench world /> }),
                    Ok(None) => EitherOf3::B(view! {
                        <h1 class="sr-only">"World"</h1>
                        <EmptyState
                            glyph=Glyph::World
                            title="No world yet"
                            text="The server makes its first world from a recipe when it starts. Look at its log for why it didn’t."
                        />
                    }),
                    Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Workbench(world: WorldView) -> impl IntoView {
    let query = use_query_map().get_untracked();
    let link @ (x, z, _) = (query.get_str("x"), query.get_str("z"), query.get_str("zoom"));
    let atlas = Atlas::new(world.id, Camera::from_query(link, HOME, ZOOM), x.is_some() && z.is_some());
    // A link to an entity follows it.
    if let Some(id) = query.get_str("entity").and_then(|text| text.parse().ok()).map(EntityId::from_uuid) {
        atlas.chosen.set(Some(Chosen::Entity(id)));
        atlas.follows.set(true);
        atlas.is_placed.set(true);
    }
    let feed = use_viewer().may(Permission::ObserveGame).then(use_feed);
    view! {
        <div class="-mx-4 -mt-5 flex flex-col md:-mx-7 md:-mt-6 md:-mb-10 lg:h-[calc(100dvh-3.5rem)] lg:flex-row">
            <section aria-label="Map" class="relative h-[56dvh] min-h-80 shrink-0 overflow-hidden bg-sunken lg:h-auto lg:min-w-0 lg:flex-1">
                <Map atlas feed />
                <Controls atlas />
                <Readout atlas />
                <Trouble atlas />
            </section>
            <aside aria-label="Inspector" class="flex flex-col border-line bg-surface max-lg:border-t lg:w-88 lg:shrink-0 lg:border-l">
                <WorldHead atlas world />
                <Inspector atlas feed />
            </aside>
        </div>
    }
}

#[component]
fn WorldHead(atlas: Atlas, world: WorldView) -> impl IntoView {
    view! {
        <div class="px-4 pt-3.5 pb-2.5">
            <h1 class="truncate font-display text-xl font-semibold">{world.name}</h1>
            <p class="figure truncate text-sm text-ink-muted">
                {format!("Recipe {} · seed {}", world.recipe_id, world.seed)}
            </p>
            <div class="mt-3">
                <GoTo atlas />
            </div>
        </div>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Cell,
    Entities,
    Combat,
    Chunks,
}

const CELL: Tab<Pane> = Tab { key: Pane::Cell, label: "Cell", panel: "pane-cell" };
const ENTITIES: Tab<Pane> = Tab { key: Pane::Entities, label: "Entities", panel: "pane-entities" };
const COMBAT: Tab<Pane> = Tab { key: Pane::Combat, label: "Combat", panel: "pane-combat" };
const CHUNKS: Tab<Pane> = Tab { key: Pane::Chunks, label: "Chunks", panel: "pane-chunks" };

#[component]
fn Inspector(atlas: Atlas, feed: Option<LiveFeed>) -> impl IntoView {
    let active = RwSignal::new(Pane::Cell);
    Effect::new(move |_| match atlas.chosen.get() {
        Some(Chosen::Cell(_)) => active.set(Pane::Cell),
        Some(Chosen::Entity(_)) => active.set(Pane::Entities),
        None => {}
    });
    let reads_fights = use_viewer().may(Permission::InspectEntities);
    let tabs: &'static [Tab<Pane>] = match (feed.is_some(), reads_fights) {
        (true, true) => &[CELL, ENTITIES, COMBAT, CHUNKS],
        (true, false) => &[CELL, ENTITIES, CHUNKS],
        (false, true) => &[CELL, COMBAT, CHUNKS],
        (false, false) => &[CELL, CHUNKS],
    };
    view! {
        <Tabs label="Inspector" tabs active />
        <div class="min-h-0 flex-1 lg:overflow-y-auto">
            <Panel tab=CELL active>
                <CellPanel atlas />
            </Panel>
            {feed
                .map(|feed| {
                    view! {
                        <Panel tab=ENTITIES active>
                            <EntityPanel atlas feed />
                        </Panel>
                    }
                })}
            {reads_fights
                .then(|| {
                    view! {
                        <Panel tab=COMBAT active>
                            <CombatPane atlas />
                        </Panel>
                    }
                })}
            <Panel tab=CHUNKS active>
                <ChunkPanel atlas />
            </Panel>
        </div>
    }
}

/// A tab's panel; what is in it lives only while it shows.
#[component]
fn Panel(tab: Tab<Pane>, active: RwSignal<Pane>, children: ChildrenFn) -> impl IntoView {
    let shows = move || active.get() == tab.key;
    view! {
        <div role="tabpanel" id=tab.panel aria-labelledby=tab_id(tab.panel) hidden=move || !shows()>
            <Show when=shows>{children()}</Show>
        </div>
    }
}

const CONTROL: &str =
    "grid size-9 place-items-center text-ink-muted -outline-offset-2 hover:bg-hover hover:text-ink";

#[component]
fn Controls(atlas: Atlas) -> impl IntoView {
    view! {
        <div class="absolute top-3 right-3 flex flex-col divide-y divide-line overflow-hidden rounded-control border border-line bg-raised shadow-low">
            <button type="button" class=CONTROL aria-label="Zoom in" on:click=move |_| atlas.view.zoom_by(ZOOM_STEP)>
                <Icon glyph=Glyph::Plus />
            </button>
            <button type="button" class=CONTROL aria-label="Zoom out" on:click=move |_| atlas.view.zoom_by(1.0 / ZOOM_STEP)>
                <Icon glyph=Glyph::Minus />
            </button>
        </div>
        <fieldset class="absolute top-3 left-3 flex h-9 items-center overflow-hidden rounded-control border border-line bg-raised text-sm shadow-low">
            <legend class="sr-only">"Grid lines"</legend>
            <LineToggle label="Regions" on=move || atlas.lines.get().regions flip=move || atlas.lines.update(|l| l.regions = !l.regions) />
            <LineToggle label="Blocks" on=move || atlas.lines.get().blocks flip=move || atlas.lines.update(|l| l.blocks = !l.blocks) />
            <LineToggle label="Cells" on=move || atlas.lines.get().cells flip=move || atlas.lines.update(|l| l.cells = !l.cells) />
        </fieldset>
    }
}

#[component]
fn LineToggle(
    label: &'static str,
    on: impl Fn() -> bool + Copy + Send + Sync + 'static,
    flip: impl Fn() + Copy + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="h-full border-r border-line px-3 font-medium text-ink-muted -outline-offset-2 last:border-r-0 hover:bg-hover \
                   aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
            aria-pressed=move || if on() { "true" } else { "false" }
            on:click=move |_| flip()
        >
            {label}
        </button>
    }
}

/// Where the map is, and what is under the pointer.
#[component]
fn Readout(atlas: Atlas) -> impl IntoView {
    let text = move || {
        let camera = atlas.camera.get();
        let cell = atlas.hovered.get().unwrap_or_else(|| camera.centre());
        let ground = atlas.known(cell).map(|chunk| {
            format!(
                " · {:.0}–{:.0} m · {}",
                chunk.height_m.0,
                chunk.height_m.1,
                chunk.biome.replace(['_', '-'], " ")
            )
        });
        format!("Cell {}, {}{}", cell.x, cell.z, ground.unwrap_or_default())
    };
    let bar_metres = move || scale_bar(atlas.camera.get().scale);
    view! {
        <div class="pointer-events-none absolute inset-x-3 bottom-3 flex items-end justify-between gap-3 text-xs">
            <p class="figure truncate rounded-control border border-line bg-raised px-2.5 py-1.5 shadow-low" data-testid="readout">
                {text}
                <span class="text-ink-muted">
                    {move || match atlas.growing.get() {
                        0 => String::new(),
                        n => format!(" · growing {n}"),
                    }}
                </span>
            </p>
            <p class="figure shrink-0 rounded-control border border-line bg-raised px-2.5 py-1.5 shadow-low max-sm:hidden">
                <span
                    class="mr-2 inline-block h-1.5 border-x border-b border-ink-muted align-middle"
                    style:width=move || format!("{:.0}px", bar_metres() * atlas.camera.get().scale)
                ></span>
                {move || format!("{} m", bar_metres())}
            </p>
        </div>
    }
}

/// A round length that is some 80 pixels long.
fn scale_bar(scale: f64) -> f64 {
    let lengths = [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    lengths.into_iter().find(|metres| metres * scale >= 60.0).unwrap_or(CELL_METRES as f64 * 16.0)
}

/// Why the terrain doesn't grow.
#[component]
fn Trouble(atlas: Atlas) -> impl IntoView {
    view! {
        <Show when=move || atlas.trouble.read().is_some()>
            <div class="absolute inset-x-3 top-16 mx-auto max-w-md">
                <Notice tone=Tone::Bad title="The map can’t be drawn">
                    {move || atlas.trouble.get()}
                    " Reload the page; the table under Chunks shows what the server has."
                </Notice>
            </div>
        </Show>
    }
}
