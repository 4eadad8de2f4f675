//! Which terrain is here, and which was asked for.

use std::sync::Arc;

use flecs_ecs::prelude::*;
use grid::{CELL_METRES, CellCoord, Position, REGION_CELLS, RegionCoord, UNITS_PER_METRE};
use serde::{Deserialize as _, Deserializer, de};

use crate::{Chunk, GroundPoint, MoveRefusal, TICK_HZ};

/// How long a cell whose terrain could not be had is left alone.
const ASK_AGAIN_TICKS: u64 = 2 * TICK_HZ as u64;

/// How long terrain is kept that nobody is near.
const KEEP_TICKS: u64 = 60 * TICK_HZ as u64;

/// Step between two points that are tested along a walk: half a metre, half of a walkable square's side.
const WALK_STEP_UNITS: i64 = UNITS_PER_METRE / 2;

/// Cells of a region.
pub(super) const CELLS: usize = (REGION_CELLS * REGION_CELLS) as usize;

/// The cells of the region, and what is known of their ground.
#[derive(Component, Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Terrain {
    first: CellCoord,
    /// Row by row, so that finding one takes no search: every step of everybody asks.
    #[serde(deserialize_with = "all_cells")]
    cells: Vec<Cell>,
    /// Counts how often ground has come or gone.
    #[serde(skip)]
    revision: u64,
    /// Cells to ask for after this tick.
    wanted: Vec<CellCoord>,
}

/// A square metre that can be stood on, and the heights of its corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Footing {
    corner: GroundPoint,
    /// North-west, north-east, south-west, south-east, in 1/256 m.
    heights: [i64; 4],
    revision: u64,
}

impl Footing {
    /// How one stands at a point of this square; `None` elsewhere, and when the ground may have changed since.
    pub(crate) fn stand(&self, terrain: &Terrain, point: GroundPoint) -> Option<Position> {
        let (fx, fz) = (point.x.wrapping_sub(self.corner.x), point.z.wrapping_sub(self.corner.z));
        let square = 0..UNITS_PER_METRE;
        if self.revision != terrain.revision || !square.contains(&fx) || !square.contains(&fz) {
            return None;
        }
        // As the chunk reckons it, to the last bit.
        let row = |west: i64, east: i64| west * (UNITS_PER_METRE - fx) + east * fx;
        let [north_west, north_east, south_west, south_east] = self.heights;
        let sum = row(north_west, north_east) * (UNITS_PER_METRE - fz) + row(south_west, south_east) * fz;
        Some(point.at_height(sum.div_euclid(UNITS_PER_METRE * UNITS_PER_METRE)))
    }
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

/// A cell of the region.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Cell {
    #[serde(with = "crate::recording::chunk_bytes_if_any")]
    chunk: Option<Arc<Chunk>>,
    /// The last tick at which someone was near.
    needed_at: u64,
    /// It was asked for, and is not asked for again before this tick.
    asked_until: u64,
}

/// As many cells as a region has, and no other number.
fn all_cells<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Cell>, D::Error> {
    let cells = Vec::<Cell>::deserialize(deserializer)?;
    if cells.len() == CELLS {
        Ok(cells)
    } else {
        Err(de::Error::invalid_length(cells.len(), &"a region's cells"))
    }
}

impl Terrain {
    pub(crate) fn new(region: RegionCoord) -> Self {
        let mut cells = Vec::new();
        cells.resize_with(CELLS, Cell::default);
        Self { first: region.first_cell(), cells, revision: 0, wanted: Vec::new() }
    }

    /// Takes a chunk in; one of another region is of no use here.
    pub(crate) fn insert(&mut self, coord: CellCoord, chunk: Arc<Chunk>, tick: u64) {
        if let Some(index) = self.index_of(coord) {
            self.cells[index] = Cell { chunk: Some(chunk), needed_at: tick, asked_until: 0 };
            self.revision += 1;
        }
    }

    /// Notes that a cell's terrain could not be had.
    pub(crate) fn fail(&mut self, coord: CellCoord, tick: u64) {
        if let Some(index) = self.index_of(coord) {
            self.cells[index].asked_until = tick + ASK_AGAIN_TICKS;
        }
    }

    /// Whether the cell's terrain is here.
    pub(crate) fn holds(&self, coord: CellCoord) -> bool {
        self.chunk(coord).is_some()
    }

    /// Whether the cell belongs to the region.
    pub(crate) fn owns(&self, coord: CellCoord) -> bool {
        self.index_of(coord).is_some()
    }

