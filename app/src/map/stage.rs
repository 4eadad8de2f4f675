//! A canvas with someone who draws on it, frame by frame, for as long as it is on the page.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use super::camera::Extent;

/// Who draws on a canvas.
pub(crate) trait Draws: 'static {
    /// Draws what changed since the last frame, if anything did.
    fn frame(&mut self, now_ms: f64);
}

/// What lives as long as the canvas and only in the browser.
pub(crate) struct Stage<P> {
    painter: Rc<RefCell<P>>,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

impl<P> Drop for Stage<P> {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The stage, empty on the server.
pub(crate) type StageHandle<P> = StoredValue<Option<SendWrapper<Stage<P>>>>;

/// What a browser without a canvas is told.
pub(crate) const NO_CANVAS: &str = "This browser has no canvas to draw on.";

/// Sets the stage on a fresh canvas: the painter, the canvas's size, and frames. Says whether it could.
pub(crate) fn raise<P: Draws>(
    stage: StageHandle<P>,
    extent: RwSignal<Extent>,
    canvas: HtmlCanvasElement,
    painter: impl FnOnce(HtmlCanvasElement, CanvasRenderingContext2d) -> P,
) -> bool {
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let Some(context): Option<CanvasRenderingContext2d> = context else { return false };
    let measured = canvas.clone();
    let measure = move || {
        let size = Extent { width: measured.client_width().into(), height: measured.client_height().into() };
        // The page may be going.
        let _ = extent.try_set(size);
    };
    measure();
    let resized = Closure::<dyn FnMut()>::new(measure);
    let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) else { return false };
    observer.observe(&canvas);
    let painter = Rc::new(RefCell::new(painter(canvas, context)));
    stage.set_value(Some(SendWrapper::new(Stage { painter, observer, _resized: resized })));
    next_frame(stage);
    true
}

/// The painter, while there is a canvas.
pub(crate) fn painter_of<P: Draws>(stage: StageHandle<P>) -> Option<Rc<RefCell<P>>> {
    stage.try_with_value(|stage| stage.as_ref().map(|stage| Rc::clone(&stage.painter))).flatten()
}

/// Draws until the stage is gone. The browser itself rests a hidden page.
fn next_frame<P: Draws>(stage: StageHandle<P>) {
    request_animation_frame(move || {
        if let Some(painter) = painter_of(stage) {
            painter.borrow_mut().frame(js_sys::Date::now());
            next_frame(stage);
        }
    });
}
