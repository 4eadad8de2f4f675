//! The map's canvas: wires the browser's events to the atlas and the painter.

use std::{cell::RefCell, rc::Rc};

use api::world::RecipeView;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent, ResizeObserver, WheelEvent};

use super::{
    atlas::{Atlas, Chosen},
    camera::{Camera, Extent, cell_at},
    growers::Growers,
    motion::metres,
    painter::Painter,
    pointer::{Gesture, keyed},
    read_recipe::read_recipe,
};
use crate::live::feed::{EntitySnapshot, LiveFeed};

/// What lives as long as the canvas and only in the browser.
struct Stage {
    painter: Rc<RefCell<Painter>>,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

type StageHandle = StoredValue<Option<SendWrapper<Stage>>>;

/// The map itself. `feed` is there if the viewer may see entities.
#[component]
pub(crate) fn Map(atlas: Atlas, feed: Option<LiveFeed>) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let stage: StageHandle = StoredValue::new(None);
    let gesture = StoredValue::new(Gesture::default());

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

    let press = move |event: PointerEvent| {
        if event.button() == 0 {
            gesture.update_value(|g| g.press(event.pointer_id(), event.offset_x().into(), event.offset_y().into()));
            if let Some(canvas) = canvas.get_untracked() {
                // Without capture a drag ends at the map's edge, no worse.
                let _ = canvas.set_pointer_capture(event.pointer_id());
            }
        }
    };
    let shift = move |event: PointerEvent| {
        gesture.update_value(|g| g.shift(atlas, event.pointer_id(), event.offset_x().into(), event.offset_y().into()));
    };
    let release = move |event: PointerEvent| {
        let mut clicked = false;
        gesture.update_value(|g| clicked = g.release(event.pointer_id()));
        if clicked {
            choose(stage, atlas, event.offset_x().into(), event.offset_y().into());
        }
    };
    let leave = move |event: PointerEvent| {
        if event.type_() == "pointercancel" {
            gesture.update_value(|g| {
                g.release(event.pointer_id());
            });
        }
        if !gesture.with_value(Gesture::is_active) {
            atlas.hovered.set(None);
        }
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let factor = (-event.delta_y().clamp(-240.0, 240.0) / 320.0).exp();
        let extent = atlas.extent.get_untracked();
        let (left, top) = (event.offset_x().into(), event.offset_y().into());
        atlas.is_placed.set(true);
        atlas.camera.update(|camera| *camera = camera.zoomed(extent, left, top, factor));
    };
    let key = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            atlas.chosen.set(Some(Chosen::Cell(atlas.camera.get_untracked().centre())));
        } else if let Some(camera) = keyed(atlas, &event.key(), event.shift_key()) {
            event.prevent_default();
            atlas.steer(|_| camera);
        }
    };

    view! {
        <canvas
            node_ref=canvas
            class="absolute inset-0 size-full cursor-grab touch-none -outline-offset-2 active:cursor-grabbing"
            tabindex="0"
            role="application"
            aria-label="Map of the world"
            aria-describedby="map-keys"
            on:pointerdown=press
            on:pointermove=shift
            on:pointerup=release
            on:pointercancel=leave
            on:pointerleave=leave
            on:wheel=wheel
            on:keydown=key
        ></canvas>
        <p id="map-keys" class="sr-only">
            "Arrow keys move the map, with Shift by one cell. Plus and minus zoom. Enter inspects the cell in the middle. \
             The Chunks tab lists the same chunks as a table."
        </p>
    }
}

/// Sets the stage on a fresh canvas: painter, size, frames, and the recipe for the workers.
fn raise(stage: StageHandle, atlas: Atlas, canvas: HtmlCanvasElement) {
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let Some(context): Option<CanvasRenderingContext2d> = context else {
        atlas.trouble.set(Some("This browser has no canvas to draw on.".to_owned()));
        return;
    };
    let measured = canvas.clone();
    let measure = move || {
        let extent = Extent { width: measured.client_width().into(), height: measured.client_height().into() };
        atlas.extent.set(extent);
    };
    measure();
    let resized = Closure::<dyn FnMut()>::new(measure);
    let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) else { return };
    observer.observe(&canvas);
    let painter = Rc::new(RefCell::new(Painter::new(atlas, canvas, context)));
    stage.set_value(Some(SendWrapper::new(Stage { painter, observer, _resized: resized })));
    next_frame(stage);
    leptos::task::spawn_local(async move {
        match read_recipe(atlas.world).await {
            Ok(recipe) => employ(stage, atlas, &recipe),
            Err(failure) => {
                let _ = atlas.trouble.try_set(Some(failure.to_string()));
            }
        }
    });
}

fn painter_of(stage: StageHandle) -> Option<Rc<RefCell<Painter>>> {
    stage.try_with_value(|stage| stage.as_ref().map(|stage| Rc::clone(&stage.painter))).flatten()
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

/// Draws until the stage is gone. The browser itself rests a hidden page.
fn next_frame(stage: StageHandle) {
    request_animation_frame(move || {
        if let Some(painter) = painter_of(stage) {
            painter.borrow_mut().frame(js_sys::Date::now());
            next_frame(stage);
        }
    });
}

fn show_entities(stage: StageHandle, atlas: Atlas, snapshot: &EntitySnapshot) {
    if let Some(painter) = painter_of(stage) {
        painter.borrow_mut().tracks_mut().take(&snapshot.entities, snapshot.at_ms);
    }
    // The first look goes where life is, unless the visitor asked for a place.
    if !atlas.is_placed.get_untracked()
        && let Some(first) = snapshot.entities.first()
    {
        let (x, z) = metres(first);
        atlas.is_placed.set(true);
        atlas.camera.update(|camera| *camera = Camera { x, z, ..*camera }.clamped());
    }
}

fn choose(stage: StageHandle, atlas: Atlas, left: f64, top: f64) {
    let Some(painter) = painter_of(stage) else { return };
    let entity = painter.borrow().entity_at(left, top, js_sys::Date::now());
    let (x, z) = atlas.camera.get_untracked().to_world(atlas.extent.get_untracked(), left, top);
    atlas.chosen.set(Some(entity.map_or_else(|| Chosen::Cell(cell_at(x, z)), Chosen::Entity)));
}

/// Keeps the page's address a deep link to the view, without a new entry in the browser's history.
fn keep_address(atlas: Atlas) {
    Effect::new(move |previous: Option<()>| {
        let camera = atlas.rest.get();
        if previous.is_some() || atlas.is_placed.get_untracked() {
            if let Ok(history) = window().history() {
                // A refusal leaves the old address, which is still valid.
                let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("/world{}", camera.query())));
            }
        }
    });
}
