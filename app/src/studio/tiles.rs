//! The pictures that were drawn, by place, each with the edition that it is of.

use std::collections::HashMap;

use js_sys::Uint8ClampedArray;
use leptos::prelude::document;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::worker_messages::TileKey;

/// Most pictures kept, 16 kB each.
const TILES_MAX: usize = 2_048;

/// A picture.
pub(crate) struct Tile {
    pub(crate) canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// What it is a picture of; an older edition is shown until the new one is there.
    pub(crate) edition: u32,
    /// How many of its pixels are of each column of the look's scale.
    pub(crate) counts: Vec<u32>,
    last_used: u64,
}

/// Pictures by place and level.
#[derive(Default)]
pub(crate) struct Tiles {
    tiles: HashMap<TileKey, Tile>,
    /// Counts frames, to know what was not used for long.
    frame: u64,
}

impl Tiles {
    /// Begins a frame: what is touched from now on counts as used last.
    pub(crate) fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// Whether the picture of that edition is there.
    pub(crate) fn has(&self, tile: TileKey, edition: u32) -> bool {
        self.tiles.get(&tile).is_some_and(|known| known.edition == edition)
    }

    /// The picture of a place, of whichever edition.
    pub(crate) fn find(&mut self, tile: TileKey) -> Option<&Tile> {
        let frame = self.frame;
        self.tiles.get_mut(&tile).map(|known| {
            known.last_used = frame;
            &*known
        })
    }

    /// Adds a picture, unless a newer one is there.
    pub(crate) fn put(&mut self, tile: TileKey, edition: u32, pixels: &Uint8ClampedArray, counts: Vec<u32>) {
        if !self.tiles.contains_key(&tile) {
            self.make_room();
            let Some(fresh) = Tile::blank(self.frame) else { return };
            self.tiles.insert(tile, fresh);
        }
        let Some(known) = self.tiles.get_mut(&tile) else { return };
        if known.edition > edition {
            return;
        }
        let pixels = pixels.to_vec();
        let side = TileKey::PIXELS;
        let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), side, side) else {
            return;
        };
        if known.context.put_image_data(&image, 0.0, 0.0).is_ok() {
            known.edition = edition;
            known.counts = counts;
        }
    }

    /// Forgets all pictures.
    pub(crate) fn clear(&mut self) {
        self.tiles.clear();
    }

    fn make_room(&mut self) {
        if self.tiles.len() < TILES_MAX {
            return;
        }
        // A quarter at once: finding the oldest looks at all of them.
        let mut ages: Vec<(u64, TileKey)> =
            self.tiles.iter().map(|(key, tile)| (tile.last_used, *key)).collect();
        ages.sort_unstable();
        for (_, key) in ages.into_iter().take(TILES_MAX / 4) {
            self.tiles.remove(&key);
        }
    }
}

impl Tile {
    fn blank(frame: u64) -> Option<Self> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(TileKey::PIXELS);
        canvas.set_height(TileKey::PIXELS);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas, context, edition: 0, counts: Vec::new(), last_used: frame })
    }
}
