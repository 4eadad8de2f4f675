//! The entities of the live region, as a list, and one of them closely.

use api::{
    Permission,
    entity::{EntityKind, EntityView},
};
use grid::{EntityId, Position, UNITS_PER_METRE};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    atlas::{Atlas, Chosen},
    edits::Edits,
    entity_list::{EntityList, find},
    inspection::Inspection,
    marks::plight,
};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::Button,
        icon::{Glyph, Icon},
        identifier::Identifier,
        skeleton::Skeleton,
    },
    live::feed::{EntitySnapshot, LiveFeed},
    session::viewer::use_viewer,
};

/// One entity if one is chosen, else all of them.
#[component]
pub(crate) fn EntityPanel(atlas: Atlas, feed: LiveFeed) -> impl IntoView {
    let snapshot = feed.entities();
    let chosen = Memo::new(move |_| match atlas.chosen.get() {
        Some(Chosen::Entity(id)) => Some(id),
        _ => None,
    });
    let arrived = Memo::new(move |_| snapshot.with(Option::is_some));
    move || match (chosen.get(), arrived.get()) {
        (Some(id), _) => EitherOf3::A(view! { <OneEntity atlas snapshot id /> }),
        (None, true) => EitherOf3::B(view! { <EntityList atlas snapshot /> }),
        (None, false) => EitherOf3::C(view! {
            <div class="flex flex-col gap-2 p-4" role="status" aria-label="Waiting for entities">
                {(0..6).map(|_| view! { <Skeleton class="h-9" /> }).collect_view()}
            </div>
        }),
    }
}

#[component]
fn OneEntity(atlas: Atlas, snapshot: Signal<Option<EntitySnapshot>>, id: EntityId) -> impl IntoView {
    let may_inspect = use_viewer().may(Permission::InspectEntities);
    let entity = Memo::new(move |_| find(snapshot, id));
    let name =
        Memo::new(move |_| entity.with(|e| e.as_ref().map_or_else(|| "Gone".to_owned(), |e| e.name.clone())));
    let state = Memo::new(move |_| entity.with(|e| e.as_ref().map(State::of)));
    let tone = Signal::derive(move || state.get().map_or(Tone::Bad, |state| state.tone));
    let is_lively = Signal::derive(move || state.get().is_some_and(|state| state.is_lively));
    let region = move || snapshot.with(|s| s.as_ref().map(|s| s.region_id.to_string()).unwrap_or_default());
    view! {
        <div class="flex flex-col gap-4 p-4">
            <button
                type="button"
                class="-mb-1 self-start text-sm font-medium text-accent underline underline-offset-4"
                on:click=move |_| atlas.chosen.set(None)
            >
                "All entities"
            </button>
            <div class="flex items-start justify-between gap-3">
                <div class="min-w-0">
                    <h2 class="truncate text-lg font-semibold" data-testid="entity-name">{name}</h2>
                    <p class="text-sm text-ink-muted">
                        {move || match state.get().map(|state| state.kind) {
                            Some(EntityKind::Player) => "Player",
                            Some(EntityKind::Npc) => "NPC, steered by the simulation",
                            Some(EntityKind::Heap) => "Left behind, to be taken up",
                            None => "It left the region",
                        }}
                    </p>
                </div>
                <Badge tone lively=is_lively>
                    {move || state.get().map_or("Gone", |state| state.word)}
                </Badge>
            </div>
            <Whereabouts atlas entity />
            <Edits atlas id entity />
            {may_inspect.then(|| view! { <Inspection atlas snapshot id /> })}
            <section aria-label="Ids" class="border-t border-line pt-2">
                <Identifier label="Entity id" value=id.to_string() />
                <Identifier label="Region id" value=Signal::derive(region) />
            </section>
        </div>
    }
}

/// How an entity is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    kind: EntityKind,
    word: &'static str,
    tone: Tone,
    is_lively: bool,
}

impl State {
    fn of(entity: &EntityView) -> Self {
        let fighter = entity.fighter.as_ref();
        let down = fighter.and_then(|fighter| plight(fighter.vitality));
        let fights = fighter.is_some_and(|fighter| fighter.fights);
        let (word, tone) = match (down, entity.linkdead, fights, entity.walking) {
            (Some(word), ..) => (word, Tone::Bad),
            (None, true, ..) => ("Linkdead", Tone::Warn),
            (None, false, true, _) => ("Fighting", Tone::Warn),
            (None, false, false, true) => ("Walking", Tone::Good),
            (None, false, false, false) => ("Standing", Tone::Neutral),
        };
        let is_lively = down.is_none() && !entity.linkdead && (fights || entity.walking);
        Self { kind: entity.kind, word, tone, is_lively }
    }
}

/// Where it is, and what to do about it.
#[component]
fn Whereabouts(atlas: Atlas, entity: Memo<Option<EntityView>>) -> impl IntoView {
    view! {
        <dl class="figure grid grid-cols-3 gap-3">
            {[("East", 0), ("Height", 1), ("South", 2)]
                .map(|(label, axis)| {
                    view! {
                        <div>
                            <dt class="text-xs text-ink-muted">{label}</dt>
                            <dd data-testid=label>{move || entity.with(|e| e.as_ref().map(|e| axis_metres(e, axis)))}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
        <div class="flex flex-wrap gap-2">
            <Button
                attr:aria-pressed=move || if atlas.follows.get() { "true" } else { "false" }
                on_click=move |_| atlas.follows.update(|follows| *follows = !*follows)
            >
                <Icon glyph=Glyph::Locate />
                {move || if atlas.follows.get() { "Stop following" } else { "Follow on the map" }}
            </Button>
            <Button on_click=move |_| {
                if let Some(entity) = entity.get_untracked() {
                    let cell = Position::new(entity.x, entity.y, entity.z).cell();
                    atlas.chosen.set(Some(Chosen::Cell(cell)));
                }
            }>
                "Inspect its cell"
            </Button>
        </div>
    }
}

fn axis_metres(entity: &EntityView, axis: u8) -> String {
    let units = match axis {
        0 => entity.x,
        1 => entity.y,
        _ => entity.z,
    };
    format!("{:.1} m", units as f64 / UNITS_PER_METRE as f64)
}
