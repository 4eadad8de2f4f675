//! Which terrain is here, and which was asked for.

use std::{collections::HashMap, sync::Arc};

use flecs_ecs::prelude::*;
use grid::{CELL_METRES, CellCoord, Position, RegionCoord, UNITS_PER_METRE};

use crate::{Chunk, GroundPoint, MoveRefusal, TICK_HZ};

/// How long a cell whose terrain could not be had is left alone.
const ASK_AGAIN_TICKS: u64 = 2 * TICK_HZ as u64;

/// How long terrain is kept that nobody is near.
const KEEP_TICKS: u64 = 60 * TICK_HZ as u64;

/// Step between two points that are tested along a walk: half a metre, half of a walkable square's side.
const WALK_STEP_UNITS: i64 = UNITS_PER_METRE / 2;

/// The loaded chunks of the region.
#[derive(Component, Debug)]
pub(crate) struct Terrain {
    region: RegionCoord,
    chunks: HashMap<CellCoord, Loaded>,
    /// Cells that were asked for, with the tick at which to ask again.
    asked: HashMap<CellCoord, u64>,
    /// Cells to ask for after this tick.
    wanted: Vec<CellCoord>,
}

/// What is to be seen of the ground at a point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relief {
    /// In 1/256 m.
    pub(crate) height: i64,
    /// A trunk, a rock or a wall stands there: nobody can walk on it although it is dry and level.
    pub(crate) is_obstacle: bool,
}

/// The greatest rise over a square's diagonal that is no slope, in 1/256 m: what can't be walked on although it is as level as
/// this has something standing on it.
const LEVEL_UNITS: i64 = 256;

fn steepness(chunk: &Chunk, ix: usize, iz: usize) -> i64 {
    let [nw, ne, sw, se] =
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dz)| chunk.height_units(ix + dx, iz + dz));
    (nw - se).abs().max((ne - sw).abs())
}

#[derive(Debug)]
struct Loaded {
    chunk: Arc<Chunk>,
    /// The last tick at which someone was near.
    needed_at: u64,
}

impl Terrain {
    pub(crate) fn new(region: RegionCoord) -> Self {
        Self { region, chunks: HashMap::new(), asked: HashMap::new(), wanted: Vec::new() }
    }

    /// Takes a chunk in.
    pub(crate) fn insert(&mut self, coord: CellCoord, chunk: Arc<Chunk>, tick: u64) {
        self.asked.remove(&coord);
        self.chunks.insert(coord, Loaded { chunk, needed_at: tick });
    }

    /// Notes that a cell's terrain could not be had.
    pub(crate) fn fail(&mut self, coord: CellCoord, tick: u64) {
        self.asked.insert(coord, tick + ASK_AGAIN_TICKS);
    }

    /// Whether the cell's terrain is here.
    pub(crate) fn holds(&self, coord: CellCoord) -> bool {
        self.chunks.contains_key(&coord)
    }

    /// Whether the cell belongs to the region.
    pub(crate) fn owns(&self, coord: CellCoord) -> bool {
        coord.region() == self.region
    }

    /// Keeps a cell at hand: asks for it, unless it is here, foreign, or asked for already.
    pub(crate) fn want(&mut self, coord: CellCoord, tick: u64) {
        if let Some(loaded) = self.chunks.get_mut(&coord) {
            loaded.needed_at = tick;
            return;
        }
        if !self.owns(coord) || self.asked.get(&coord).is_some_and(|&again| tick < again) {
            return;
        }
        self.asked.insert(coord, u64::MAX);
        self.wanted.push(coord);
    }

    /// The cells to ask for, sorted; they are told once.
    pub(crate) fn take_wanted(&mut self) -> Vec<CellCoord> {
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.sort_unstable();
        wanted
    }

    /// Drops terrain that nobody has been near for a while.
    pub(crate) fn forget_unneeded(&mut self, tick: u64) {
        self.chunks.retain(|_, loaded| tick - loaded.needed_at < KEEP_TICKS);
    }

    /// How one stands at a point, or why one can't.
    pub(crate) fn stand(&self, point: GroundPoint) -> Result<Position, MoveRefusal> {
        let cell = point.cell();
        if !self.owns(cell) {
            return Err(MoveRefusal::OutOfRegion);
        }
        let chunk = &self.chunks.get(&cell).ok_or(MoveRefusal::NotLoaded)?.chunk;
        let (x, z) = point.at_height(0).offset_in_cell();
        let (x, z) = (i64::from(x), i64::from(z));
        if !chunk.is_walkable(x, z) {
            return Err(MoveRefusal::NotWalkable);
        }
        Ok(point.at_height(chunk.ground_height(x, z)))
    }

    /// The ground at a point, as far as it hides what is behind it; `None` where the terrain is not here.
    pub(crate) fn relief(&self, point: GroundPoint) -> Option<Relief> {
        let chunk = &self.chunks.get(&point.cell())?.chunk;
        let (x, z) = point.at_height(0).offset_in_cell();
        let (x, z) = (i64::from(x), i64::from(z));
        let (ix, iz) = ((x / UNITS_PER_METRE) as usize, (z / UNITS_PER_METRE) as usize);
        let is_obstacle = !chunk.is_walkable(x, z)
            && chunk.water_depth_units(ix, iz) == 0
            && steepness(chunk, ix, iz) < LEVEL_UNITS;
        Some(Relief { height: chunk.ground_height(x, z), is_obstacle })
    }

    /// Walks a straight line, `length` units long, and tells how one stands at its end, or what is in the way.
    pub(crate) fn walk(
        &self,
        from: GroundPoint,
        to: GroundPoint,
        length: i64,
    ) -> Result<Position, MoveRefusal> {
        for walked in (WALK_STEP_UNITS..length).step_by(WALK_STEP_UNITS as usize) {
            let part = |from: i64, to: i64| from + (to - from) * walked / length;
            self.stand(GroundPoint::new(part(from.x, to.x), part(from.z, to.z)))?;
        }
        self.stand(to)
    }

    /// The point nearest to `near` that can be stood on, among the middles of the cell's square metres. `None` where all is
    /// water or the terrain is not here.
    pub(crate) fn nearest_in_cell(&self, coord: CellCoord, near: GroundPoint) -> Option<Position> {
        let corner = coord.origin();
        let middle = |metre: i64| metre * UNITS_PER_METRE + UNITS_PER_METRE / 2;
        (0..CELL_METRES)
            .flat_map(|z| (0..CELL_METRES).map(move |x| (x, z)))
            .map(|(x, z)| GroundPoint::new(corner.x + middle(x), corner.z + middle(z)))
            .filter_map(|point| Some((near.distance(point)?, self.stand(point).ok()?)))
            .min_by_key(|&(distance, position)| (distance, position))
            .map(|(_, position)| position)
    }
}
