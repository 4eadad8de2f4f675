//! Draws who and what is on the map: areas, lines from attackers to targets, entities, and what has just happened.

use std::f64::consts::TAU;

use api::{
    combat::{AreaShape, AreaView, FighterView, Vitality},
    entity::EntityView,
};
use grid::{EntityId, UNITS_PER_METRE};
use web_sys::CanvasRenderingContext2d;

use super::{
    flashes::Flashes,
    marks::{Mark, Shape, health_share, plight, spoken},
    motion::{Track, Tracks},
};
use crate::{
    live::feed::EntitySnapshot,
    map::{
        camera::{Camera, Extent},
        grid_lines,
        names::Names,
    },
};

/// How near to an entity a pointer has to be, in pixels.
const REACH_PX: f64 = 14.0;
/// From this scale on, entities and areas are drawn with their names.
const NAMES_FROM_SCALE: f64 = 1.5;
/// What names are written in.
const NAME_FONT: &str = "500 11px 'Inter Variable', system-ui, sans-serif";
/// What has just happened is written larger.
const WORD_FONT: &str = "700 12px 'Inter Variable', system-ui, sans-serif";
/// The rim that makes marks readable on any ground.
const RIM: &str = "rgb(10 14 16 / 0.9)";
/// The mark of what is chosen.
const CHOSEN: &str = "#7fe3cd";
/// Half the size of a mark, and the radius of the ring of health around it, in pixels.
const MARK_PX: f64 = 5.0;
const RING_PX: f64 = 9.5;

/// What the view is drawn by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    pub(crate) camera: Camera,
    pub(crate) extent: Extent,
    pub(crate) chosen: Option<EntityId>,
    /// Where the pointer is.
    pub(crate) pointer: Option<(f64, f64)>,
    pub(crate) now_ms: f64,
}

impl Sight {
    fn place(&self, (x, z): (f64, f64)) -> (f64, f64) {
        self.camera.to_screen(self.extent, x, z)
    }

    fn shows(&self, (left, top): (f64, f64)) -> bool {
        (-20.0..self.extent.width + 20.0).contains(&left) && (-20.0..self.extent.height + 20.0).contains(&top)
    }
}

/// Everything that stands and happens on the map.
#[derive(Default)]
pub(crate) struct Figures {
    tracks: Tracks,
    /// Whoever is drawn first lies below: what was left behind, the dead, then the others by id.
    order: Vec<EntityId>,
    areas: Vec<AreaView>,
    flashes: Flashes,
}

impl Figures {
    pub(crate) fn take(&mut self, snapshot: &EntitySnapshot) {
        self.tracks.take(&snapshot.entities, snapshot.at_ms);
        let below = |entity: &EntityView| match &entity.fighter {
            None => 0,
            Some(fighter) if fighter.vitality == Vitality::Dead => 1,
            Some(_) => 2,
        };
        let mut order: Vec<_> = snapshot.entities.iter().map(|entity| (below(entity), entity.id)).collect();
        order.sort_unstable();
        self.order = order.into_iter().map(|(_, id)| id).collect();
        self.areas.clone_from(&snapshot.areas);
        self.flashes.take(&snapshot.flashes, snapshot.at_ms);
    }

    pub(crate) const fn tracks(&self) -> &Tracks {
        &self.tracks
    }

