//! Draws the map, frame by frame, and orders the chunks that it misses.

use grid::{BLOCK_METRES, BlockCoord, CELL_METRES, CellCoord, EntityId, REGION_METRES};
use leptos::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{
    atlas::{Atlas, Chosen, GridLines},
    figures::{Figures, Sight},
    growers::Growers,
    tiles::Tiles,
    worker_messages::{Detail, Report},
};
use crate::{
    live::feed::EntitySnapshot,
    map::{
        camera::{Camera, Extent},
        grid_lines::{self, Pen, between},
        stage::Draws,
    },
};

/// Below this many pixels a metre, a pixel for each metre would be thrown away.
const FINE_FROM_SCALE: f64 = 0.75;
/// A view that didn't move for this long has come to rest.
const REST_MS: f64 = 350.0;
/// What names are written in.
const NAME_FONT: &str = "500 11px 'Inter Variable', system-ui, sans-serif";

/// What a frame was drawn from: if nothing of it changed, the frame stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scene {
    camera: Camera,
    extent: Extent,
    ratio: f64,
    lines: GridLines,
    chosen: Option<Chosen>,
    hovered: Option<CellCoord>,
    pointer: Option<(f64, f64)>,
}

impl Scene {
    fn sight(&self, now_ms: f64) -> Sight {
        let chosen = match self.chosen {
            Some(Chosen::Entity(id)) => Some(id),
            _ => None,
        };
        Sight { camera: self.camera, extent: self.extent, chosen, pointer: self.pointer, now_ms }
    }
}

/// The map's drawing side.
pub(crate) struct Painter {
    atlas: Atlas,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    growers: Option<Growers>,
    tiles: Tiles,
    figures: Figures,
    drawn: Option<Scene>,
    has_news: bool,
    moved_at_ms: f64,
}

impl Painter {
    pub(crate) fn new(atlas: Atlas, canvas: HtmlCanvasElement, context: CanvasRenderingContext2d) -> Self {
        Self {
            atlas,
            canvas,
            context,
            growers: None,
            tiles: Tiles::default(),
            figures: Figures::default(),
            drawn: None,
            has_news: false,
            moved_at_ms: 0.0,
        }
    }

    /// Gives it workers to order chunks from.
    pub(crate) fn employ(&mut self, growers: Growers) {
        self.growers = Some(growers);
    }

    /// Takes what the live region shows.
    pub(crate) fn show(&mut self, snapshot: &EntitySnapshot) {
        self.figures.take(snapshot);
    }

    /// Takes what a worker reports.
    pub(crate) fn receive(&mut self, report: Report) {
        match report {
            Report::Grown { cell, detail, pixels, chunk } => {
                self.tiles.put(cell, detail, &pixels);
                self.atlas.learn(cell, chunk);
                self.has_news = true;
            }
            Report::Refused { reason } => self.atlas.trouble.set(Some(reason)),
        }
    }

    /// The entity that a point of the screen means.
    pub(crate) fn entity_at(&self, left: f64, top: f64, now_ms: f64) -> Option<EntityId> {
        self.figures.entity_at(&self.scene().sight(now_ms), (left, top))
    }

    /// One frame: follow, order, draw.
    fn paint_frame(&mut self, now_ms: f64) {
        self.follow(now_ms);
        let scene = self.scene();
        let moved =
            self.drawn.is_none_or(|drawn| drawn.camera != scene.camera || drawn.extent != scene.extent);
        if moved {
            self.moved_at_ms = now_ms;
        } else if now_ms - self.moved_at_ms > REST_MS && self.atlas.rest.get_untracked() != scene.camera {
            self.atlas.rest.set(scene.camera);
        }
        self.order_missing(scene);
        if self.has_news {
            self.atlas.announce();
        }
        if self.has_news || self.drawn != Some(scene) || !self.figures.tracks().is_empty() {
            self.draw(scene, now_ms);
        }
        self.drawn = Some(scene);
        self.has_news = false;
    }

    fn scene(&self) -> Scene {
        Scene {
            camera: self.atlas.camera.get_untracked(),
            extent: self.atlas.extent.get_untracked(),
            ratio: window().device_pixel_ratio().clamp(1.0, 3.0),
            lines: self.atlas.lines.get_untracked(),
            chosen: self.atlas.chosen.get_untracked(),
            hovered: self.atlas.hovered.get_untracked(),
            pointer: self.atlas.view.pointer.get_untracked(),
        }
    }

    fn follow(&self, now_ms: f64) {
        if !self.atlas.follows.get_untracked() {
            return;
        }
        let Some(Chosen::Entity(id)) = self.atlas.chosen.get_untracked() else { return };
        if let Some(track) = self.figures.tracks().get(id) {
            let (x, z) = track.place(now_ms);
            self.atlas.camera.update(|camera| *camera = Camera { x, z, ..*camera });
        }
    }

    /// Orders what is looked at closely, then what is visible, from the middle outwards, until the workers are full.
    /// What scrolled away before its turn is never grown: the next frame asks anew.
    fn order_missing(&self, scene: Scene) {
        let Some(growers) = &self.growers else { return };
        if scene.extent.width < 1.0 {
            return;
        }
        let detail = detail_at(scene);
        let centre = scene.camera.centre();
        let mut has_room = true;
        let mut order = |cell| {
            if has_room && !growers.is_at((cell, detail)) {
                has_room = growers.order((cell, detail));
            }
        };
        let chosen = match scene.chosen {
            Some(Chosen::Cell(cell)) => Some(cell),
            _ => None,
        };
        let listed = self.atlas.listed.get_untracked();
        let looked_at =
            chosen.into_iter().chain(listed.into_iter().flat_map(|range| range.outwards(range.first)));
        looked_at.filter(|cell| !self.atlas.knows(*cell)).for_each(&mut order);
        let visible = scene.camera.visible(scene.extent).outwards(centre);
        let mut missing = 0;
        for cell in visible.filter(|cell| !self.tiles.has(*cell, detail)) {
            missing += 1;
            order(cell);
        }
        if self.atlas.growing.get_untracked() != missing {
            self.atlas.growing.set(missing);
        }
    }

