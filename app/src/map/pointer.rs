//! Mouse, touch, wheel and keys on a map.

use grid::CELL_METRES;

use super::{
    camera::{Camera, cell_at},
    view::MapView,
};
use leptos::prelude::*;

/// Pixels that a pointer may stray and still click.
const CLICK_PX: f64 = 5.0;
/// Share of the screen that an arrow key moves by.
const KEY_STEP: f64 = 0.15;
/// How much a press of + zooms.
pub(crate) const ZOOM_STEP: f64 = 1.5;

/// A finger or a pressed mouse on the map.
#[derive(Clone, Copy, Debug)]
struct Touch {
    id: i32,
    left: f64,
    top: f64,
}

/// The pointers that are down: one drags, two pinch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gesture {
    touches: Vec<Touch>,
    strayed_px: f64,
}

impl Gesture {
    /// A pointer goes down.
    pub(crate) fn press(&mut self, id: i32, left: f64, top: f64) {
        if self.touches.is_empty() {
            self.strayed_px = 0.0;
        }
        if self.touches.len() < 2 {
            self.touches.push(Touch { id, left, top });
        }
    }

    /// A pointer moves; with one down the map is dragged, with two it is pinched.
    pub(crate) fn shift(&mut self, view: MapView, id: i32, left: f64, top: f64) {
        let Some(index) = self.touches.iter().position(|touch| touch.id == id) else {
            let (x, z) = view.camera.get_untracked().to_world(view.extent.get_untracked(), left, top);
            let cell = cell_at(x, z);
            view.pointer.set(Some((left, top)));
            if view.hovered.get_untracked() != Some(cell) {
                view.hovered.set(Some(cell));
            }
            return;
        };
        let before = self.touches.clone();
        self.touches[index] = Touch { id, left, top };
        let (dx, dy) = (left - before[index].left, top - before[index].top);
        self.strayed_px += dx.hypot(dy);
        if self.strayed_px <= CLICK_PX {
            return;
        }
        let extent = view.extent.get_untracked();
        match (before.as_slice(), self.touches.as_slice()) {
            ([a, b], [c, d]) => {
                let factor = apart(c, d).max(1.0) / apart(a, b).max(1.0);
                let ((mx, my), (nx, ny)) = (middle(a, b), middle(c, d));
                view.steer(|camera| {
                    camera.dragged(nx - mx, ny - my).zoomed(view.zoom, extent, (nx, ny), factor)
                });
            }
            _ => view.steer(|camera| camera.dragged(dx, dy)),
        }
    }

    /// A pointer goes up; says whether it was a click.
    pub(crate) fn release(&mut self, id: i32) -> bool {
        let was_down = self.touches.iter().any(|touch| touch.id == id);
        self.touches.retain(|touch| touch.id != id);
        was_down && self.touches.is_empty() && self.strayed_px <= CLICK_PX
    }

    /// Whether a pointer is down.
    pub(crate) fn is_active(&self) -> bool {
        !self.touches.is_empty()
    }
}

fn apart(a: &Touch, b: &Touch) -> f64 {
    (a.left - b.left).hypot(a.top - b.top)
}

fn middle(a: &Touch, b: &Touch) -> (f64, f64) {
    ((a.left + b.left) / 2.0, (a.top + b.top) / 2.0)
}

/// What a key does to the view; none if it means nothing to the map. Shift takes a whole cell's exact step.
pub(crate) fn keyed(view: MapView, key: &str, shift: bool) -> Option<Camera> {
    let (camera, extent) = (view.camera.get_untracked(), view.extent.get_untracked());
    let cell_px = CELL_METRES as f64 * camera.scale;
    let (across, down) =
        if shift { (cell_px, cell_px) } else { (extent.width * KEY_STEP, extent.height * KEY_STEP) };
    let about_middle =
        |factor| camera.zoomed(view.zoom, extent, (extent.width / 2.0, extent.height / 2.0), factor);
    Some(match key {
        "ArrowLeft" => camera.dragged(across, 0.0),
        "ArrowRight" => camera.dragged(-across, 0.0),
        "ArrowUp" => camera.dragged(0.0, down),
        "ArrowDown" => camera.dragged(0.0, -down),
        "+" | "=" => about_middle(ZOOM_STEP),
        "-" | "_" => about_middle(1.0 / ZOOM_STEP),
        _ => return None,
    })
}