    /// The entity nearest to a point of the screen, if it is near enough to be meant.
    pub(crate) fn entity_at(&self, sight: &Sight, (left, top): (f64, f64)) -> Option<EntityId> {
        let distance = |track: &Track| {
            let (x, y) = sight.place(track.place(sight.now_ms));
            (x - left).hypot(y - top)
        };
        self.tracks
            .iter()
            .map(|track| (distance(track), track.entity.id))
            .filter(|(pixels, _)| *pixels <= REACH_PX)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, id)| id)
    }

    /// Draws all of it, from the ground up.
    pub(crate) fn draw(&self, context: &CanvasRenderingContext2d, sight: &Sight) {
        let brush = Brush(context);
        context.set_text_baseline("middle");
        context.set_font(NAME_FONT);
        for area in &self.areas {
            draw_area(brush, sight, area);
        }
        for track in self.tracks.iter() {
            self.draw_target(brush, sight, track);
        }
        self.draw_blows(brush, sight);
        self.draw_entities(brush, sight);
        self.draw_words(brush, sight);
    }

    /// A line from whoever fights to whom it fights, with its point at the target; dashed while a spell is cast.
    fn draw_target(&self, brush: Brush<'_>, sight: &Sight, track: &Track) {
        let Some(fighter) =
            track.entity.fighter.as_ref().filter(|fighter| fighter.vitality == Vitality::Alive)
        else {
            return;
        };
        let from = sight.place(track.place(sight.now_ms));
        let colour = Mark::of(&track.entity).colour;
        let is_chosen = sight.chosen == Some(track.entity.id);
        brush.0.set_global_alpha(if is_chosen { 0.95 } else { 0.6 });
        let dash: &[f64] = if fighter.casting.is_some() { &[4.0, 4.0] } else { &[] };
        let lives = |track: &&Track| {
            track.entity.fighter.as_ref().is_some_and(|fighter| fighter.vitality != Vitality::Dead)
        };
        let target = fighter.target_id.and_then(|id| self.tracks.get(id)).filter(lives);
        if let Some(target) = target {
            let to = sight.place(target.place(sight.now_ms));
            if sight.shows(from) || sight.shows(to) {
                brush.arrow(from, to, colour, dash);
            }
        }
        if let Some(aim) = fighter.aim {
            let to = sight.place((metres(aim.x), metres(aim.z)));
            brush.arrow(from, to, colour, dash);
            brush.ring(to, 7.0, (0.0, TAU), ("#d9b8ff", 2.0));
        }
        brush.0.set_global_alpha(1.0);
    }

    /// A blow that hits is a bright stroke, one that misses a thin one; a spell is a ring about whoever casts it.
    fn draw_blows(&self, brush: Brush<'_>, sight: &Sight) {
        let place = |id| Some(sight.place(self.tracks.get(id)?.place(sight.now_ms)));
        for (by, at, strength, hits) in self.flashes.blows(sight.now_ms) {
            let (Some(from), Some(to)) = (place(by), place(at)) else { continue };
            brush.0.set_global_alpha(strength);
            brush.line(
                from,
                to,
                ("#ffffff", if hits { 3.5 } else { 1.0 }),
                if hits { &[] } else { &[2.0, 5.0] },
            );
            if hits {
                brush.burst(to);
            }
        }
        for (by, strength) in self.flashes.casts(sight.now_ms) {
            if let Some(middle) = place(by) {
                brush.0.set_global_alpha(strength);
                brush.ring(middle, 16.0, (0.0, TAU), ("#d9b8ff", 3.0));
            }
        }
        brush.0.set_global_alpha(1.0);
    }

    fn draw_entities(&self, brush: Brush<'_>, sight: &Sight) {
        let hovered = sight.pointer.and_then(|pointer| self.entity_at(sight, pointer));
        let mut named = Vec::new();
        for track in self.order.iter().filter_map(|id| self.tracks.get(*id)) {
            let at = sight.place(track.place(sight.now_ms));
            if !sight.shows(at) {
                continue;
            }
            let entity = &track.entity;
            let is_looked_at = sight.chosen == Some(entity.id) || hovered == Some(entity.id);
            if sight.chosen == Some(entity.id) {
                brush.ring(at, RING_PX + 4.0, (0.0, TAU), (CHOSEN, 2.5));
            }
            let fighter = entity.fighter.as_ref();
            draw_mark(brush, at, Mark::of(entity), fighter);
            if let Some(fighter) = fighter {
                draw_health(brush, at, fighter, is_looked_at);
            }
            if is_looked_at || sight.camera.scale >= NAMES_FROM_SCALE {
                named.push((!is_looked_at, entity, at));
            }
        }
        // Whom one looks at comes first: it has its name whoever stands in its way.
        named.sort_by_key(|(is_other, ..)| *is_other);
        let mut names = Names::default();
        for (is_other, entity, (left, top)) in named {
            let left = left + RING_PX + 4.0;
            if !names.take(&entity.name, left, top) {
                continue;
            }
            grid_lines::text(brush.0, &entity.name, left, top);
            let how =
                entity.fighter.as_ref().map(|fighter| how_it_is(fighter, !is_other)).unwrap_or_default();
            if !how.is_empty() && names.take(&how, left, top + 13.0) {
                grid_lines::text(brush.0, &how, left, top + 13.0);
            }
        }
    }

    fn draw_words(&self, brush: Brush<'_>, sight: &Sight) {
        brush.0.set_font(WORD_FONT);
        brush.0.set_text_align("center");
        for (id, words) in self.flashes.words(sight.now_ms) {
            let Some(track) = self.tracks.get(id) else { continue };
            let (left, top) = sight.place(track.place(sight.now_ms));
            for (word, line) in words.iter().rev().zip(1_u32..) {
                brush.0.set_global_alpha(word.strength);
                grid_lines::text(brush.0, &word.text, left, top - 6.0 - 13.0 * f64::from(line));
            }
        }
        brush.0.set_global_alpha(1.0);
        brush.0.set_text_align("start");
    }
}

