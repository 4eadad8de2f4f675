//! Strokes: the lines along which water and ways shape the ground.

use crate::{
    area::Area,
    lanes::{Kernel, Lanes},
};

/// A straight piece of a river, a lake's middle (of no length), or a piece of a road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) from: End,
    pub(crate) to: End,
}

/// Either end of a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct End {
    /// Eastward, in 1/256 m.
    pub(crate) x: i64,
    /// Southward, in 1/256 m.
    pub(crate) z: i64,
    /// Height of the water or the way, in metres.
    pub(crate) level: f32,
    /// Half of its width, in metres.
    pub(crate) half_width: f32,
}

/// How a place lies to a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Beside {
    /// Distance from its edge, in metres; below 0 inside.
    pub(crate) edge: f32,
    /// Its height there, in metres.
    pub(crate) level: f32,
    /// How far inside, 0 at the edge and outside, 1 in the middle.
    pub(crate) inside: f32,
}

/// How each point of an area lies to the nearest of some strokes: a list for each part of [`Beside`], so that vectors are
/// filled from them.
pub(crate) struct Nearest {
    pub(super) edge: Vec<f32>,
    pub(super) level: Vec<f32>,
    pub(super) inside: Vec<f32>,
}

impl Nearest {
    /// Far from every stroke.
    fn nothing(points: usize) -> Self {
        Self { edge: vec![f32::INFINITY; points], level: vec![0.0; points], inside: vec![0.0; points] }
    }

    /// How a point lies.
    pub(crate) fn at(&self, point: usize) -> Beside {
        Beside { edge: self.edge[point], level: self.level[point], inside: self.inside[point] }
    }

    /// The points that lie no further from an edge than `reach`, in metres.
    pub(crate) fn within(&self, reach: f32) -> impl Iterator<Item = (usize, Beside)> {
        let edges = self.edge.iter().enumerate().filter(move |(_, edge)| **edge < reach);
        edges.map(|(point, _)| (point, self.at(point)))
    }
}

/// How far each point of an area is moved before it is measured, in 1/256 m.
pub(crate) struct Moved {
    pub(crate) x: Vec<i32>,
    pub(crate) z: Vec<i32>,
}

impl End {
    /// The way from one end to another. At 0 it is the one and at 1 the other, to the bit, and its level never leaves theirs.
    pub(crate) fn between(self, other: Self, share: f32) -> Self {
        if share >= 1.0 {
            return other;
        }
        let along = |a: i64, b: i64| a + ((b - a) as f32 * share) as i64;
        let level = self.level + (other.level - self.level) * share;
        let (low, high) = (self.level.min(other.level), self.level.max(other.level));
        Self {
            x: along(self.x, other.x),
            z: along(self.z, other.z),
            level: level.max(low).min(high),
            half_width: self.half_width + (other.half_width - self.half_width) * share,
        }
    }

    /// How far another end is, in metres.
    pub(crate) fn distance(self, other: Self) -> f32 {
        let metres = |units: i64| units as f32 * (1.0 / 256.0);
        let (dx, dz) = (metres(other.x - self.x), metres(other.z - self.z));
        (dx * dx + dz * dz).sqrt()
    }
}

impl Stroke {
    /// The least and greatest place that it reaches with `margin` around it: `[x, z, x, z]` in 1/256 m.
    pub(crate) fn bounds(&self, margin: i64) -> [i64; 4] {
        let wide = (self.from.half_width.max(self.to.half_width) * 256.0) as i64 + 1 + margin;
        [
            self.from.x.min(self.to.x) - wide,
            self.from.z.min(self.to.z) - wide,
            self.from.x.max(self.to.x) + wide,
            self.from.z.max(self.to.z) + wide,
        ]
    }
}

/// Whether a stroke can matter within `margin` of an area.
pub(crate) fn touches(stroke: &Stroke, area: &Area, margin: i64) -> bool {
    let [west, north, east, south] = stroke.bounds(margin);
    let (far_x, far_z) = area.far_corner();
    west <= far_x && area.x <= east && north <= far_z && area.z <= south
}

