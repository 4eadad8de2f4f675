//! The browser's events on a map's canvas, turned into gestures, keys and choices.

use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, PointerEvent, WheelEvent};

use super::{
    pointer::{Gesture, keyed},
    view::MapView,
};

/// Most pixels of one turn of the wheel that count: free-spinning wheels send thousands.
const WHEEL_PX_MAX: f64 = 240.0;
/// Pixels of the wheel that zoom by a factor of e.
const WHEEL_PX_PER_E: f64 = 320.0;

/// What a visitor chose on a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Choice {
    /// What is at a point of the screen, in CSS pixels.
    At(f64, f64),
    /// What is in the middle, by keyboard.
    Middle,
}

/// What the visitor's hands are on. Copied into each event's handler.
#[derive(Clone, Copy)]
pub(crate) struct Hands {
    pub(crate) view: MapView,
    pub(crate) canvas: NodeRef<html::Canvas>,
    pub(crate) gesture: StoredValue<Gesture>,
    pub(crate) choose: Callback<Choice>,
}

impl Hands {
    /// A pointer goes down on the map.
    pub(crate) fn press(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let (left, top) = place(event);
        self.gesture.update_value(|gesture| gesture.press(event.pointer_id(), left, top));
        if let Some(canvas) = self.canvas.get_untracked() {
            // Without capture a drag ends at the map's edge, no worse.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
    }

    /// A pointer moves.
    pub(crate) fn shift(self, event: &PointerEvent) {
        let (left, top) = place(event);
        self.gesture.update_value(|gesture| gesture.shift(self.view, event.pointer_id(), left, top));
    }

    /// A pointer goes up; if it did not stray, it chooses what is under it.
    pub(crate) fn release(self, event: &PointerEvent) {
        let mut clicked = false;
        self.gesture.update_value(|gesture| clicked = gesture.release(event.pointer_id()));
        if clicked {
            let (left, top) = place(event);
            self.choose.run(Choice::At(left, top));
        }
    }

    /// The browser takes a pointer away, as for a gesture of its own.
    pub(crate) fn cancel(self, event: &PointerEvent) {
        self.gesture.update_value(|gesture| {
            gesture.release(event.pointer_id());
        });
        self.leave(event);
    }

    /// A pointer leaves the map.
    pub(crate) fn leave(self, _event: &PointerEvent) {
        if !self.gesture.with_value(Gesture::is_active) {
            self.view.hovered.set(None);
            self.view.pointer.set(None);
        }
    }

    /// The wheel zooms about the pointer.
    pub(crate) fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let factor = (-event.delta_y().clamp(-WHEEL_PX_MAX, WHEEL_PX_MAX) / WHEEL_PX_PER_E).exp();
        let (left, top) = place(event);
        self.view.zoom_about(left, top, factor);
    }

    /// Arrows move, plus and minus zoom, Enter chooses what is in the middle. The browser keeps its own shortcuts.
    pub(crate) fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            self.choose.run(Choice::Middle);
        } else if let Some(camera) = keyed(self.view, &event.key(), event.shift_key()) {
            event.prevent_default();
            self.view.steer(|_| camera);
        }
    }
}

/// Where an event happened on the canvas, in CSS pixels.
fn place(event: &web_sys::MouseEvent) -> (f64, f64) {
    (event.offset_x().into(), event.offset_y().into())
}