fn metres(units: i64) -> f64 {
    units as f64 / UNITS_PER_METRE as f64
}

/// What stands under a name: state, conditions, a spell; of whom one looks at its hit points, too.
fn how_it_is(fighter: &FighterView, with_hit_points: bool) -> String {
    let mut parts = Vec::new();
    if with_hit_points {
        parts.push(format!("{}/{} HP", fighter.hit_points, fighter.hit_points_max));
    }
    parts.extend(plight(fighter.vitality).map(str::to_owned));
    parts.extend(fighter.casting.as_deref().map(|spell| format!("casts {}", spoken(spell))));
    parts.extend(fighter.conditions.iter().map(|condition| spoken(condition)));
    parts.join(" · ")
}

/// The dead are crossed out, who is down is hollow.
fn draw_mark(brush: Brush<'_>, at: (f64, f64), mark: Mark, fighter: Option<&FighterView>) {
    match fighter.map(|fighter| fighter.vitality) {
        Some(Vitality::Dead) => brush.shape(at, MARK_PX, Shape::Cross, (None, "#aab2b5")),
        Some(Vitality::Dying | Vitality::Stable) => brush.shape(at, MARK_PX, mark.shape, (None, mark.colour)),
        _ if mark.shape.is_strokes() => brush.shape(at, MARK_PX, mark.shape, (None, mark.colour)),
        _ => brush.shape(at, MARK_PX, mark.shape, (Some(mark.colour), RIM)),
    }
    if mark.is_played {
        brush.dot(at, 1.6, RIM);
    }
}

/// A ring around whoever is hurt or fights, from the top clockwise as far as it has hit points.
fn draw_health(brush: Brush<'_>, at: (f64, f64), fighter: &FighterView, is_looked_at: bool) {
    let share = health_share(fighter);
    if fighter.vitality == Vitality::Dead || (share >= 1.0 && !fighter.fights && !is_looked_at) {
        return;
    }
    let top = -TAU / 4.0;
    brush.ring(at, RING_PX, (0.0, TAU), ("rgb(10 14 16 / 0.75)", 4.0));
    let colour = if share > 0.5 {
        "#8fd0ff"
    } else if share > 0.25 {
        "#ffd15c"
    } else {
        "#ff8a5c"
    };
    if share > 0.0 {
        brush.ring(at, RING_PX, (top, top + TAU * share), (colour, 2.5));
    }
    if !fighter.conditions.is_empty() {
        brush.dot((at.0 + RING_PX, at.1 - RING_PX), 3.5, RIM);
        brush.dot((at.0 + RING_PX, at.1 - RING_PX), 2.5, "#d9b8ff");
    }
}

