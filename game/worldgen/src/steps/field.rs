//! What every step has to tell and to do.

use crate::{area::Area, lanes::Lanes, recipe::RecipeFault};

/// The points that a step is asked for, and what it may use to answer.
#[derive(Clone, Copy)]
pub(crate) struct Points<'a> {
    pub(crate) area: &'a Area,
    /// The layer's own seed.
    pub(crate) seed: u64,
    pub(crate) lanes: Lanes,
}

/// A layer's values around the points asked for: on the world's lattice of some step, with a margin.
pub(crate) struct Patch {
    pub(crate) area: Area,
    pub(crate) values: crate::kept::Values,
}

/// The least and the greatest value that a layer can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub(crate) low: f32,
    pub(crate) high: f32,
}

impl Range {
    pub(crate) const fn new(low: f32, high: f32) -> Self {
        Self { low, high }
    }

    /// The least range that holds all of these.
    pub(crate) fn hull(values: impl IntoIterator<Item = f32>) -> Self {
        let start = Self::new(f32::INFINITY, f32::NEG_INFINITY);
        values.into_iter().fold(start, |range, value| Self::new(range.low.min(value), range.high.max(value)))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(self.low + other.low, self.high + other.high)
    }

    pub(crate) fn times(self, other: Self) -> Self {
        Self::hull([
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ])
    }

    pub(crate) fn clamp(self, low: f32, high: f32) -> Self {
        Self::new(self.low.clamp(low, high), self.high.clamp(low, high))
    }
}

/// What a step does: give a number to every point, from the numbers of other layers.
///
/// The value at a point may depend on nothing but the point, the seed, the inputs at that point, and what it pulls from a
/// lattice that is the world's and not the area's; so neighbouring chunks agree along their border.
pub(crate) trait Field {
    /// The layers that the step reads at the same points, each with the key that names it.
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// The layer that the step reads around the points, with the key that names it.
    fn pull(&self) -> Option<(&'static str, &str)> {
        None
    }

    /// The lattice points that it needs for an area. Only asked of those that pull.
    fn pulled(&self, area: &Area) -> Area {
        *area
    }

    /// What is wrong with the step's keys, taken by themselves.
    fn check(&self, faults: &mut Vec<RecipeFault>) {
        let _ = faults;
    }

    /// Whether it has the same bits on every machine.
    fn is_exact(&self) -> bool {
        true
    }

    /// About how long a point takes on a desk's processor, in nanoseconds.
    fn cost_ns(&self) -> f32 {
        0.3
    }

    /// The name that the step's seed is made from, where it is not the layer's own.
    fn salt(&self) -> Option<&str> {
        None
    }

    /// The values that it can have when its inputs have theirs; what it pulls comes last.
    fn range(&self, inputs: &[Range]) -> Range;

    /// Writes the value at each point. `inputs` are the layers in the order of [`Field::inputs`].
    fn fill(&self, points: Points<'_>, inputs: &[&[f32]], pulled: Option<&Patch>, out: &mut [f32]);
}
