//! Where players begin: on open ground, whatever the recipe has made of the place.

use grid::{CellCoord, Position, REGION_CELLS, RegionCoord, UNITS_PER_METRE};

use crate::{
    World,
    area::Area,
    chunk::{Chunk, SQUARES},
    plan::Evaluation,
};

/// Cells whose chunks are grown before the search ends with the best of them.
const CHUNKS_MAX: usize = 512;
/// How far from a cell's middle players may begin, in metres.
const OFF_MIDDLE_MAX: usize = 8;
/// How far around the start there is no deep water, in metres.
const CLEAR: usize = 20;
/// How much of the ground around the start can be walked on, in percent.
const OPEN_PERCENT: usize = 75;

impl World {
    /// Where players of a region begin: the open ground nearest to its middle. No water around it is too deep to wade, and
    /// most of what lies around can be walked on.
    ///
    /// A region that has no such place gives the nearest walkable ground that was found, and one that is all water or rock its
    /// middle. It grows chunks, so it takes some milliseconds, and up to a second where there is hardly any land.
    #[must_use]
    pub fn start(&self, region: RegionCoord) -> Position {
        let mut walkable = None;
        let mut cells = self.dry_cells(region);
        cells.truncate(CHUNKS_MAX);
        for cell in cells {
            let chunk = self.chunk(cell);
            let Some((x, z)) = nearest_to_middle(&chunk) else { continue };
            if self.is_open(&chunk, (x, z)) {
                return standing(&chunk, (x, z));
            }
            walkable.get_or_insert_with(|| standing(&chunk, (x, z)));
        }
        walkable.unwrap_or_else(|| standing(&self.chunk(middle_cell(region)), (SQUARES / 2, SQUARES / 2)))
    }

    /// The region's cells whose middle is no sea, the nearest to the region's middle first. A look at the bare ground tells, so
    /// that nobody grows an ocean to find an island.
    fn dry_cells(&self, region: RegionCoord) -> Vec<CellCoord> {
        let (corner, middle) = (region.first_cell().origin(), middle_cell(region));
        let step = SQUARES as i64 * UNITS_PER_METRE;
        let side = REGION_CELLS as usize;
        let area = Area { x: corner.x + step / 2, z: corner.z + step / 2, step, width: side, height: side };
        let heights = Evaluation::new(&self.plan, self.lanes).into_values(&area, self.ground.height());
        let sea = self.recipe.terrain.water_level.metres();
        let cells = region.cells().zip(heights);
        let mut dry: Vec<CellCoord> =
            cells.filter(|(_, height)| *height > sea).map(|(cell, _)| cell).collect();
        let away = |cell: &CellCoord| {
            let (x, z) = (i64::from(cell.x) - i64::from(middle.x), i64::from(cell.z) - i64::from(middle.z));
            (x * x + z * z, z, x)
        };
        dry.sort_by_key(away);
        dry
    }

    /// Whether a square of a chunk is near its middle, and has open ground around.
    fn is_open(&self, chunk: &Chunk, (x, z): (usize, usize)) -> bool {
        let off = |place: usize| place.abs_diff(SQUARES / 2);
        if off(x).max(off(z)) > OFF_MIDDLE_MAX {
            return false;
        }
        let around = |place: usize| place - CLEAR..=place + CLEAR;
        let squares = || around(z).flat_map(move |z| around(x).map(move |x| (x, z)));
        let wade = self.recipe.terrain.wade_depth.units();
        let all = (2 * CLEAR + 1).pow(2);
        let walkable = squares().filter(|(x, z)| chunk.walkable[*z] >> x & 1 == 1).count();
        walkable * 100 >= all * OPEN_PERCENT && squares().all(|(x, z)| chunk.water_depth_units(x, z) <= wade)
    }
}

fn middle_cell(region: RegionCoord) -> CellCoord {
    let first = region.first_cell();
    CellCoord::new(first.x + REGION_CELLS / 2, first.z + REGION_CELLS / 2)
}

/// The walkable square that is nearest to a chunk's middle.
fn nearest_to_middle(chunk: &Chunk) -> Option<(usize, usize)> {
    let squares = (0..SQUARES).flat_map(|z| (0..SQUARES).map(move |x| (x, z)));
    let walkable = squares.filter(|(x, z)| chunk.walkable[*z] >> x & 1 == 1);
    walkable.min_by_key(|(x, z)| x.abs_diff(SQUARES / 2).pow(2) + z.abs_diff(SQUARES / 2).pow(2))
}

/// The middle of a square, on the ground.
fn standing(chunk: &Chunk, (x, z): (usize, usize)) -> Position {
    let centre = |square: usize| square as i64 * UNITS_PER_METRE + UNITS_PER_METRE / 2;
    let (origin, x, z) = (chunk.coord.origin(), centre(x), centre(z));
    Position { x: origin.x + x, y: chunk.ground_height(x, z), z: origin.z + z }
}
