//! Draws a side's map, frame by frame, and orders the tiles that it misses.

use std::rc::Rc;

use grid::{BLOCK_METRES, CELL_METRES, REGION_METRES};
use js_sys::Uint8ClampedArray;
use leptos::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{
    Desk,
    crew::Crew,
    tiles::Tiles,
    worker_messages::{Order, Side, TileKey},
};
use crate::map::{
    camera::{Camera, Extent},
    grid_lines::{self, Pen},
    stage::Draws,
};

/// Levels by which the first look is coarser than what is wanted: a sixteenth of the tiles.
const FIRST_LOOK: u8 = 2;
/// With so few tiles on the screen a coarse look would only be in the way of the fine one.
const FEW: usize = 24;
/// A view that didn't move for this long has come to rest, in milliseconds.
const REST_MS: f64 = 350.0;
/// The mark in the browser's performance log when everything wanted is on the screen.
pub(crate) const DRAWN: &str = "studio drawn";

/// What a frame was drawn from: if nothing of it changed, the frame stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scene {
    camera: Camera,
    extent: Extent,
    ratio: f64,
    edition: u32,
    has_grid: bool,
    chosen: Option<(i64, i64)>,
}

/// The drawing side of a map.
pub(crate) struct Painter {
    desk: Desk,
    side: Side,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    tiles: Tiles,
    drawn: Option<Scene>,
    has_news: bool,
    is_complete: bool,
    moved_at_ms: f64,
}

impl Painter {
    pub(crate) fn new(
        desk: Desk,
        side: Side,
        canvas: HtmlCanvasElement,
        context: CanvasRenderingContext2d,
    ) -> Self {
        Self {
            desk,
            side,
            canvas,
            context,
            tiles: Tiles::default(),
            drawn: None,
            has_news: false,
            is_complete: false,
            moved_at_ms: 0.0,
        }
    }

    /// Takes a picture, and orders the next at once: a frame's wait for each would double the time.
    pub(crate) fn receive(
        &mut self,
        tile: TileKey,
        edition: u32,
        pixels: &Uint8ClampedArray,
        counts: Vec<u32>,
    ) {
        self.tiles.put(tile, edition, pixels, counts);
        self.has_news = true;
        self.order();
    }

    /// Forgets what was drawn: it is of another version.
    pub(crate) fn forget(&mut self) {
        self.tiles.clear();
        self.has_news = true;
    }

    /// Orders what is missing, until the workers are full; says how many tiles are.
    pub(crate) fn order(&mut self) -> u32 {
        let scene = self.scene();
        let (Some(crew), Some(revision)) = (self.desk.crew(), self.desk.sound_revision(self.side)) else {
            return 0;
        };
        if scene.extent.width < 1.0 {
            return 0;
        }
        let level = level_at(scene.camera.scale * scene.ratio);
        let coarse = (level + FIRST_LOOK).min(TileKey::LEVEL_MAX);
        let mut missing = 0;
        let mut has_room = true;
        let fine = tiles_of(scene, level);
        let first = if fine.len() > FEW { tiles_of(scene, coarse) } else { Vec::new() };
        for tile in first.into_iter().chain(fine) {
            if self.tiles.has(tile, scene.edition) {
                continue;
            }
            missing += u32::from(tile.level == level);
            if has_room {
                has_room = self.order_one(&crew, tile, scene.edition, revision);
            }
        }
        missing
    }

    fn order_one(&self, crew: &Rc<Crew>, tile: TileKey, edition: u32, revision: u32) -> bool {
        let (desk, side) = (self.desk, self.side);
        let want = (side, edition, tile);
        let order = || Order::Draw { side, revision, edition, tile, look: desk.look.get_untracked() };
        crew.is_at(want) || crew.draw(want, order)
    }

    fn scene(&self) -> Scene {
        let view = self.desk.view;
        Scene {
            camera: view.camera.get_untracked(),
            extent: self.desk.extents[self.side.index()].get_untracked(),
            ratio: window().device_pixel_ratio().clamp(1.0, 2.0),
            edition: self.desk.edition(self.side),
            has_grid: self.desk.has_grid.get_untracked(),
            chosen: self.desk.chosen.get_untracked(),
        }
    }