fn draw_area(brush: Brush<'_>, sight: &Sight, area: &AreaView) {
    let point = |x, z| sight.place((metres(x), metres(z)));
    let px = |units: i64| metres(units) * sight.camera.scale;
    let middle = match area.shape {
        AreaShape::Circle { x, z, radius } => {
            brush.area_circle(point(x, z), px(radius));
            point(x, z)
        }
        AreaShape::Ring { x, z, radius, width } => {
            brush.ring(point(x, z), px(radius), (0.0, TAU), ("rgb(200 160 255 / 0.35)", px(width).max(2.0)));
            point(x, z)
        }
        AreaShape::Square { x, z, edge } => {
            let half = edge / 2;
            let corners = [(-half, -half), (half, -half), (half, half), (-half, half)];
            brush.area(corners.map(|(east, south)| point(x + east, z + south)));
            point(x, z)
        }
        AreaShape::Cone { x, z, towards_x, towards_z, length } => {
            let (along, across) = directions((x, z), (towards_x, towards_z), length, length / 2);
            let tip = (x + along.0, z + along.1);
            brush.area([
                point(x, z),
                point(tip.0 + across.0, tip.1 + across.1),
                point(tip.0 - across.0, tip.1 - across.1),
            ]);
            point(x, z)
        }
        AreaShape::Line { x, z, towards_x, towards_z, length, width } => {
            let (along, across) = directions((x, z), (towards_x, towards_z), length, width / 2);
            let end = (x + along.0, z + along.1);
            brush.area([
                point(x + across.0, z + across.1),
                point(end.0 + across.0, end.1 + across.1),
                point(end.0 - across.0, end.1 - across.1),
                point(x - across.0, z - across.1),
            ]);
            point(x, z)
        }
    };
    if sight.camera.scale >= NAMES_FROM_SCALE {
        grid_lines::text(brush.0, &spoken(&area.cause), middle.0 + 4.0, middle.1 + 22.0);
    }
}

/// A way along a direction and one across it, of given lengths.
fn directions(from: (i64, i64), to: (i64, i64), along: i64, across: i64) -> ((i64, i64), (i64, i64)) {
    let (dx, dz) = ((to.0 - from.0) as f64, (to.1 - from.1) as f64);
    let far = dx.hypot(dz).max(1.0);
    let part = |length: i64, way: f64| (length as f64 * way / far) as i64;
    ((part(along, dx), part(along, dz)), (part(across, -dz), part(across, dx)))
}

/// Strokes on the canvas.
#[derive(Clone, Copy)]
struct Brush<'a>(&'a CanvasRenderingContext2d);

