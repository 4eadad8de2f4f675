//! Everybody in the live region, as a list; the map's marks and what they mean.

use api::{
    Permission,
    entity::{EntityKind, EntityView},
};
use grid::EntityId;
use leptos::prelude::*;

use super::{
    atlas::{Atlas, Chosen},
    marks::{Mark, Shape, health_share, plight},
    motion::metres,
    palette::Palette,
};
use crate::{
    components::{empty_state::EmptyState, icon::Glyph, live_search::LiveSearch},
    live::feed::EntitySnapshot,
    session::viewer::use_viewer,
};

/// An entity of the newest snapshot, which is ordered by id.
pub(crate) fn find(snapshot: Signal<Option<EntitySnapshot>>, id: EntityId) -> Option<EntityView> {
    snapshot.with(|snapshot| {
        let entities = &snapshot.as_ref()?.entities;
        let place = entities.binary_search_by_key(&id, |entity| entity.id).ok()?;
        entities.get(place).cloned()
    })
}

/// Everybody, players first, then by name.
#[component]
pub(crate) fn EntityList(atlas: Atlas, snapshot: Signal<Option<EntitySnapshot>>) -> impl IntoView {
    let spawns = use_viewer().may(Permission::SpawnEntities);
    let wanted = RwSignal::new(String::new());
    // Names, not places, decide the list: it must not be rebuilt five times a second.
    let all = Memo::new(move |_| {
        let mut rows: Vec<_> = snapshot.with(|s| {
            s.iter()
                .flat_map(|s| &s.entities)
                .map(|e| (e.kind != EntityKind::Player, e.name.clone(), e.id))
                .collect()
        });
        rows.sort();
        rows
    });
    let rows = Memo::new(move |_| {
        let wanted = wanted.read().trim().to_lowercase();
        let mut rows = all.get();
        rows.retain(|row| row.1.to_lowercase().contains(&wanted));
        rows
    });
    let is_empty = Memo::new(move |_| all.with(Vec::is_empty));
    view! {
        {spawns.then(|| view! { <div class="border-b border-line px-4 py-3"><Palette atlas /></div> })}
        <Show
            when=move || !is_empty.get()
            fallback=|| {
                view! {
                    <EmptyState glyph=Glyph::Entities title="Nobody here" text="The live region has no entities just now." />
                }
            }
        >
            <div class="flex flex-col gap-2 px-4 py-3">
                <p class="figure text-sm text-ink-muted">
                    {move || format!("{} in the live region. Choose one to inspect it.", all.with(Vec::len))}
                </p>
                <Legend />
                <LiveSearch id="entity-name-wanted" label="Find by name" value=wanted />
            </div>
            <ul class="divide-y divide-line border-t border-line" data-testid="entity-list">
                <For each=move || rows.get() key=|row| row.2 let:row>
                    <Row atlas snapshot name=row.1.clone() id=row.2 />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Row(atlas: Atlas, snapshot: Signal<Option<EntitySnapshot>>, name: String, id: EntityId) -> impl IntoView {
    let entity = Memo::new(move |_| find(snapshot, id));
    let mark = Memo::new(move |_| entity.with(|e| e.as_ref().map(Mark::of)));
    let health = move || {
        entity.with(|e| {
            let fighter = e.as_ref()?.fighter.as_ref()?;
            Some(plight(fighter.vitality).map_or_else(
                || format!("{}/{} HP", fighter.hit_points, fighter.hit_points_max),
                str::to_owned,
            ))
        })
    };
    let share = move || entity.with(|e| e.as_ref()?.fighter.as_ref().map(health_share));
    view! {
        <li>
            <button
                type="button"
                class="flex w-full items-center gap-3 px-4 py-2 text-left -outline-offset-2 hover:bg-hover"
                on:click=move |_| show(atlas, snapshot, id)
            >
                {move || mark.get().map(|mark| view! { <MarkIcon mark /> })}
                <span class="min-w-0 flex-1">
                    <span class="block truncate font-medium">{name}</span>
                    <span class="block h-1 overflow-hidden rounded-full bg-line" class:invisible=move || share().is_none() aria-hidden="true">
                        <span class="block h-full rounded-full bg-accent" style:width=move || format!("{:.0}%", share().unwrap_or(0.0) * 100.0)></span>
                    </span>
                </span>
                <span class="figure shrink-0 text-right text-sm text-ink-muted">
                    <span class="block">{health}</span>
                    <span class="block text-xs">{move || entity.with(|e| e.as_ref().map(place))}</span>
                </span>
            </button>
        </li>
    }
}

/// A mark as it stands on the map, on dark ground so that it looks the same by day and by night.
#[component]
pub(crate) fn MarkIcon(mark: Mark) -> impl IntoView {
    let Mark { shape, colour, is_played } = mark;
    let fill = if shape.is_strokes() { "none" } else { colour };
    view! {
        <span class="grid size-7 shrink-0 place-items-center rounded-full bg-[#26302f]">
            <svg viewBox="0 0 16 16" class="size-4" aria-hidden="true">
                <path d=shape.path() fill=fill stroke=colour stroke-width="1.6" />
                {is_played.then(|| view! { <circle cx="8" cy="8" r="1.7" fill="#0a0e10" /> })}
            </svg>
            <span class="sr-only">{meaning(mark)}</span>
        </span>
    }
}

const fn meaning(mark: Mark) -> &'static str {
    match (mark.shape, mark.is_played) {
        (_, true) => "Player",
        (Shape::Circle, _) => "On the players’ side",
        (Shape::Square, _) => "Peaceful",
        (Shape::Triangle, _) => "Monster",
        (Shape::Diamond, _) => "On another side",
        (Shape::Plus, _) => "Left behind",
        (Shape::Cross, _) => "Dead",
    }
}

/// What the marks mean.
#[component]
fn Legend() -> impl IntoView {
    let mark = |shape, colour, is_played| Mark { shape, colour, is_played };
    let marks = [
        mark(Shape::Circle, "#ffd15c", true),
        mark(Shape::Circle, "#ffd15c", false),
        mark(Shape::Square, "#f4f1ea", false),
        mark(Shape::Triangle, "#ff8a5c", false),
        mark(Shape::Diamond, "#7cc4f2", false),
        mark(Shape::Plus, "#d3a35c", false),
        mark(Shape::Cross, "#aab2b5", false),
    ];
    view! {
        <details class="text-sm">
            <summary class="w-fit cursor-pointer font-medium text-accent underline underline-offset-4">"What the marks mean"</summary>
            <ul class="mt-2 grid grid-cols-2 gap-x-3 gap-y-1.5">
                {marks
                    .map(|mark| {
                        view! {
                            <li class="flex items-center gap-2">
                                <MarkIcon mark />
                                <span aria-hidden="true">{meaning(mark)}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p class="mt-2 text-ink-muted">
                "The ring is what is left of hit points. Who is down is hollow. An arrow goes from an \
                 attacker to its target and is dashed while a spell is cast; a dashed field is an area of effect."
            </p>
        </details>
    }
}

/// Chooses an entity and brings it into the middle.
pub(crate) fn show(atlas: Atlas, snapshot: Signal<Option<EntitySnapshot>>, id: EntityId) {
    if let Some(entity) = find(snapshot, id) {
        let (x, z) = metres(&entity);
        atlas.go_to(x, z);
    }
    atlas.chosen.set(Some(Chosen::Entity(id)));
}

fn place(entity: &EntityView) -> String {
    let (x, z) = metres(entity);
    format!("{x:.0}, {z:.0} m")
}
