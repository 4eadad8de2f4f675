//! The ways to change one entity, beside what is known of it.

use api::{
    Permission,
    alteration::{AlterationRequest, HIT_POINTS_MAX},
    entity::{EntityKind, EntityView},
    rules::RulesKind,
};
use grid::{EntityId, UNITS_PER_METRE};
use leptos::prelude::*;

use super::{
    alter_entity::alter_entity,
    atlas::Atlas,
    deeds::{EntityDeed, Undo, What},
    marks::spoken,
};
use crate::{
    compendium::list_records,
    components::{
        asked::ask_once,
        button::{Button, ButtonKind},
        deed_dialog::DeedDialog,
        toast::use_toasts,
    },
    session::viewer::use_viewer,
};

/// Asks for a deed.
type Ask = Callback<What>;

/// What may be changed; nothing for who may change nothing.
#[component]
pub(crate) fn Edits(atlas: Atlas, id: EntityId, entity: Memo<Option<EntityView>>) -> impl IntoView {
    let viewer = use_viewer();
    let (edits, spawns) = (viewer.may(Permission::EditEntities), viewer.may(Permission::SpawnEntities));
    let (asked, undo) = (RwSignal::new(None::<EntityDeed>), RwSignal::new(None::<Undo>));
    let name = move || entity.with_untracked(|e| e.as_ref().map_or_else(String::new, |e| e.name.clone()));
    let ask = Callback::new(move |what| asked.set(Some(EntityDeed { entity: id, name: name(), what, undo })));
    let fights = Memo::new(move |_| entity.with(|e| e.as_ref().is_some_and(|e| e.fighter.is_some())));
    let is_npc = Memo::new(move |_| entity.with(|e| e.as_ref().is_some_and(|e| e.kind == EntityKind::Npc)));
    let done = Callback::new(move |deed: EntityDeed| {
        if deed.what == What::Remove {
            atlas.chosen.set(None);
        }
    });
    view! {
        <Show when=move || (edits && fights.get()) || (spawns && is_npc.get())>
            <details class="border-t border-line pt-3" data-testid="edits">
                <summary class="w-fit cursor-pointer font-semibold">"Change it"</summary>
                <div class="mt-2 flex flex-col gap-3">
                    <Show when=move || edits && fights.get()>
                        <HitPoints ask />
                        <Conditions ask entity />
                    </Show>
                    <div class="flex flex-wrap gap-2">
                        <Show when=move || edits && fights.get()>
                            <Button on_click=move |_| {
                                let camera = atlas.camera.get_untracked();
                                let units = |metres: f64| (metres * UNITS_PER_METRE as f64) as i64;
                                ask.run(What::Alter(AlterationRequest::Place { x: units(camera.x), z: units(camera.z) }));
                            }>"Move to the map’s middle"</Button>
                        </Show>
                        <Show when=move || spawns && is_npc.get()>
                            <Button kind=ButtonKind::Danger on_click=move |_| ask.run(What::Remove)>"Remove"</Button>
                        </Show>
                    </div>
                    <TakeBack id undo />
                </div>
            </details>
        </Show>
        <DeedDialog id="entity-deed" asked done />
    }
}

