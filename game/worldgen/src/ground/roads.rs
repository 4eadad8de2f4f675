//! Roads: each settlement is joined to those that no third one lies between, over the gentlest ground.

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

use grid::BLOCK_METRES;

use super::{
    settlements::{Candidate, Place},
    stroke::{End, Nearest, Stroke, nearest, touches},
};
use crate::{World, area::Area, memo::Memo, plan::Evaluation, recipe::Recipe};

/// Side of the parts that are worked out at once, in 1/256 m: a block.
const PART: i64 = BLOCK_METRES * 256;
const PARTS_KEPT: usize = 64;
const WAYS_KEPT: usize = 256;
/// Distance of the points that a way is sought over, in 1/256 m.
const STEP: i64 = 32 * 256;
/// How far beyond the two settlements a way may swing out, in 1/256 m.
const SWING: i64 = 384 * 256;
/// How far from its edge a road still shapes the ground, in metres.
pub(crate) const APRON: f32 = 7.0;

/// A recipe's roads, ready to be built.
pub(crate) struct Roads {
    half_width: f32,
    longest: i64,
    effort: f32,
    pub(crate) material: u8,
    parts: Memo<(i64, i64), Vec<Stroke>>,
    ways: Memo<[(usize, i64, i64); 2], Vec<Stroke>>,
}

impl Roads {
    pub(crate) fn of(recipe: &Recipe) -> Option<Self> {
        let roads = recipe.roads.as_ref()?;
        let material = recipe.materials.iter().position(|material| material.id == roads.material)?;
        Some(Self {
            half_width: roads.width.metres() * 0.5,
            longest: roads.longest.units(),
            effort: roads.effort,
            material: material as u8,
            parts: Memo::new(PARTS_KEPT),
            ways: Memo::new(WAYS_KEPT),
        })
    }

    /// Takes the ways that were found over the same ground, and what was joined if the settlements are the same.
    pub(crate) fn take_over(&mut self, before: &mut Self, is_joined_alike: bool) {
        std::mem::swap(&mut self.ways, &mut before.ways);
        if is_joined_alike {
            std::mem::swap(&mut self.parts, &mut before.parts);
        }
    }

    /// How the points of an area lie to the roads; `None` if none is near.
    pub(crate) fn paths(&self, world: &World, area: &Area) -> Option<Nearest> {
        let margin = (APRON * 256.0) as i64;
        let (far_x, far_z) = area.far_corner();
        let parts = |low: i64, high: i64| low.div_euclid(PART)..=high.div_euclid(PART);
        let parts: Vec<Arc<Vec<Stroke>>> = parts(area.z, far_z)
            .flat_map(|row| parts(area.x, far_x).map(move |column| (column, row)))
            .map(|part| self.parts.get(part, || self.strokes(world, part)))
            .collect();
        nearest(world.lanes, parts.iter().flat_map(|part| part.iter()), area, (margin, 0), || None)
    }

    /// The pieces of road that matter to a part of the plane.
    fn strokes(&self, world: &World, (column, row): (i64, i64)) -> Vec<Stroke> {
        let part = Area { x: column * PART, z: row * PART, step: PART, width: 2, height: 2 };
        let margin = (APRON * 256.0) as i64 + 256;
        let mut strokes = Vec::new();
        for (from, to) in self.joined(world, &part, SWING + margin + (self.half_width * 256.0) as i64 + 1) {
            let key = [from, to].map(|place| (place.kind, place.x, place.z));
            let way = self.ways.get(key, || self.seek(world, &from, &to));
            strokes.extend(way.iter().filter(|stroke| touches(stroke, &part, margin)));
        }
        strokes
    }

