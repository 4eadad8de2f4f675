//! The map's canvas: wires the browser's events to the atlas and the painter.

use std::{cell::RefCell, rc::Rc};

use api::world::RecipeView;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use super::{
    atlas::Atlas,
    camera::{Camera, Extent},
    growers::Growers,
    hands::Hands,
    motion::metres,
    painter::Painter,
    pointer::Gesture,
    read_recipe::read_recipe,
};
use crate::live::feed::{EntitySnapshot, LiveFeed};

/// What lives as long as the canvas and only in the browser.
pub(super) struct Stage {
    painter: Rc<RefCell<Painter>>,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The stage, empty on the server.
pub(super) type StageHandle = StoredValue<Option<SendWrapper<Stage>>>;

/// The map itself. `feed` is there if the viewer may see entities.
#[component]
pub(crate) fn Map(atlas: Atlas, feed: Option<LiveFeed>) -> impl IntoView {
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

    let hands = Hands { atlas, stage, canvas, gesture: StoredValue::new(Gesture::default()) };
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
        let extent =
            Extent { width: measured.client_width().into(), height: measured.client_height().into() };
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

/// The painter, while there is a canvas.
pub(super) fn painter_of(stage: StageHandle) -> Option<Rc<RefCell<Painter>>> {
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

/// Keeps the page's address a deep link to the view, without a new entry in the browser's history.
fn keep_address(atlas: Atlas) {
    Effect::new(move |previous: Option<()>| {
        let camera = atlas.rest.get();
        if (previous.is_some() || atlas.is_placed.get_untracked())
            && let Ok(history) = window().history()
        {
            let address = format!("/world{}", camera.query());
            // A refusal leaves the old address, which is still valid.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    });
}