    /// A cell's number in the region, row by row.
    pub(crate) fn index_of(&self, coord: CellCoord) -> Option<usize> {
        let (x, z) =
            (i64::from(coord.x) - i64::from(self.first.x), i64::from(coord.z) - i64::from(self.first.z));
        let side = 0..i64::from(REGION_CELLS);
        (side.contains(&x) && side.contains(&z)).then_some((z * i64::from(REGION_CELLS) + x) as usize)
    }

    fn chunk(&self, coord: CellCoord) -> Option<&Chunk> {
        self.cells[self.index_of(coord)?].chunk.as_deref()
    }

    /// Keeps a cell at hand: asks for it, unless it is here, foreign, or asked for already.
    pub(crate) fn want(&mut self, coord: CellCoord, tick: u64) {
        if let Some(index) = self.index_of(coord) {
            self.want_numbered(index, tick);
        }
    }

    /// The same with a cell's number.
    pub(crate) fn want_numbered(&mut self, index: usize, tick: u64) {
        let Some(cell) = self.cells.get_mut(index) else { return };
        if cell.chunk.is_some() {
            cell.needed_at = tick;
        } else if tick >= cell.asked_until {
            cell.asked_until = u64::MAX;
            let (x, z) = (index as i32 % REGION_CELLS, index as i32 / REGION_CELLS);
            self.wanted.push(CellCoord::new(self.first.x + x, self.first.z + z));
        }
    }

    /// The cells to ask for, sorted; they are told once.
    pub(crate) fn take_wanted(&mut self, wanted: &mut Vec<CellCoord>) {
        wanted.clear();
        std::mem::swap(&mut self.wanted, wanted);
        wanted.sort_unstable();
    }

    /// Another number as soon as any ground has come or gone.
    pub(crate) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Drops terrain that nobody has been near for a while.
    pub(crate) fn forget_unneeded(&mut self, tick: u64) {
        for cell in self.cells.iter_mut().filter(|cell| tick - cell.needed_at.min(tick) >= KEEP_TICKS) {
            self.revision += u64::from(cell.chunk.take().is_some());
        }
    }

    /// How one stands at a point, or why one can't.
    pub(crate) fn stand(&self, point: GroundPoint) -> Result<Position, MoveRefusal> {
        let index = self.index_of(point.cell()).ok_or(MoveRefusal::OutOfRegion)?;
        let chunk = self.cells[index].chunk.as_deref().ok_or(MoveRefusal::NotLoaded)?;
        let (x, z) = point.at_height(0).offset_in_cell();
        let (x, z) = (i64::from(x), i64::from(z));
        if !chunk.is_walkable(x, z) {
            return Err(MoveRefusal::NotWalkable);
        }
        Ok(point.at_height(chunk.ground_height(x, z)))
    }

    /// How dangerous a cell is, 0 to 100; `None` where the terrain is not here.
    pub(crate) fn danger(&self, coord: CellCoord) -> Option<u8> {
        self.chunk(coord).map(|chunk| chunk.danger)
    }

    /// The biome at a point, by its place in the recipe; `None` where the terrain is not here.
    pub(crate) fn biome(&self, point: GroundPoint) -> Option<u8> {
        let chunk = self.chunk(point.cell())?;
        let (x, z) = point.at_height(0).offset_in_cell();
        Some(chunk.biome_at(i64::from(x), i64::from(z)))
    }

    /// The square metre around a point, for whoever walks over it for many ticks; or why one can't stand there.
    pub(crate) fn footing(&self, point: GroundPoint) -> Result<Footing, MoveRefusal> {
        let coord = point.cell();
        let index = self.index_of(coord).ok_or(MoveRefusal::OutOfRegion)?;
        let chunk = self.cells[index].chunk.as_deref().ok_or(MoveRefusal::NotLoaded)?;
        let (x, z) = point.at_height(0).offset_in_cell();
        let (x, z) = (i64::from(x), i64::from(z));
        if !chunk.is_walkable(x, z) {
            return Err(MoveRefusal::NotWalkable);
        }
        let (ix, iz) = ((x / UNITS_PER_METRE) as usize, (z / UNITS_PER_METRE) as usize);
        let corner = GroundPoint::new(
            point.x - x.rem_euclid(UNITS_PER_METRE),
            point.z - z.rem_euclid(UNITS_PER_METRE),
        );
        let height = |east: usize, south: usize| chunk.height_units(ix + east, iz + south);
        let heights = [height(0, 0), height(1, 0), height(0, 1), height(1, 1)];
        Ok(Footing { corner, heights, revision: self.revision })
    }

    /// The ground at a point, as far as it hides what is behind it; `None` where the terrain is not here.
    pub(crate) fn relief(&self, point: GroundPoint) -> Option<Relief> {
        let chunk = self.chunk(point.cell())?;
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
