//! Noise on exact lattices.
//!
//! Which lattice square a point falls into is integer arithmetic; a float only ever holds the fraction inside. Each octave
//! has its own lattice, shifted by its seed so that no two share a corner.
//!
//! Two ways lead to the same kind of noise: [`rows`] for points on a regular grid, where everything that a column or a
//! lattice row has in common is computed once, and [`scattered`] for points that a warp has moved.

mod axis;
mod cellular;
mod eroded;
mod gradients;
mod octave;
#[cfg(test)]
mod reference;
mod rows;
mod scattered;
mod simplex;

pub(crate) use axis::Axis;
pub(crate) use cellular::{Cells, Measure};
pub(crate) use eroded::Slopes;
pub(crate) use gradients::GRADIENTS;
pub(crate) use octave::{Octave, Put, Warp, Ways};
pub(crate) use rows::Scratch;
pub(crate) use scattered::WARP_MAX;

/// Perlin's quintic: flat in value, slope and curvature at both ends.
#[inline(always)]
pub(crate) fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}
