//! `spline`: a layer put through a curve.

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range};
use crate::{lanes::Kernel, recipe::RecipeFault};

const POINTS_MAX: usize = 32;

/// A layer put through a smooth curve that never overshoots its points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spline {
    /// The layer.
    pub of: String,
    /// The curve's points: what comes in, ascending, and what goes out. Flat beyond the ends.
    pub points: Vec<(f32, f32)>,
}

impl Field for Spline {
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        vec![("of", &self.of)]
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(2..=POINTS_MAX).contains(&self.points.len()) {
            faults.push(RecipeFault::new("takes 2 to 32 points").under("points"));
        }
        for (index, pair) in self.points.windows(2).enumerate() {
            let (before, x) = (pair[0].0, pair[1].0);
            if x.is_nan() || before.is_nan() || x - before < 1e-4 {
                let fault = format!("{x} does not come after {before}: the points must ascend");
                faults.push(RecipeFault::new(fault).under(index + 1).under("points"));
                return;
            }
        }
    }

    fn cost_ns(&self) -> f32 {
        0.4 + 0.25 * self.points.len() as f32
    }

    fn range(&self, inputs: &[Range]) -> Range {
        let curve = Curve::through(&self.points);
        let (low, high) = (inputs[0].low, inputs[0].high);
        // Monotone between its points: the extremes lie at points inside of the range, or at its ends.
        let inside = self.points.iter().filter(|(x, _)| low < *x && *x < high).map(|(_, y)| *y);
        Range::hull(inside.chain([curve.at(low), curve.at(high)]))
    }

    fn fill(&self, points: Points<'_>, inputs: &[&[f32]], _: Option<&Patch>, out: &mut [f32]) {
        let curve = Curve::through(&self.points);
        points.lanes.run(Along { curve: &curve, of: inputs[0], out });
    }
}

/// A piece of the curve: a cubic of the way `(x - start) · per_width`, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    start: f32,
    per_width: f32,
    cubic: [f32; 4],
}

/// A monotone cubic curve.
struct Curve {
    pieces: Vec<Piece>,
    end: f32,
}

impl Curve {
    /// The slope at each point is the harmonic mean of the chords beside it, which keeps the curve monotone between its
    /// points (Fritsch and Butland).
    fn through(points: &[(f32, f32)]) -> Self {
        let chords: Vec<f32> =
            points.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).collect();
        let slope = |i: usize| match (i.checked_sub(1).map(|i| chords[i]), chords.get(i)) {
            (Some(before), Some(&after)) if before * after > 0.0 => 2.0 * before * after / (before + after),
            (Some(_), Some(_)) => 0.0,
            (Some(chord), None) => chord,
            (None, chord) => chord.copied().unwrap_or(0.0),
        };
        let pieces = points.windows(2).enumerate().map(|(i, pair)| {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let width = x1 - x0;
            let (m0, m1) = (slope(i) * width, slope(i + 1) * width);
            let cubic = [y0, m0, 3.0 * (y1 - y0) - 2.0 * m0 - m1, 2.0 * (y0 - y1) + m0 + m1];
            Piece { start: x0, per_width: 1.0 / width, cubic }
        });
        Self { pieces: pieces.collect(), end: points.last().map_or(0.0, |point| point.0) }
    }

    #[inline(always)]
    fn at(&self, x: f32) -> f32 {
        let mut piece = self.pieces[0];
        // A comparison for each piece, instead of a search: the compiler turns it into blends of eight points.
        for next in &self.pieces[1..] {
            piece = if x >= next.start { *next } else { piece };
        }
        let x = if x < self.end { x } else { self.end };
        let t = (x - piece.start) * piece.per_width;
        let t = if t > 0.0 { t } else { 0.0 };
        let [a, b, c, d] = piece.cubic;
        ((d * t + c) * t + b) * t + a
    }
}

struct Along<'a> {
    curve: &'a Curve,
    of: &'a [f32],
    out: &'a mut [f32],
}

impl Kernel for Along<'_> {
    #[inline(always)]
    fn run(self) {
        const BLOCK: usize = 8;
        let pieces = self.curve.pieces.as_slice();
        let end = self.curve.end;
        let mut whole = self.out.chunks_exact_mut(BLOCK);
        let mut of = self.of.chunks_exact(BLOCK);
        for (out, x) in whole.by_ref().zip(of.by_ref()) {
            // Turned inside out, so that each piece is compared with eight points at once.
            let first = pieces[0];
            let (mut start, mut per_width) = ([first.start; BLOCK], [first.per_width; BLOCK]);
            let mut cubic = first.cubic.map(|part| [part; BLOCK]);
            for next in &pieces[1..] {
                for i in 0..BLOCK {
                    let beyond = x[i] >= next.start;
                    start[i] = if beyond { next.start } else { start[i] };
                    per_width[i] = if beyond { next.per_width } else { per_width[i] };
                    for (part, next) in cubic.iter_mut().zip(&next.cubic) {
                        part[i] = if beyond { *next } else { part[i] };
                    }
                }
            }
            for i in 0..BLOCK {
                let x = if x[i] < end { x[i] } else { end };
                let t = (x - start[i]) * per_width[i];
                let t = if t > 0.0 { t } else { 0.0 };
                out[i] = ((cubic[3][i] * t + cubic[2][i]) * t + cubic[1][i]) * t + cubic[0][i];
            }
        }
        for (out, x) in whole.into_remainder().iter_mut().zip(of.remainder()) {
            *out = self.curve.at(*x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{area::Area, lanes::Lanes};

    const POINTS: [(f32, f32); 6] =
        [(-1.0, -40.0), (-0.2, -5.0), (0.0, 2.0), (0.1, 2.0), (0.5, 60.0), (1.0, 50.0)];

    #[test]
    fn the_curve_meets_its_points_and_never_overshoots() {
        let curve = Curve::through(&POINTS);
        for (x, y) in POINTS {
            assert!((curve.at(x) - y).abs() < 1e-3);
        }
        let along: Vec<f32> = (-150..=150).map(|x| curve.at(x as f32 / 100.0)).collect();
        assert!(along.iter().all(|y| (-40.001..=60.001).contains(y)));
        assert!(along[..200].windows(2).all(|pair| pair[0] <= pair[1] + 1e-3));
    }

    #[test]
    fn eight_at_once_are_the_same_bits_as_one_by_one() {
        let of: Vec<f32> = (-60..61).map(|x| x as f32 / 37.0).collect();
        let spline = Spline { of: "x".to_owned(), points: POINTS.to_vec() };
        let area = Area { x: 0, z: 0, step: 1, width: of.len(), height: 1 };
        let curve = Curve::through(&POINTS);
        for lanes in [Lanes::baseline(), Lanes::widest()] {
            let mut out = vec![0.0; of.len()];
            spline.fill(Points { area: &area, seed: 0, lanes }, &[&of], None, &mut out);
            assert!(out.iter().zip(&of).all(|(out, x)| out.to_bits() == curve.at(*x).to_bits()));
        }
    }
}
