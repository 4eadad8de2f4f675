//! The map's canvas: wires the browser's events to the atlas and the painter.

use api::world::RecipeView;
use leptos::{html, prelude::*};
use wasm_bindgen::JsValue;

use super::{
    atlas::{Atlas, Chosen, ZOOM},
    growers::Growers,
    motion::metres,
    painter::Painter,
    palette::set_down,
    read_recipe::read_recipe,
};
use crate::{
    components::toast::use_toasts,
    live::feed::{EntitySnapshot, LiveFeed},
    map::{
        camera::{Camera, cell_at},
        hands::{Choice, Hands},
        pointer::Gesture,
        stage::{self, NO_CANVAS, painter_of},
    },
};

/// The stage, empty on the server.
pub(super) type StageHandle = stage::StageHandle<Painter>;

/// The map itself. `feed` is there if the viewer may see entities.
#[component]
pub(crate) fn Map(atlas: Atlas, feed: Option<LiveFeed>) -> impl IntoView {
    let toasts = use_toasts();
    let canvas = NodeRef::<html::Canvas>::new();
    let stage: StageHandle = StoredValue::new(None);

    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            raise(stage, atlas, canvas);
        }
    });
    on_cleanup(move || {
        let _ = stage.try_set_value(None);
    });
    if let Some(feed) = feed {
        feed.watch_entities();
        let entities = feed.entities();
        Effect::new(move |_| {
            if let Some(snapshot) = entities.get() {
                show_entities(stage, atlas, &snapshot);
            }
        });
    }
    keep_address(atlas);

    let choose = Callback::new(move |choice| choose(stage, atlas, choice));
    let hands = Hands { view: atlas.view, canvas, gesture: StoredValue::new(Gesture::default()), choose };
    view! {
        <canvas
            node_ref=canvas
            class="absolute inset-0 size-full cursor-grab touch-none -outline-offset-2 active:cursor-grabbing"
            tabindex="0"
            role="application"
            aria-label="Map of the world"
            aria-describedby="map-keys"
            on:pointerdown=move |event| hands.press(&event)
            on:pointermove=move |event| hands.shift(&event)
            on:pointerup=move |event| hands.release(&event)
            on:pointercancel=move |event| hands.cancel(&event)
            on:pointerleave=move |event| hands.leave(&event)
            on:wheel=move |event| hands.wheel(&event)
            on:keydown=move |event| hands.key(&event)
            on:dragover=move |event| {
                // Only what the map can take is let onto it.
                if atlas.carried.with_untracked(Option::is_some) {
                    event.prevent_default();
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                if let Some(carried) = atlas.carried.get_untracked() {
                    let (left, top) = (event.offset_x().into(), event.offset_y().into());
                    let place = atlas.camera.get_untracked().to_world(atlas.extent.get_untracked(), left, top);
                    set_down(atlas, toasts, carried, place);
                }
            }
        ></canvas>
        <p id="map-keys" class="sr-only">
            "Arrow keys move the map, with Shift by one cell. Plus and minus zoom. Enter inspects the cell in the middle. \
             The Chunks tab lists the same chunks as a table."
        </p>
    }
}

/// Sets the stage on a fresh canvas, and asks for the recipe for the workers.
fn raise(stage: StageHandle, atlas: Atlas, canvas: web_sys::HtmlCanvasElement) {
    let painter = move |canvas, context| Painter::new(atlas, canvas, context);
    if !stage::raise(stage, atlas.extent, canvas, painter) {
        atlas.trouble.set(Some(NO_CANVAS.to_owned()));
        return;
    }
    leptos::task::spawn_local(async move {
        match read_recipe(atlas.world).await {
            Ok(recipe) => employ(stage, atlas, &recipe),
            Err(failure) => {
                let _ = atlas.trouble.try_set(Some(failure.to_string()));
            }
        }
    });
}

/// Chooses the entity or else the cell.
fn choose(stage: StageHandle, atlas: Atlas, choice: Choice) {
    let camera = atlas.camera.get_untracked();
    let chosen = match choice {
        Choice::Middle => Chosen::Cell(camera.centre()),
        Choice::At(left, top) => {
            let Some(painter) = painter_of(stage) else { return };
            let entity = painter.borrow().entity_at(left, top, js_sys::Date::now());
            let (x, z) = camera.to_world(atlas.extent.get_untracked(), left, top);
            entity.map_or_else(|| Chosen::Cell(cell_at(x, z)), Chosen::Entity)
        }
    };
    atlas.chosen.set(Some(chosen));
}

fn employ(stage: StageHandle, atlas: Atlas, recipe: &RecipeView) {
    let Some(painter) = painter_of(stage) else { return };
    let report = move |report| {
        if let Some(painter) = painter_of(stage) {
            painter.borrow_mut().receive(report);
        }
    };
    let broken = move |reason| {
        let _ = atlas.trouble.try_set(Some(reason));
    };
    painter.borrow_mut().employ(Growers::start(&recipe.seed, &recipe.recipe.to_string(), report, broken));
}

fn show_entities(stage: StageHandle, atlas: Atlas, snapshot: &EntitySnapshot) {
    if let Some(painter) = painter_of(stage) {
        painter.borrow_mut().show(snapshot);
    }
    // The first look goes where life is, unless the visitor asked for a place.
    if !atlas.is_placed.get_untracked()
        && let Some(first) = snapshot.entities.first()
    {
        let (x, z) = metres(first);
        atlas.is_placed.set(true);
        atlas.camera.update(|camera| *camera = Camera { x, z, ..*camera }.clamped(ZOOM));
    }
}

/// Keeps the page's address a deep link to the view and to whom it shows, without a new entry in the browser's history.
fn keep_address(atlas: Atlas) {
    Effect::new(move |previous: Option<()>| {
        let (camera, chosen) = (atlas.rest.get(), atlas.chosen.get());
        if (previous.is_some() || atlas.is_placed.get_untracked())
            && let Ok(history) = window().history()
        {
            let entity = match chosen {
                Some(Chosen::Entity(id)) => format!("&entity={id}"),
                _ => String::new(),
            };
            let address = format!("/world{}{entity}", camera.query());
            // A refusal leaves the old address, which is still valid.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    });
}