    fn draw(&mut self, scene: Scene) {
        let pixels = |length: f64| (length * scene.ratio).round().max(1.0) as u32;
        let (width, height) = (pixels(scene.extent.width), pixels(scene.extent.height));
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        // Scaling a context by a finite number can't fail.
        let _ = self.context.set_transform(scene.ratio, 0.0, 0.0, scene.ratio, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, scene.extent.width, scene.extent.height);
        self.tiles.begin_frame();
        let level = level_at(scene.camera.scale * scene.ratio);
        let coarser = (level + 1..=TileKey::LEVEL_MAX).rev();
        let levels: Vec<u8> = level.checked_sub(1).into_iter().chain(coarser).chain([level]).collect();
        // What is out of date lies below what is not, and of either what is coarse below what is fine.
        for is_current in [false, true] {
            for level in &levels {
                self.draw_level(scene, *level, is_current);
            }
        }
        if scene.has_grid {
            self.draw_grid(scene);
        }
        self.draw_chosen(scene);
    }

    fn draw_level(&mut self, scene: Scene, level: u8, is_current: bool) {
        let shown_px = scene.camera.scale * scene.ratio * f64::from(1_u32 << level);
        self.context.set_image_smoothing_enabled(shown_px < 3.0);
        let metres = TileKey::metres(level);
        for tile in tiles_of(scene, level) {
            let Some(known) = self.tiles.find(tile) else { continue };
            if (known.edition == scene.edition) != is_current {
                continue;
            }
            let corner = |x: i32, z: i32| {
                let (left, top) =
                    scene.camera.to_screen(scene.extent, f64::from(x) * metres, f64::from(z) * metres);
                // Whole device pixels: neighbours share an edge, and no seam shows between them.
                ((left * scene.ratio).round() / scene.ratio, (top * scene.ratio).round() / scene.ratio)
            };
            let ((left, top), (right, bottom)) = (corner(tile.x, tile.z), corner(tile.x + 1, tile.z + 1));
            // It fails only for an empty picture.
            let _ = self.context.draw_image_with_html_canvas_element_and_dw_and_dh(
                &known.canvas,
                left,
                top,
                right - left,
                bottom - top,
            );
        }
    }

    fn draw_grid(&self, scene: Scene) {
        let kinds = [
            (CELL_METRES, "rgb(255 255 255 / 0.3)", 1.0),
            (BLOCK_METRES, "rgb(255 255 255 / 0.55)", 1.0),
            (REGION_METRES, "rgb(255 214 128 / 0.95)", 2.0),
        ];
        for (metres, colour, width) in kinds {
            let step = metres as f64;
            if step * scene.camera.scale >= 14.0 {
                grid_lines::draw(&self.context, scene.camera, scene.extent, step, Pen { colour, width });
            }
        }
    }

    fn draw_chosen(&self, scene: Scene) {
        let Some((x, z)) = scene.chosen else { return };
        let (left, top) = scene.camera.to_screen(scene.extent, x as f64 + 0.5, z as f64 + 0.5);
        for (radius, colour, width) in [(9.0, "rgb(10 14 16 / 0.8)", 5.0), (9.0, "#7fe3cd", 2.5)] {
            self.context.begin_path();
            // It fails only for a negative radius.
            let _ = self.context.arc(left, top, radius, 0.0, std::f64::consts::TAU);
            self.context.set_line_width(width);
            self.context.set_stroke_style_str(colour);
            self.context.stroke();
        }
    }

    /// What is seen, counted: the columns of the look's scale over all tiles on the screen.
    fn count(&mut self, scene: Scene) {
        if self.side != Side::Draft {
            return;
        }
        let mut sums: Vec<u32> = Vec::new();
        for tile in tiles_of(scene, level_at(scene.camera.scale * scene.ratio)) {
            let Some(known) = self.tiles.find(tile).filter(|known| known.edition == scene.edition) else {
                continue;
            };
            sums.resize(sums.len().max(known.counts.len()), 0);
            sums.iter_mut().zip(&known.counts).for_each(|(sum, count)| *sum += count);
        }
        self.desk.counts.set(sums);
    }
}