    fn draw(&mut self, scene: Scene, now_ms: f64) {
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
        // The coarse picture lies below: it fills in while the fine one still grows, and the other way round.
        let order = if detail_at(scene) == Detail::Fine {
            [Detail::Coarse, Detail::Fine]
        } else {
            [Detail::Fine, Detail::Coarse]
        };
        for detail in order {
            self.draw_terrain(scene, detail);
        }
        self.draw_lines(scene);
        self.draw_marks(scene);
        self.figures.draw(&self.context, &scene.sight(now_ms));
    }

    fn draw_terrain(&mut self, scene: Scene, detail: Detail) {
        let shown_px_per_cell = scene.camera.scale * CELL_METRES as f64 * scene.ratio;
        self.context.set_image_smoothing_enabled(shown_px_per_cell < f64::from(detail.pixels()) * 3.0);
        let visible = scene.camera.visible(scene.extent);
        let (first, last) = (visible.first.block(), visible.last.block());
        for (x, z) in (first.z..=last.z).flat_map(|z| (first.x..=last.x).map(move |x| (x, z))) {
            let Some(canvas) = self.tiles.canvas(BlockCoord::new(x, z), detail) else { continue };
            let corner = |x: i32, z: i32| {
                let metres = |index: i32| f64::from(index) * BLOCK_METRES as f64;
                let (left, top) = scene.camera.to_screen(scene.extent, metres(x), metres(z));
                // Whole device pixels: neighbours share an edge, and no seam shows between them.
                ((left * scene.ratio).round() / scene.ratio, (top * scene.ratio).round() / scene.ratio)
            };
            let ((left, top), (right, bottom)) = (corner(x, z), corner(x + 1, z + 1));
            // It fails only for an empty picture.
            let _ = self.context.draw_image_with_html_canvas_element_and_dw_and_dh(
                canvas,
                left,
                top,
                right - left,
                bottom - top,
            );
        }
    }

    fn draw_lines(&self, scene: Scene) {
        let kinds = [
            (scene.lines.cells, CELL_METRES, "rgb(255 255 255 / 0.28)", 1.0),
            (scene.lines.blocks, BLOCK_METRES, "rgb(255 255 255 / 0.5)", 1.0),
            (scene.lines.regions, REGION_METRES, "rgb(255 214 128 / 0.95)", 2.0),
        ];
        for (_, metres, colour, width) in kinds.into_iter().filter(|(wanted, ..)| *wanted) {
            let step = metres as f64;
            if step * scene.camera.scale >= 10.0 {
                grid_lines::draw(&self.context, scene.camera, scene.extent, step, Pen { colour, width });
            }
        }
        self.draw_names(scene);
    }

    /// Names the smallest kind of square that has room for its name.
    fn draw_names(&self, scene: Scene) {
        let kinds = [
            (scene.lines.cells, CELL_METRES, "cell"),
            (scene.lines.blocks, BLOCK_METRES, "block"),
            (scene.lines.regions, REGION_METRES, "region"),
        ];
        let fits = |metres: i64| metres as f64 * scene.camera.scale >= 96.0;
        let Some((_, metres, kind)) = kinds.into_iter().find(|(wanted, metres, _)| *wanted && fits(*metres))
        else {
            return;
        };
        let step = metres as f64;
        let (west, north) = scene.camera.to_world(scene.extent, 0.0, 0.0);
        let (east, south) = scene.camera.to_world(scene.extent, scene.extent.width, scene.extent.height);
        self.context.set_font(NAME_FONT);
        self.context.set_text_baseline("top");
        for z in between(north - step, south, step) {
            for x in between(west - step, east, step) {
                let (left, top) = scene.camera.to_screen(scene.extent, x, z);
                let name = format!("{kind} {:.0}, {:.0}", x / step, z / step);
                grid_lines::text(&self.context, &name, left + 5.0, top + 5.0);
            }
        }
    }

    fn draw_marks(&self, scene: Scene) {
        if let Some(cell) = scene.hovered {
            self.outline(scene, cell, "rgb(255 255 255 / 0.75)", 1.5);
        }
        if let Some(Chosen::Cell(cell)) = scene.chosen {
            self.outline(scene, cell, "rgb(10 14 16 / 0.8)", 5.0);
            self.outline(scene, cell, "#7fe3cd", 2.5);
        }
    }

    fn outline(&self, scene: Scene, cell: CellCoord, colour: &str, width: f64) {
        let metres = |index: i32| f64::from(index) * CELL_METRES as f64;
        let (left, top) = scene.camera.to_screen(scene.extent, metres(cell.x), metres(cell.z));
        let side = CELL_METRES as f64 * scene.camera.scale;
        self.context.set_line_width(width);
        self.context.set_stroke_style_str(colour);
        self.context.stroke_rect(left, top, side, side);
    }
}

impl Draws for Painter {
    fn frame(&mut self, now_ms: f64) {
        self.paint_frame(now_ms);
    }
}

fn detail_at(scene: Scene) -> Detail {
    if scene.camera.scale * scene.ratio >= FINE_FROM_SCALE { Detail::Fine } else { Detail::Coarse }
}
