//! One octave of noise: its lattice, and the way to its values.

use super::{Scratch, Slopes, eroded, rows, scattered, simplex};
use crate::{area::Area, hash, lanes::Lanes, recipe::Basis};

/// How a value is left at its place.
#[derive(Clone, Copy)]
pub(crate) enum Put {
    /// In place of what was there, with this strength.
    Over(f32),
    /// Added to what was there, with this strength.
    Add(f32),
}

/// How far each point is moved before the noise is read, in 1/256 m.
pub(crate) struct Warp {
    pub(crate) x: Vec<i32>,
    pub(crate) z: Vec<i32>,
}

/// An octave's lattice.
pub(crate) struct Lattice {
    /// Distance of its corners, in 1/256 m.
    pub(crate) spacing: i64,
    /// How far it is shifted, in 1/256 m.
    pub(crate) shift: (i64, i64),
    /// What its columns' and rows' hashes are made from.
    pub(crate) seeds: (u64, u64),
}

/// One octave of noise, -1 to 1.
pub(crate) struct Octave {
    /// Its place among the octaves of its layer.
    pub(crate) index: u32,
    pub(crate) basis: Basis,
    pub(crate) lattice: Lattice,
}

/// With what and where noise is read.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'a> {
    pub(crate) lanes: Lanes,
    pub(crate) area: &'a Area,
    pub(crate) warp: Option<&'a Warp>,
}

impl Octave {
    /// The octave of a layer's seed. `wavelength` is in 1/256 m.
    pub(crate) fn new(basis: Basis, seed: u64, index: u32, wavelength: i64) -> Self {
        let seed = hash::at(seed, i64::from(index), 0);
        let shift = |bits: u64| (bits & 0xff_ffff) as i64 % wavelength;
        let lattice = Lattice {
            spacing: wavelength,
            shift: (shift(seed), shift(seed >> 32)),
            seeds: (hash::mix(seed), hash::mix(!seed)),
        };
        Self { index, basis, lattice }
    }

    /// Adds the octave where the ground, as the octaves before have shaped it, is not too steep for it. The strengths are those
    /// of its height and of its slope.
    pub(crate) fn read_eroded(
        &self,
        ways: Ways<'_>,
        strengths: (f32, f32),
        slopes: &mut Slopes,
        out: &mut [f32],
    ) {
        eroded::read(ways, &self.lattice, strengths, slopes, out);
    }

    /// Reads the noise at every point.
    pub(crate) fn read(&self, ways: Ways<'_>, put: Put, scratch: &mut Scratch, out: &mut [f32]) {
        match (self.basis, ways.warp) {
            (Basis::Perlin, None) => rows::perlin(ways.lanes, ways.area, &self.lattice, put, scratch, out),
            (Basis::Value, None) => rows::values(ways.lanes, ways.area, &self.lattice, put, scratch, out),
            (Basis::Perlin, Some(_)) => scattered::perlin(ways, &self.lattice, put, out),
            (Basis::Value, Some(_)) => scattered::values(ways, &self.lattice, put, out),
            (Basis::Opensimplex2, _) => simplex::read(ways, &self.lattice, put, out),
        }
    }
}