    /// The settlements that a road joins within `margin` of a part.
    ///
    /// Who is joined to whom depends on all settlements within the longest road of either, and whether people settle
    /// somewhere is dear to tell. So the short roads are looked at first: their ends keep most of the long ones from being
    /// built, before anyone asks what lies at the other end.
    fn joined(&self, world: &World, part: &Area, margin: i64) -> Vec<(Place, Place)> {
        let settlements = world.ground.settlements();
        let reach = margin + 2 * self.longest;
        let mut candidates = settlements.candidates(part, reach);
        candidates.sort_by_key(|candidate| (candidate.x, candidate.z));
        let mut pairs = Vec::new();
        for (i, from) in candidates.iter().enumerate() {
            for (j, to) in candidates.iter().enumerate().skip(i + 1) {
                let length = apart(from, to);
                if 0 < length && length <= self.longest * self.longest && is_beside(from, to, part, margin) {
                    pairs.push((length, i, j));
                }
            }
        }
        pairs.sort_unstable();
        let mut known: Vec<Option<Option<Place>>> = vec![None; candidates.len()];
        let mut joined = Vec::new();
        for (length, i, j) in pairs {
            let (from, to) = (&candidates[i], &candidates[j]);
            let is_between = |c: &usize| {
                let other = &candidates[*c];
                *c != i && *c != j && apart(from, other).max(apart(to, other)) < length
            };
            let is_settled = |c: &usize| matches!(known[*c], Some(Some(_)));
            if (0..candidates.len()).any(|c| is_settled(&c) && is_between(&c)) {
                continue;
            }
            let mut settled =
                |c: usize| *known[c].get_or_insert_with(|| settlements.settled(world, &candidates[c]));
            if let (Some(from), Some(to)) = (settled(i), settled(j))
                && !(0..candidates.len()).filter(is_between).any(|c| settled(c).is_some())
            {
                joined.push((i, j, from, to));
            }
        }
        // In an order that does not hang on lengths.
        joined.sort_unstable_by_key(|(i, j, ..)| (*i, *j));
        joined.into_iter().map(|(_, _, from, to)| (from, to)).collect()
    }

    fn end(&self, place: &Place) -> End {
        End { x: place.x, z: place.z, level: place.level, half_width: self.half_width }
    }

    /// The way between two settlements; empty if there is none on land.
    fn seek(&self, world: &World, from: &Place, to: &Place) -> Vec<Stroke> {
        let (low_x, low_z) = (from.x.min(to.x), from.z.min(to.z));
        let corner = Area {
            x: low_x - SWING,
            z: low_z - SWING,
            step: STEP,
            width: ((from.x - to.x).abs() / STEP + 2 * SWING / STEP) as usize,
            height: ((from.z - to.z).abs() / STEP + 2 * SWING / STEP) as usize,
        };
        let area = corner.around(STEP, 0);
        let ground = Evaluation::new(&world.plan, world.lanes).values(&area, world.ground.height());
        let search = Search {
            width: area.width as i64,
            heights: ground.iter().map(|metres| (metres * 256.0) as i64).map(bounded).collect(),
            sea: ((world.recipe().terrain.water_level.metres() + 0.6) * 256.0) as i64,
            effort: (self.effort * 16.0) as i64,
        };
        let point = |place: &Place| {
            let index = |units: i64, start: i64| (units - start + STEP / 2).div_euclid(STEP);
            (index(place.z, area.z) * area.width as i64 + index(place.x, area.x)) as usize
        };
        let Some(points) = search.cheapest(point(from), point(to)) else { return Vec::new() };
        self.draw(from, to, &points, &area, &ground)
    }

    /// A smooth line through the points of a way, with a smooth grade.
    fn draw(&self, from: &Place, to: &Place, points: &[usize], area: &Area, ground: &[f32]) -> Vec<Stroke> {
        let mut line: Vec<End> = points
            .iter()
            .map(|index| End {
                x: area.x + (index % area.width) as i64 * area.step,
                z: area.z + (index / area.width) as i64 * area.step,
                level: ground[*index],
                half_width: self.half_width,
            })
            .collect();
        let last = line.len() - 1;
        (line[0], line[last]) = (self.end(from), self.end(to));
        for _ in 0..2 {
            let levels: Vec<f32> = line.iter().map(|end| end.level).collect();
            for i in 1..last {
                line[i].level = (levels[i - 1] + levels[i] * 2.0 + levels[i + 1]) * 0.25;
            }
        }
        // Twice the corners are cut off (Chaikin).
        for _ in 0..2 {
            let cut = line
                .windows(2)
                .flat_map(|pair| [pair[0].between(pair[1], 0.25), pair[0].between(pair[1], 0.75)]);
            let inner: Vec<End> = cut.collect();
            let (first, last) = (line[0], line[line.len() - 1]);
            line = [first].into_iter().chain(inner).chain([last]).collect();
        }
        line.windows(2).map(|pair| Stroke { from: pair[0], to: pair[1] }).collect()
    }
}

