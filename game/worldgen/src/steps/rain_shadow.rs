//! `rain_shadow`: how much higher ground lies upwind.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Field, Patch, Points, Range, spread};
use crate::{
    area::Area,
    recipe::{Length, RecipeFault},
};

/// How much higher ground lies upwind, where clouds would have rained off: 0 in the open, 1 behind ground that is `rise`
/// higher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RainShadow {
    /// The height of the ground, in metres.
    pub of: String,
    /// Where the wind comes from.
    pub from: Wind,
    /// How far upwind to look. The further away, the less it counts.
    pub reach: Length,
    /// How much higher the ground must be for a full shadow.
    pub rise: Length,
    /// Distance of the points that are looked at.
    #[serde(default = "every")]
    pub every: Length,
}

/// Where wind comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wind {
    /// From the north.
    North,
    /// From the east.
    East,
    /// From the south.
    South,
    /// From the west.
    West,
}

fn every() -> Length {
    Length::from_metres(64)
}

/// The widest margin that a step may ask for, in lattice points.
const POINTS_MAX: i64 = 128;

impl RainShadow {
    fn points(&self) -> i64 {
        (self.reach.units() / self.every.units().max(1)).clamp(1, POINTS_MAX)
    }
}

impl Field for RainShadow {
    fn pull(&self) -> Option<(&'static str, &str)> {
        Some(("of", &self.of))
    }

    fn pulled(&self, area: &Area) -> Area {
        let mut lattice = spread::lattice(area, self.every.units(), 0);
        let more = self.points() as usize;
        match self.from {
            Wind::North | Wind::South => lattice.height += more,
            Wind::West | Wind::East => lattice.width += more,
        }
        match self.from {
            Wind::North => lattice.z -= more as i64 * lattice.step,
            Wind::West => lattice.x -= more as i64 * lattice.step,
            Wind::South | Wind::East => {}
        }
        lattice
    }

    fn check(&self, faults: &mut Vec<RecipeFault>) {
        if !(16 * 256..=64 * 256).contains(&self.every.units()) {
            faults.push(RecipeFault::new("must be 16 m to 64 m").under("every"));
        } else if !(1..=POINTS_MAX).contains(&(self.reach.units() / self.every.units())) {
            let fault =
                format!("too wide a margin: must be 1 to {POINTS_MAX} times `every` ({})", self.every);
            faults.push(RecipeFault::new(fault).under("reach"));
        }
        if self.rise.units() < 256 {
            faults.push(RecipeFault::new("must be 1 m or more").under("rise"));
        }
    }

    fn cost_ns(&self) -> f32 {
        2.0
    }

    fn range(&self, _: &[Range]) -> Range {
        // Cubic interpolation may swing out by an eighth.
        Range::new(-0.125, 1.125)
    }

    fn fill(&self, points: Points<'_>, _: &[&[f32]], pulled: Option<&Patch>, out: &mut [f32]) {
        let Some(Patch { area, values }) = pulled else { return };
        let (count, lattice) = (self.points() as usize, spread::lattice(points.area, self.every.units(), 0));
        let (west, north) =
            (((lattice.x - area.x) / area.step) as usize, ((lattice.z - area.z) / area.step) as usize);
        let (per_rise, per_point) = (1.0 / self.rise.metres(), 1.0 / count as f32);
        let places = (0..lattice.height).flat_map(|row| (0..lattice.width).map(move |column| (column, row)));
        let shadows = places.map(|(column, row)| {
            let at = (north + row) * area.width + west + column;
            let mut shadow = 0.0_f32;
            for k in 1..=count {
                let upwind = match self.from {
                    Wind::North => at - k * area.width,
                    Wind::South => at + k * area.width,
                    Wind::West => at - k,
                    Wind::East => at + k,
                };
                let share = (values[upwind] - values[at]) * per_rise * (1.0 - k as f32 * per_point);
                shadow = if share > shadow { share } else { shadow };
            }
            shadow.clamp(0.0, 1.0)
        });
        spread::spread(points, &Patch { area: lattice, values: Arc::new(shadows.collect()) }, out);
    }
}
