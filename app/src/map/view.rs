//! Where a map looks, as signals that its parts share.

use grid::CellCoord;
use leptos::prelude::*;

use super::camera::{Camera, Extent, Zoom};

/// A map's view. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct MapView {
    pub(crate) zoom: Zoom,
    pub(crate) camera: RwSignal<Camera>,
    /// The view when it last came to rest.
    pub(crate) rest: RwSignal<Camera>,
    pub(crate) extent: RwSignal<Extent>,
    /// The cell under the pointer.
    pub(crate) hovered: RwSignal<Option<CellCoord>>,
    /// The pointer's place on the screen while no button is down, in pixels.
    pub(crate) pointer: RwSignal<Option<(f64, f64)>>,
    /// Whether the camera follows something.
    pub(crate) follows: RwSignal<bool>,
    /// Whether the visitor chose the view, by hand or by link.
    pub(crate) is_placed: RwSignal<bool>,
}

impl MapView {
    pub(crate) fn new(camera: Camera, zoom: Zoom, is_placed: bool) -> Self {
        Self {
            zoom,
            camera: RwSignal::new(camera),
            rest: RwSignal::new(camera),
            extent: RwSignal::new(Extent::default()),
            hovered: RwSignal::new(None),
            pointer: RwSignal::new(None),
            follows: RwSignal::new(false),
            is_placed: RwSignal::new(is_placed),
        }
    }

    /// Moves the view by the visitor's own hand: nothing else moves it from now on.
    pub(crate) fn steer(self, change: impl FnOnce(Camera) -> Camera) {
        self.follows.set(false);
        self.is_placed.set(true);
        self.camera.update(|camera| *camera = change(*camera));
    }

    /// Brings a point, given in metres, into the middle.
    pub(crate) fn go_to(self, x: f64, z: f64) {
        self.steer(|camera| Camera { x, z, ..camera }.clamped(self.zoom));
    }

    /// Zooms about the middle of the map.
    pub(crate) fn zoom_by(self, factor: f64) {
        let extent = self.extent.get_untracked();
        self.zoom_about(extent.width / 2.0, extent.height / 2.0, factor);
    }

    /// Zooms about a point of the screen. Following something goes on.
    pub(crate) fn zoom_about(self, left: f64, top: f64, factor: f64) {
        let extent = self.extent.get_untracked();
        self.is_placed.set(true);
        self.camera.update(|camera| *camera = camera.zoomed(self.zoom, extent, (left, top), factor));
    }
}