/// How each point of an area lies to the nearest of some strokes that are no further than `margin` (in 1/256 m): outside of all
/// that with the nearest edge, inside of some that in which it lies furthest inside, in shares of its width. So the middle of
/// each stroke is its own, whatever lies beside it. `moved` is how far each point is moved before it is measured, `stray` at most.
/// `None` if no stroke is near.
pub(crate) fn nearest<'a>(
    lanes: Lanes,
    strokes: impl Iterator<Item = &'a Stroke>,
    area: &Area,
    (margin, stray): (i64, i64),
    moved: impl FnOnce() -> Option<Moved>,
) -> Option<Nearest> {
    let near: Vec<&Stroke> = strokes.filter(|stroke| touches(stroke, area, margin + stray)).collect();
    if near.is_empty() {
        return None;
    }
    let moved = moved();
    // What the points really move is mostly less than they may.
    let span = |along: fn(&Moved) -> &Vec<i32>| {
        let values = moved.iter().flat_map(|moved| along(moved).iter().copied());
        let (least, most) = values.fold((i32::MAX, i32::MIN), |(l, m), v| (l.min(v), m.max(v)));
        if least <= most { (i64::from(least), i64::from(most)) } else { (0, 0) }
    };
    let (dx, dz) = (span(|moved| &moved.x), span(|moved| &moved.z));
    let mut nearest = Nearest::nothing(area.points());
    for stroke in near {
        let [west, north, east, south] = stroke.bounds(margin);
        let within = |low: i64, high: i64, start: i64, count: usize| {
            let index = |units: i64| (units - start).div_euclid(area.step);
            let last = (index(high) + 1).clamp(0, count as i64);
            index(low).clamp(0, last) as usize..last as usize
        };
        let columns = within(west - dx.1, east - dx.0, area.x, area.width);
        for row in within(north - dz.1, south - dz.0, area.z, area.height) {
            let points = row * area.width + columns.start..row * area.width + columns.end;
            // Strokes that touch an area are so near that differences fit 31 bits.
            let from = (
                (area.x + columns.start as i64 * area.step - stroke.from.x) as i32,
                (area.z + row as i64 * area.step - stroke.from.z) as i32,
            );
            let moved = moved.as_ref().map(|moved| (&moved.x[points.clone()], &moved.z[points.clone()]));
            lanes.run(Measure {
                stroke,
                from,
                step: area.step as i32,
                moved,
                margin: margin as f32,
                edge: &mut nearest.edge[points.clone()],
                level: &mut nearest.level[points.clone()],
                inside: &mut nearest.inside[points],
            });
        }
    }
    Some(nearest)
}

/// How the points of a part of a row lie to one stroke, where it is nearer than what they have found so far.
struct Measure<'a> {
    stroke: &'a Stroke,
    /// The first point, from the stroke's first end.
    from: (i32, i32),
    step: i32,
    moved: Option<(&'a [i32], &'a [i32])>,
    margin: f32,
    edge: &'a mut [f32],
    level: &'a mut [f32],
    inside: &'a mut [f32],
}

impl Kernel for Measure<'_> {
    #[inline(always)]
    fn run(self) {
        match self.moved {
            Some((dx, dz)) => self.each(|i| (dx[i], dz[i])),
            None => self.each(|_| (0, 0)),
        }
    }
}

impl Measure<'_> {
    #[inline(always)]
    fn each(self, moved: impl Fn(usize) -> (i32, i32)) {
        let metres = |units: i32| units as f32 * (1.0 / 256.0);
        let Stroke { from, to } = self.stroke;
        let (dx, dz) = (metres((to.x - from.x) as i32), metres((to.z - from.z) as i32));
        let length_squared = dx * dx + dz * dz;
        let count = self.edge.len();
        let (edges, levels, insides) = (self.edge, &mut self.level[..count], &mut self.inside[..count]);
        let lower = from.level.min(to.level);
        let away = |edge: f32, inside: f32| if edge > 0.0 { edge } else { -inside };
        for i in 0..count {
            let (mx, mz) = moved(i);
            let px = metres(self.from.0 + i as i32 * self.step + mx);
            let pz = metres(self.from.1 + mz);
            let share = if length_squared > 0.0 { (px * dx + pz * dz) / length_squared } else { 0.0 };
            let share = share.clamp(0.0, 1.0);
            let (ax, az) = (px - dx * share, pz - dz * share);
            let distance = (ax * ax + az * az).sqrt();
            let half_width = from.half_width + (to.half_width - from.half_width) * share;
            let edge = distance - half_width;
            let level = from.level + (to.level - from.level) * share;
            // Rounding must not take it below the end, where the next stroke begins.
            let level = if level < lower { lower } else { level };
            let inside = 1.0 - distance / half_width;
            let inside = if inside > 0.0 { inside } else { 0.0 };
            // Of equals the lower, so that the order in which strokes are looked at does not matter.
            let (here, known) = (away(edge, inside), away(edges[i], insides[i]));
            let nearer = (here < known) | ((here <= known) & (level < levels[i]));
            let nearer = nearer & (edge * 256.0 <= self.margin);
            edges[i] = if nearer { edge } else { edges[i] };
            levels[i] = if nearer { level } else { levels[i] };
            insides[i] = if nearer { inside } else { insides[i] };
        }
    }
}
