//! The pictures of grown chunks, gathered into one canvas a block so that a frame draws dozens of them, not thousands.

use std::collections::HashMap;

use grid::{BLOCK_CELLS, BlockCoord, CellCoord};
use js_sys::Uint8ClampedArray;
use leptos::prelude::document;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::worker_messages::Detail;

/// Most block pictures kept. A fine one takes 1 MB, a coarse one 64 kB.
const FINE_MAX: usize = 72;
const COARSE_MAX: usize = 640;

struct Tile {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// A bit for each of the block's 64 cells that is drawn.
    drawn: u64,
    last_used: u64,
}

/// Block pictures by place and detail.
#[derive(Default)]
pub(crate) struct Tiles {
    tiles: HashMap<(BlockCoord, Detail), Tile>,
    /// Counts frames, to know what was not used for long.
    frame: u64,
}

impl Tiles {
    /// Begins a frame: what is touched from now on counts as used last.
    pub(crate) fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// Whether a chunk's picture is there.
    pub(crate) fn has(&self, cell: CellCoord, detail: Detail) -> bool {
        self.tiles.get(&(cell.block(), detail)).is_some_and(|tile| tile.drawn & bit(cell) != 0)
    }

    /// The canvas of a block, if any of its chunks is there.
    pub(crate) fn canvas(&mut self, block: BlockCoord, detail: Detail) -> Option<&HtmlCanvasElement> {
        let frame = self.frame;
        self.tiles.get_mut(&(block, detail)).map(|tile| {
            tile.last_used = frame;
            &tile.canvas
        })
    }

    /// Adds a chunk's picture.
    pub(crate) fn put(&mut self, cell: CellCoord, detail: Detail, pixels: &Uint8ClampedArray) {
        let key = (cell.block(), detail);
        if !self.tiles.contains_key(&key) {
            self.make_room(detail);
            if let Some(tile) = Tile::new(detail, self.frame) {
                self.tiles.insert(key, tile);
            }
        }
        let Some(tile) = self.tiles.get_mut(&key) else { return };
        let side = detail.pixels();
        let pixels = pixels.to_vec();
        let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), side, side) else {
            return;
        };
        let (column, row) = within_block(cell);
        let place = |index: u32| f64::from(index * side);
        if tile.context.put_image_data(&image, place(column), place(row)).is_ok() {
            tile.drawn |= bit(cell);
        }
    }

    fn make_room(&mut self, detail: Detail) {
        let most = if detail == Detail::Fine { FINE_MAX } else { COARSE_MAX };
        let same = || self.tiles.iter().filter(|((_, of), _)| *of == detail);
        if same().count() < most {
            return;
        }
        let oldest = same().min_by_key(|(_, tile)| tile.last_used).map(|(key, _)| *key);
        if let Some(key) = oldest {
            self.tiles.remove(&key);
        }
    }
}

impl Tile {
    fn new(detail: Detail, frame: u64) -> Option<Self> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        let side = detail.pixels() * BLOCK_CELLS as u32;
        canvas.set_width(side);
        canvas.set_height(side);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas, context, drawn: 0, last_used: frame })
    }
}

fn within_block(cell: CellCoord) -> (u32, u32) {
    (cell.x.rem_euclid(BLOCK_CELLS) as u32, cell.z.rem_euclid(BLOCK_CELLS) as u32)
}

fn bit(cell: CellCoord) -> u64 {
    let (column, row) = within_block(cell);
    1 << (row * BLOCK_CELLS as u32 + column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_of_a_block_has_its_own_bit() {
        let all = (-8..0)
            .flat_map(|z| (8..16).map(move |x| bit(CellCoord::new(x, z))))
            .fold(0, |sum, bit| sum | bit);
        assert_eq!(all, u64::MAX);
        assert_eq!(bit(CellCoord::new(-1, -1)), 1 << 63);
    }
}