#[component]
fn HitPoints(ask: Ask) -> impl IntoView {
    let written = RwSignal::new("5".to_owned());
    let number =
        Memo::new(move |_| written.read().trim().parse::<u32>().ok().filter(|n| *n <= HIT_POINTS_MAX));
    let positive = Signal::derive(move || number.get().is_none_or(|n| n == 0));
    let ask_with = move |of: fn(u32) -> AlterationRequest| {
        move |_| {
            if let Some(number) = number.get_untracked() {
                ask.run(What::Alter(of(number)));
            }
        }
    };
    view! {
        <div class="flex flex-wrap items-end gap-2">
            <label class="flex w-24 flex-col gap-1.5 text-sm font-medium">
                "Hit points"
                <input
                    type="number"
                    min="0"
                    max=HIT_POINTS_MAX.to_string()
                    class="h-9 w-full rounded-control border border-control-line bg-raised px-3 text-base font-normal text-ink"
                    prop:value=written
                    on:input=move |event| written.set(event_target_value(&event))
                />
            </label>
            <Button disabled=positive on_click=ask_with(|hit_points| AlterationRequest::Harm { hit_points })>"Harm"</Button>
            <Button disabled=positive on_click=ask_with(|hit_points| AlterationRequest::Heal { hit_points })>"Heal"</Button>
            <Button
                disabled=Signal::derive(move || number.get().is_none())
                on_click=ask_with(|hit_points| AlterationRequest::SetHitPoints { hit_points })
            >
                "Set"
            </Button>
        </div>
    }
}

/// The conditions that it has, each to be lifted, and those that can be laid on.
#[component]
fn Conditions(ask: Ask, entity: Memo<Option<EntityView>>) -> impl IntoView {
    let has = Memo::new(move |_| {
        entity.with(|e| {
            e.as_ref().and_then(|e| e.fighter.as_ref().map(|f| f.conditions.clone())).unwrap_or_default()
        })
    });
    let known = ask_once(|| list_records(RulesKind::Conditions, None, None));
    let chosen = RwSignal::new(String::new());
    view! {
        <div class="flex flex-wrap items-end gap-2">
            <div class="flex min-w-0 flex-1 flex-col gap-1.5">
                <label for="condition-to-lay" class="text-sm font-medium">
                    "Condition"
                </label>
                <select
                    id="condition-to-lay"
                    class="h-9 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    <option value="">"Choose one"</option>
                    {move || {
                        let known = known.get().and_then(Result::ok).map(|list| list.items).unwrap_or_default();
                        known.into_iter().map(|one| view! { <option value=one.id>{one.name}</option> }).collect_view()
                    }}
                </select>
            </div>
            <Button
                disabled=Signal::derive(move || chosen.read().is_empty())
                on_click=move |_| ask.run(What::Alter(AlterationRequest::AddCondition { condition: chosen.get_untracked() }))
            >
                "Lay on"
            </Button>
        </div>
        <ul class="flex flex-wrap gap-2 empty:hidden" aria-label="Conditions to take off">
            <For each=move || has.get() key=Clone::clone let:condition>
                <li>
                    <Button on_click={
                        let condition = condition.clone();
                        move |_| ask.run(What::Alter(AlterationRequest::LiftCondition { condition: condition.clone() }))
                    }>{format!("Take off {}", spoken(&condition))}</Button>
                </li>
            </For>
        </ul>
    }
}

/// Takes the last change back, for the reason that it was made for.
#[component]
fn TakeBack(id: EntityId, undo: RwSignal<Option<Undo>>) -> impl IntoView {
    let toasts = use_toasts();
    let take_back = Action::new_local(move |last: &Undo| {
        let Undo { done, by, reason } = last.clone();
        async move {
            // A reason is told in 500 characters, and the words before it take some.
            let reason: String = format!("Taken back: {reason}").chars().take(500).collect();
            match alter_entity(id, by, reason).await {
                Ok(_) => {
                    let _ = undo.try_set(None);
                    toasts.tell(format!("Taken back: {done}."));
                }
                Err(failure) => toasts.warn(failure.to_string()),
            }
        }
    });
    view! {
        <Show when=move || undo.read().is_some()>
            <p class="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
                <span class="min-w-0 break-words">{move || undo.read().as_ref().map(|last| format!("{}: done.", last.done))}</span>
                <Button
                    busy=take_back.pending()
                    on_click=move |_| {
                        if let Some(last) = undo.get_untracked() {
                            take_back.dispatch_local(last);
                        }
                    }
                >
                    "Take it back"
                </Button>
            </p>
        </Show>
    }
}