impl Draws for Painter {
    fn frame(&mut self, now_ms: f64) {
        let scene = self.scene();
        let moved =
            self.drawn.is_none_or(|drawn| drawn.camera != scene.camera || drawn.extent != scene.extent);
        let rest = self.desk.view.rest;
        if moved {
            self.moved_at_ms = now_ms;
        } else if now_ms - self.moved_at_ms > REST_MS && rest.get_untracked() != scene.camera {
            rest.set(scene.camera);
        }
        let missing = self.order();
        let growing = self.desk.growing[self.side.index()];
        if growing.get_untracked() != missing {
            growing.set(missing);
        }
        let differs = self.drawn != Some(scene);
        if self.has_news || differs {
            self.draw(scene);
        }
        let is_complete = missing == 0 && self.desk.sound_revision(self.side).is_some();
        if is_complete && (!self.is_complete || differs || self.has_news) {
            self.count(scene);
            if let Some(clock) = window().performance() {
                // A browser that keeps no marks measures nothing.
                let _ = clock.mark(DRAWN);
            }
        }
        self.is_complete = is_complete;
        self.drawn = Some(scene);
        self.has_news = false;
    }
}

/// The level whose pixels are about as large as the screen's.
fn level_at(px_per_metre: f64) -> u8 {
    let level = (-px_per_metre.max(1e-6).log2() + 0.35).floor().max(0.0);
    (level as u8).min(TileKey::LEVEL_MAX)
}

/// The tiles of a level that are at least partly on the screen, the middle first.
fn tiles_of(scene: Scene, level: u8) -> Vec<TileKey> {
    let metres = TileKey::metres(level);
    let index = |place: f64| (place / metres).floor() as i32;
    let (west, north) = scene.camera.to_world(scene.extent, 0.0, 0.0);
    // A tile that only touches the edge is not seen.
    let (east, south) =
        scene.camera.to_world(scene.extent, scene.extent.width - 0.01, scene.extent.height - 0.01);
    let middle = (scene.camera.x / metres - 0.5, scene.camera.z / metres - 0.5);
    let mut tiles: Vec<TileKey> = (index(north)..=index(south))
        .flat_map(|z| (index(west)..=index(east)).map(move |x| TileKey { level, x, z }))
        .collect();
    let away = |tile: &TileKey| (f64::from(tile.x) - middle.0).hypot(f64::from(tile.z) - middle.1);
    tiles.sort_by(|a, b| away(a).total_cmp(&away(b)));
    tiles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(scale: f64, width: f64, height: f64) -> Scene {
        Scene {
            camera: Camera { x: 128.0, z: 128.0, scale },
            extent: Extent { width, height },
            ratio: 1.0,
            edition: 1,
            has_grid: false,
            chosen: None,
        }
    }

    #[test]
    fn a_pixel_of_a_tile_is_about_one_of_the_screen() {
        for (scale, level) in [(8.0, 0), (1.0, 0), (0.5, 1), (0.25, 2), (1.0 / 64.0, 6), (1e-9, 6)] {
            assert_eq!(level_at(scale), level, "{scale}");
        }
    }

    #[test]
    fn four_chunks_each_way_are_sixteen_tiles() {
        let tiles = tiles_of(scene(2.0, 512.0, 512.0), 0);
        assert_eq!(tiles.len(), 16);
        assert!((1..=2).contains(&tiles[0].x) && (1..=2).contains(&tiles[0].z), "{:?}", tiles[0]);
    }

    #[test]
    fn the_first_look_is_a_sixteenth() {
        let view = scene(0.25, 1_024.0, 1_024.0);
        assert!(tiles_of(view, 4).len() * 8 < tiles_of(view, 2).len());
    }
}