/// A height within 65 km, as far as roads care: so that no cost overflows.
fn bounded(height: i64) -> i64 {
    height.clamp(-(1 << 24), 1 << 24)
}

/// The square of the distance between two candidates.
fn apart(a: &Candidate, b: &Candidate) -> i64 {
    (a.x - b.x) * (a.x - b.x) + (a.z - b.z) * (a.z - b.z)
}

/// Whether a road between two candidates can come within `margin` of a part.
fn is_beside(from: &Candidate, to: &Candidate, part: &Area, margin: i64) -> bool {
    let (far_x, far_z) = part.far_corner();
    let meets = |a: i64, b: i64, low: i64, high: i64| a.min(b) - margin <= high && low <= a.max(b) + margin;
    meets(from.x, to.x, part.x, far_x) && meets(from.z, to.z, part.z, far_z)
}

/// A search for the cheapest way over a grid of heights, in integers: the same way everywhere.
struct Search {
    width: i64,
    /// In 1/256 m.
    heights: Vec<i64>,
    /// Ground below is under water and no way.
    sea: i64,
    /// What a slope costs, in sixteenths.
    effort: i64,
}

impl Search {
    /// The points from one to another (A*); of equally cheap ways always the same.
    fn cheapest(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut spent = vec![i64::MAX; self.heights.len()];
        let mut before = vec![usize::MAX; self.heights.len()];
        let mut open = BinaryHeap::new();
        spent[from] = 0;
        open.push(Reverse((self.least(from, to), from)));
        while let Some(Reverse((_, here))) = open.pop() {
            if here == to {
                let mut way = vec![to];
                while *way.last()? != from {
                    way.push(before[*way.last()?]);
                }
                way.reverse();
                return Some(way);
            }
            for (next, length) in self.neighbours(here) {
                if self.heights[next] < self.sea && next != to {
                    continue;
                }
                let rise = (self.heights[next] - self.heights[here]).abs();
                // A slope of 1 counts `effort` times the length more, half of it a quarter of that.
                let uphill = rise * rise / length * self.effort / 16;
                let cost = spent[here] + length + uphill;
                if cost < spent[next] {
                    spent[next] = cost;
                    before[next] = here;
                    open.push(Reverse((cost + self.least(next, to), next)));
                }
            }
        }
        None
    }

    /// What a way costs at least.
    fn least(&self, from: usize, to: usize) -> i64 {
        let (from, to) = (from as i64, to as i64);
        let (dx, dz) =
            ((from % self.width - to % self.width).abs(), (from / self.width - to / self.width).abs());
        (dx.max(dz) * 100 + dx.min(dz) * 41) * STEP / 100
    }

    fn neighbours(&self, index: usize) -> impl Iterator<Item = (usize, i64)> {
        let (column, row) = (index as i64 % self.width, index as i64 / self.width);
        let (width, height) = (self.width, self.heights.len() as i64 / self.width);
        let around = (-1..=1).flat_map(|dz| (-1..=1).map(move |dx| (dx, dz)));
        around.filter(|step| *step != (0, 0)).filter_map(move |(dx, dz)| {
            let (x, z) = (column + dx, row + dz);
            let inside = (0..width).contains(&x) && (0..height).contains(&z);
            let length = if dx != 0 && dz != 0 { STEP * 141 / 100 } else { STEP };
            inside.then_some(((z * width + x) as usize, length))
        })
    }
}
