//! A straight walk that lasts many ticks, without drift.

use flecs_ecs::prelude::*;

use crate::{GroundPoint, TICK_HZ, terrain::Footing};

/// A walk's length times ticks a second up to which 64 bits hold what is computed: sixteen kilometres and more.
const NARROW_MAX: u64 = 1 << 31;

/// A walk from one point straight to another. The place at each tick is computed from the walk's beginning, so rounding
/// never adds up.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Stride {
    pub(crate) from: GroundPoint,
    pub(crate) to: GroundPoint,
    /// In 1/256 m.
    pub(crate) length: u32,
    /// In 1/256 m times ticks a second: a pace adds to it once a tick, exactly.
    pub(crate) travelled: u64,
    /// The ground under the last step. It tells nothing that the terrain wouldn't, so it is no part of the state.
    #[serde(skip)]
    pub(crate) footing: Option<Footing>,
}

impl Stride {
    /// A walk between points that are at most `u32::MAX` apart; farther ones give a walk that has ended.
    pub(crate) fn new(from: GroundPoint, to: GroundPoint) -> Self {
        match from.distance(to).and_then(|length| u32::try_from(length).ok()) {
            Some(length) => Self { from, to, length, travelled: 0, footing: None },
            None => Self { from, to: from, length: 0, travelled: 0, footing: None },
        }
    }

    /// Whether the end is reached.
    pub(crate) const fn is_over(&self) -> bool {
        self.travelled >= self.length as u64 * TICK_HZ as u64
    }

    /// Gives the walk up where it is.
    pub(crate) const fn stop(&mut self) {
        self.travelled = self.length as u64 * TICK_HZ as u64;
    }

    /// Walks on for one tick and tells where that leads.
    pub(crate) fn advance(&mut self, units_per_second: u32) -> GroundPoint {
        self.travelled += u64::from(units_per_second);
        if self.is_over() {
            return self.to;
        }
        let whole = u64::from(self.length) * u64::from(TICK_HZ);
        // What is travelled is less than the whole, so for walks within a region 64 bits hold the product.
        if whole <= NARROW_MAX {
            let (whole, travelled) = (whole as i64, self.travelled as i64);
            let part = |from: i64, to: i64| from + (to - from) * travelled / whole;
            return GroundPoint::new(part(self.from.x, self.to.x), part(self.from.z, self.to.z));
        }
        let whole = i128::from(whole);
        let part =
            |from: i64, to: i64| from + (i128::from(to - from) * i128::from(self.travelled) / whole) as i64;
        GroundPoint::new(part(self.from.x, self.to.x), part(self.from.z, self.to.z))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_seconds_at_one_metre_a_second_are_ten_metres() {
        let mut stride = Stride::new(GroundPoint::new(5, 5), GroundPoint::new(5 + 256 * 20, 5));
        let mut at = GroundPoint::default();
        for _ in 0..600 {
            at = stride.advance(256);
        }
        assert_eq!(at, GroundPoint::new(5 + 256 * 10, 5));
    }

    #[test]
    fn a_slanting_walk_ends_exactly_where_it_should() {
        let to = GroundPoint::new(-777, 1234);
        let mut stride = Stride::new(GroundPoint::new(13, -8), to);
        let mut at = stride.from;
        while !stride.is_over() {
            let next = stride.advance(390);
            assert!(at.distance(next).is_some_and(|step| step <= 8), "a step is no leap");
            at = next;
        }
        assert_eq!(at, to);
    }

    #[test]
    fn a_walk_across_the_world_is_no_walk() {
        assert!(Stride::new(GroundPoint::new(i64::MIN, 0), GroundPoint::new(i64::MAX, 0)).is_over());
    }
}
