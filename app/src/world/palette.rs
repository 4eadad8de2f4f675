//! Monsters to set out: looked for by name, dragged onto the map, or set down in its middle by keyboard or finger.

use api::{
    entity::{Side, SpawnRequest},
    rules::{RulesEntry, RulesKind},
};
use grid::{EntityId, UNITS_PER_METRE};
use leptos::{either::EitherOf3, prelude::*, task::spawn_local};

use super::{
    atlas::{Atlas, Chosen},
    spawn_entity::spawn_entity,
};
use crate::{
    compendium::list_records,
    components::{
        button::{Button, ButtonKind},
        check_box::CheckBox,
        icon::{Glyph, Icon},
        live_search::LiveSearch,
        notice::FailureNotice,
        select_field::SelectField,
        skeleton::Skeleton,
        toast::{Toasts, use_toasts},
    },
};

/// Most monsters that are offered at once.
const OFFERED_MAX: usize = 8;

/// What is carried over the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Carried {
    pub(crate) monster: String,
    pub(crate) name: String,
    pub(crate) side: Side,
    pub(crate) thinks: bool,
}

/// Sets what is carried down at a place given in metres, and chooses it.
pub(crate) fn set_down(atlas: Atlas, toasts: Toasts, carried: Carried, (x, z): (f64, f64)) {
    let Carried { monster, name, side, thinks } = carried;
    let units = |metres: f64| (metres * UNITS_PER_METRE as f64) as i64;
    let request = SpawnRequest { monster, name: None, x: units(x), z: units(z), side, thinks };
    spawn_local(async move {
        match spawn_entity(request).await {
            Ok(made) => {
                toasts.tell(format!("{name} stands there."));
                let _ = atlas.chosen.try_set(Some(Chosen::Entity(EntityId::from_uuid(made.id.uuid()))));
            }
            Err(failure) => toasts.warn(failure.to_string()),
        }
    });
}

/// The palette, folded away until it is wanted.
#[component]
pub(crate) fn Palette(atlas: Atlas) -> impl IntoView {
    let (wanted, side, thinks) =
        (RwSignal::new(String::new()), RwSignal::new("monsters".to_owned()), RwSignal::new(true));
    // No resource: the page would wait for it with each letter that is written.
    let found = RwSignal::new(None);
    Effect::new(move |_| {
        let name = wanted.get().trim().to_owned();
        spawn_local(async move {
            let asked = (!name.is_empty()).then(|| name.clone());
            let answer = list_records(RulesKind::Monsters, asked, None).await;
            // Answers may overtake each other: that to what is written now counts.
            if wanted.try_get_untracked().is_some_and(|now| now.trim() == name) {
                let _ = found.try_set(Some(answer));
            }
        });
    });
    let carry = move |entry: &RulesEntry| Carried {
        monster: entry.id.clone(),
        name: entry.name.clone(),
        side: match side.get_untracked().as_str() {
            "players" => Side::Players,
            "peaceful" => Side::Peaceful,
            _ => Side::Monsters,
        },
        thinks: thinks.get_untracked(),
    };
    let sides = [("monsters", "Monsters"), ("peaceful", "Peaceful"), ("players", "Players’ side")];
    let sides = sides.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    view! {
        <details class="text-sm" data-testid="palette">
            <summary class="w-fit cursor-pointer font-medium text-accent underline underline-offset-4">"Set a monster out"</summary>
            <div class="mt-2 flex flex-col gap-3">
                <LiveSearch id="palette-monster" label="Monster" placeholder="Name, such as ogre" value=wanted />
                <SelectField id="palette-side" label="Fights for" options=sides value=side />
                <CheckBox label="Thinks by itself" checked=thinks changed=Callback::new(move |is| thinks.set(is)) />
                <p class="text-ink-muted">"Drag one onto the map, or press its button to set it down in the map’s middle."</p>
                <div aria-live="polite">
                    {move || match found.get() {
                        None => EitherOf3::A(view! { <Skeleton class="h-40" /> }),
                        Some(Ok(list)) => EitherOf3::B(view! { <Offers atlas entries=list.items carry /> }),
                        Some(Err(failure)) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }}
                </div>
            </div>
        </details>
    }
}

#[component]
fn Offers(
    atlas: Atlas,
    entries: Vec<RulesEntry>,
    carry: impl Fn(&RulesEntry) -> Carried + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let toasts = use_toasts();
    let offer = move |entry: RulesEntry| {
        let label = format!("Set {} down in the map’s middle", entry.name);
        let (dragged, pressed) = (entry.clone(), entry.clone());
        let begin = move |event: web_sys::DragEvent| {
            if let Some(data) = event.data_transfer() {
                // Some browsers drag nothing that carries no data. It is refused only after the drag has begun.
                let _ = data.set_data("text/plain", &dragged.name);
                data.set_effect_allowed("copy");
            }
            atlas.carried.set(Some(carry(&dragged)));
        };
        let press = move |_| {
            let camera = atlas.camera.get_untracked();
            set_down(atlas, toasts, carry(&pressed), (camera.x, camera.z));
        };
        view! {
            <li
                class="flex cursor-grab items-center justify-between gap-3 py-1.5"
                draggable="true"
                on:dragstart=begin
                on:dragend=move |_| atlas.carried.set(None)
            >
                <span class="min-w-0">
                    <span class="block truncate font-medium">{entry.name}</span>
                    <span class="block truncate text-ink-muted">{entry.summary}</span>
                </span>
                <Button kind=ButtonKind::Quiet icon_only=true attr:aria-label=label on_click=press>
                    <Icon glyph=Glyph::Plus class="size-4" />
                </Button>
            </li>
        }
    };
    let is_empty = entries.is_empty();
    view! {
        {is_empty.then(|| view! { <p class="py-2 text-ink-muted">"No monster goes by this name."</p> })}
        <ul class="divide-y divide-line" aria-label="Monsters to set out">
            {entries.into_iter().take(OFFERED_MAX).map(offer).collect_view()}
        </ul>
    }
}
