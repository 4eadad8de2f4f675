//! Where a row of evenly spaced points lies on a lattice.

/// Neighbouring points that fall into the same lattice square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first point.
    pub(super) start: usize,
    /// The one behind the last.
    pub(super) end: usize,
    /// Their square, from the axis' first.
    pub(super) square: u32,
}

/// The same as [`Axis`], put together by square, in lists that are filled again and again.
#[derive(Default)]
pub(super) struct Runs {
    /// The first point's lattice square.
    pub(super) first: i64,
    pub(super) runs: Vec<Run>,
    /// Each point's place inside its square, 0 to 1.
    pub(super) fractions: Vec<f32>,
}

impl Runs {
    /// `start` is the first point and `spacing` the lattice's, both in 1/256 m.
    pub(super) fn lay(&mut self, start: i64, step: i64, count: usize, spacing: i64) {
        self.first = start.div_euclid(spacing);
        self.runs.clear();
        self.fractions.clear();
        let per_unit = 1.0 / spacing as f32;
        let (mut point, mut square, mut rest) = (0, 0_i64, start - self.first * spacing);
        while point < count {
            let inside = ((spacing - rest + step - 1) / step).min((count - point) as i64);
            self.runs.push(Run { start: point, end: point + inside as usize, square: square as u32 });
            // No square is so wide that places inside of it don't fit 31 bits, and vectors of those are quicker.
            let (from, step_by) = (rest as i32, step as i32);
            self.fractions.extend((0..inside as i32).map(|i| (from + i * step_by) as f32 * per_unit));
            point += inside as usize;
            rest += inside * step;
            square += rest / spacing;
            rest %= spacing;
        }
    }

    /// How many lattice corners the points lie between.
    pub(super) fn corners(&self) -> usize {
        self.runs.last().map_or(0, |last| last.square as usize + 2)
    }
}

/// For each of some evenly spaced points: the lattice square that it falls into, counted from the first one's, and the
/// fraction inside of it.
pub(crate) struct Axis {
    /// The first point's lattice square.
    pub(crate) first: i64,
    /// Each point's square, from `first`.
    pub(crate) squares: Vec<u32>,
    /// Each point's place inside the square, 0 to 1.
    pub(crate) fractions: Vec<f32>,
}

impl Axis {
    /// `start` is the first point and `spacing` the lattice's, both in 1/256 m.
    pub(crate) fn of(start: i64, step: i64, count: usize, spacing: i64) -> Self {
        let first = start.div_euclid(spacing);
        let per_unit = 1.0 / spacing as f32;
        let (whole, part) = (step / spacing, step % spacing);
        let (mut square, mut rest) = (0_i64, start - first * spacing);
        let (mut squares, mut fractions) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for _ in 0..count {
            squares.push(square as u32);
            fractions.push(rest as f32 * per_unit);
            // A division for each point would cost more than the noise.
            square += whole;
            rest += part;
            if rest >= spacing {
                rest -= spacing;
                square += 1;
            }
        }
        Self { first, squares, fractions }
    }

    /// How many lattice corners the points lie between.
    pub(crate) fn corners(&self) -> usize {
        self.squares.last().map_or(0, |last| *last as usize + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(start: i64, step: i64, count: usize, spacing: i64) -> Runs {
        let mut runs = Runs::default();
        runs.lay(start, step, count, spacing);
        runs
    }

    #[test]
    fn runs_put_the_points_of_a_square_together() {
        let run = |start, end, square| Run { start, end, square };
        assert_eq!(laid(-300, 256, 5, 512).runs, [run(0, 2, 0), run(2, 4, 1), run(4, 5, 2)]);
        assert_eq!(laid(0, 1_024, 2, 256).runs, [run(0, 1, 0), run(1, 2, 4)]);
    }

    #[test]
    fn squares_and_fractions_are_exact_on_both_sides_of_zero_and_far_out() {
        for start in [-1_000, -1, 0, 511, 1 << 46, -(1 << 46) - 3] {
            for (step, spacing) in
                [(256, 512), (256, 7_001), (4_096, 512), (1, 3), (7, 7), (16_384, 8_192_000)]
            {
                let (axis, runs) = (Axis::of(start, step, 40, spacing), laid(start, step, 40, spacing));
                for i in 0..40 {
                    let point = start + i as i64 * step;
                    assert_eq!(axis.first + i64::from(axis.squares[i]), point.div_euclid(spacing));
                    let rest = point.rem_euclid(spacing) as f32;
                    assert_eq!(axis.fractions[i].to_bits(), (rest * (1.0 / spacing as f32)).to_bits());
                }
                let squares = runs.runs.iter().flat_map(|run| (run.start..run.end).map(|_| run.square));
                assert!(squares.eq(axis.squares.iter().copied()), "{start} {step} {spacing}");
                assert_eq!(
                    (runs.first, runs.corners(), runs.fractions),
                    (axis.first, axis.corners(), axis.fractions)
                );
            }
        }
    }
}