impl Brush<'_> {
    fn dot(self, (left, top): (f64, f64), radius: f64, fill: &str) {
        self.0.begin_path();
        // It fails only for a negative radius.
        let _ = self.0.arc(left, top, radius, 0.0, TAU);
        self.0.set_fill_style_str(fill);
        self.0.fill();
    }

    fn ring(
        self,
        (left, top): (f64, f64),
        radius: f64,
        (from, to): (f64, f64),
        (colour, width): (&str, f64),
    ) {
        self.0.begin_path();
        let _ = self.0.arc(left, top, radius, from, to);
        self.0.set_line_width(width);
        self.0.set_stroke_style_str(colour);
        self.0.stroke();
    }

    fn line(self, from: (f64, f64), to: (f64, f64), (colour, width): (&str, f64), dash: &[f64]) {
        self.dashed(dash);
        self.0.begin_path();
        self.0.move_to(from.0, from.1);
        self.0.line_to(to.0, to.1);
        self.0.set_line_width(width);
        self.0.set_stroke_style_str(colour);
        self.0.stroke();
        self.dashed(&[]);
    }

    fn dashed(self, dash: &[f64]) {
        let dash: js_sys::Array = dash.iter().copied().map(wasm_bindgen::JsValue::from_f64).collect();
        // It fails only for what is no list of numbers.
        let _ = self.0.set_line_dash(&dash);
    }

    /// A line between two marks, with a point at its end.
    fn arrow(self, from: (f64, f64), to: (f64, f64), colour: &str, dash: &[f64]) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let far = dx.hypot(dy);
        if far < RING_PX * 2.5 {
            return;
        }
        let (east, south) = (dx / far, dy / far);
        let start = (from.0 + east * RING_PX, from.1 + south * RING_PX);
        let tip = (to.0 - east * RING_PX, to.1 - south * RING_PX);
        self.line(start, tip, (RIM, 3.5), dash);
        self.line(start, tip, (colour, 1.8), dash);
        self.0.begin_path();
        self.0.move_to(tip.0, tip.1);
        self.0.line_to(tip.0 - east * 8.0 - south * 4.0, tip.1 - south * 8.0 + east * 4.0);
        self.0.line_to(tip.0 - east * 8.0 + south * 4.0, tip.1 - south * 8.0 - east * 4.0);
        self.0.close_path();
        self.0.set_fill_style_str(colour);
        self.0.fill();
    }

    /// Where a blow has landed.
    fn burst(self, (left, top): (f64, f64)) {
        for (east, south) in [
            (1.0, 0.0),
            (0.7, 0.7),
            (0.0, 1.0),
            (-0.7, 0.7),
            (-1.0, 0.0),
            (-0.7, -0.7),
            (0.0, -1.0),
            (0.7, -0.7),
        ] {
            let near = (left + east * 7.0, top + south * 7.0);
            self.line(near, (left + east * 13.0, top + south * 13.0), ("#ffffff", 2.0), &[]);
        }
    }

    fn shape(self, at: (f64, f64), size: f64, shape: Shape, (fill, stroke): (Option<&str>, &str)) {
        let point = |(x, y): &(f64, f64)| (at.0 + x * size, at.1 + y * size);
        self.0.begin_path();
        match shape.corners() {
            [] => {
                let _ = self.0.arc(at.0, at.1, size, 0.0, TAU);
            }
            corners if shape.is_strokes() => {
                for pair in corners.chunks_exact(2) {
                    if let [a, b] = pair {
                        let (a, b) = (point(a), point(b));
                        self.0.move_to(a.0, a.1);
                        self.0.line_to(b.0, b.1);
                    }
                }
            }
            corners => self.trace(corners.iter().map(point)),
        }
        // A dark rim first: hollow marks have to be seen on snow, too.
        self.0.set_line_width(if fill.is_some() { 3.0 } else { 5.0 });
        self.0.set_stroke_style_str(RIM);
        self.0.stroke();
        if let Some(fill) = fill {
            self.0.set_fill_style_str(fill);
            self.0.fill();
        } else {
            self.0.set_line_width(2.2);
            self.0.set_stroke_style_str(stroke);
            self.0.stroke();
        }
    }

    fn trace(self, corners: impl Iterator<Item = (f64, f64)>) {
        for (corner, index) in corners.zip(0_u32..) {
            if index == 0 {
                self.0.move_to(corner.0, corner.1);
            } else {
                self.0.line_to(corner.0, corner.1);
            }
        }
        self.0.close_path();
    }

    fn area_circle(self, (left, top): (f64, f64), radius: f64) {
        self.0.begin_path();
        let _ = self.0.arc(left, top, radius, 0.0, TAU);
        self.fill_area();
    }

    fn area<const N: usize>(self, corners: [(f64, f64); N]) {
        self.0.begin_path();
        self.trace(corners.into_iter());
        self.fill_area();
    }

    fn fill_area(self) {
        self.0.set_fill_style_str("rgb(200 160 255 / 0.28)");
        self.0.fill();
        self.0.set_line_width(2.0);
        self.0.set_stroke_style_str("#d9b8ff");
        self.dashed(&[6.0, 4.0]);
        self.0.stroke();
        self.dashed(&[]);
    }
}
