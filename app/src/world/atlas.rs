//! What the map and the panels beside it share: the view, the choice, and what is known of the chunks.

use std::collections::HashMap;

use grid::{CellCoord, EntityId, WorldId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::palette::Carried;
use crate::map::{
    camera::{Camera, CellRange, Extent, Zoom},
    view::MapView,
};

/// From a cell that is 16 pixels wide, of which a wide screen shows some four thousand, to a metre of 16 pixels.
pub(crate) const ZOOM: Zoom = Zoom { least: 0.25, most: 16.0 };
/// Most chunks whose description is kept. Forgetting them all at once is simple, and they grow again in moments.
const KNOWN_MAX: usize = 16_384;

/// What the visitor looks at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    Cell(CellCoord),
    Entity(EntityId),
}

/// What the browser found out about a chunk that it grew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct GrownChunk {
    /// Hex blake3 of the `.bin` payload, as the server computes it.
    pub(crate) hash: String,
    /// Lowest and highest ground, in metres.
    pub(crate) height_m: (f64, f64),
    /// The biome with the largest share.
    pub(crate) biome: String,
}

/// Which lines of the grid are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GridLines {
    pub(crate) regions: bool,
    pub(crate) blocks: bool,
    pub(crate) cells: bool,
}

/// Signals that the parts of the World page share. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Atlas {
    pub(crate) world: WorldId,
    /// Where the map looks; the signals below of the same names are its.
    pub(crate) view: MapView,
    pub(crate) camera: RwSignal<Camera>,
    /// The view when it last came to rest.
    pub(crate) rest: RwSignal<Camera>,
    pub(crate) extent: RwSignal<Extent>,
    pub(crate) lines: RwSignal<GridLines>,
    pub(crate) chosen: RwSignal<Option<Chosen>>,
    /// The monster that is dragged over the map.
    pub(crate) carried: RwSignal<Option<Carried>>,
    /// The cell under the pointer.
    pub(crate) hovered: RwSignal<Option<CellCoord>>,
    /// The cells that a panel lists: they grow even where the map doesn't show them.
    pub(crate) listed: RwSignal<Option<CellRange>>,
    /// Whether the camera follows the chosen entity.
    pub(crate) follows: RwSignal<bool>,
    /// Whether the visitor chose the view, by hand or by link.
    pub(crate) is_placed: RwSignal<bool>,
    /// Why the terrain can't grow, if it can't.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// Visible cells that still grow.
    pub(crate) growing: RwSignal<u32>,
    known: StoredValue<HashMap<CellCoord, GrownChunk>>,
    known_revision: RwSignal<u32>,
}

impl Atlas {
    pub(crate) fn new(world: WorldId, camera: Camera, is_placed: bool) -> Self {
        let view = MapView::new(camera, ZOOM, is_placed);
        Self {
            world,
            view,
            camera: view.camera,
            rest: view.rest,
            extent: view.extent,
            lines: RwSignal::new(GridLines { regions: true, blocks: true, cells: false }),
            chosen: RwSignal::new(None),
            carried: RwSignal::new(None),
            hovered: view.hovered,
            listed: RwSignal::new(None),
            follows: view.follows,
            is_placed: view.is_placed,
            trouble: RwSignal::new(None),
            growing: RwSignal::new(0),
            known: StoredValue::new(HashMap::new()),
            known_revision: RwSignal::new(0),
        }
    }

    /// What the browser knows of a chunk. Follows news of any chunk.
    pub(crate) fn known(self, cell: CellCoord) -> Option<GrownChunk> {
        self.known_revision.track();
        self.known.with_value(|known| known.get(&cell).cloned())
    }

    /// Whether the browser knows a chunk already.
    pub(crate) fn knows(self, cell: CellCoord) -> bool {
        self.known.with_value(|known| known.contains_key(&cell))
    }

    /// Notes a chunk. Followers hear of it with the next [`Self::announce`].
    pub(crate) fn learn(self, cell: CellCoord, chunk: GrownChunk) {
        self.known.update_value(|known| {
            if known.len() >= KNOWN_MAX {
                known.clear();
            }
            known.insert(cell, chunk);
        });
    }

    /// Tells the followers of [`Self::known`] that there is news.
    pub(crate) fn announce(self) {
        self.known_revision.update(|revision| *revision = revision.wrapping_add(1));
    }

    /// Brings a point, given in metres, into the middle.
    pub(crate) fn go_to(self, x: f64, z: f64) {
        self.view.go_to(x, z);
    }
}
