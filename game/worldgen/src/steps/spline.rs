//! `spline`: a layer put through a curve.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{noise::Samples, recipe::RecipeFault};

/// A layer put through a smooth curve that never overshoots its points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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

    fn check(&self) -> Result<(), RecipeFault> {
        if !(2..=32).contains(&self.points.len()) {
            return Err(RecipeFault::new("takes 2 to 32 points").under("points"));
        }
        let unordered = self.points.windows(2).position(|pair| pair[1].0 - pair[0].0 < 1e-4);
        unordered.map_or(Ok(()), |index| {
            let (before, x) = (self.points[index].0, self.points[index + 1].0);
            let fault = RecipeFault::new(format!("{x} does not come after {before}: the points must ascend"));
            Err(fault.under(index + 1).under("points"))
        })
    }

    fn fill(&self, _: Samples, _: u64, inputs: &[&[f32]], out: &mut [f32]) {
        let slopes = slopes(&self.points);
        for (out, value) in out.iter_mut().zip(inputs[0]) {
            *out = evaluate(&self.points, &slopes, *value);
        }
    }
}

/// The curve's slope at each point: the harmonic mean of the chords beside it, which keeps the curve monotone between
/// its points (Fritsch and Butland).
fn slopes(points: &[(f32, f32)]) -> Vec<f32> {
    let chords: Vec<f32> =
        points.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).collect();
    (0..points.len())
        .map(|i| match (i.checked_sub(1).map(|i| chords[i]), chords.get(i)) {
            (Some(before), Some(&after)) if before * after > 0.0 => 2.0 * before * after / (before + after),
            (Some(_), Some(_)) => 0.0,
            (Some(chord), None) => chord,
            (None, chord) => chord.copied().unwrap_or(0.0),
        })
        .collect()
}

fn evaluate(points: &[(f32, f32)], slopes: &[f32], x: f32) -> f32 {
    let after = points.partition_point(|point| point.0 <= x);
    if after == 0 {
        return points[0].1;
    }
    if after == points.len() {
        return points[after - 1].1;
    }
    let ((x0, y0), (x1, y1)) = (points[after - 1], points[after]);
    let (width, m0, m1) = (x1 - x0, slopes[after - 1], slopes[after]);
    let t = (x - x0) / width;
    let (t2, t3) = (t * t, t * t * t);
    (2.0 * t3 - 3.0 * t2 + 1.0) * y0
        + (t3 - 2.0 * t2 + t) * width * m0
        + (3.0 * t2 - 2.0 * t3) * y1
        + (t3 - t2) * width * m1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_meets_its_points_and_never_overshoots() {
        let points = [(-1.0, -40.0), (-0.2, -5.0), (0.0, 2.0), (0.1, 2.0), (0.5, 60.0), (1.0, 50.0)];
        let slopes = slopes(&points);
        for (x, y) in points {
            assert!((evaluate(&points, &slopes, x) - y).abs() < 1e-3);
        }
        let curve: Vec<f32> = (-150..=150).map(|x| evaluate(&points, &slopes, x as f32 / 100.0)).collect();
        assert!(curve.iter().all(|y| (-40.001..=60.001).contains(y)));
        assert!(curve[..200].windows(2).all(|pair| pair[0] <= pair[1] + 1e-3));
    }
}
