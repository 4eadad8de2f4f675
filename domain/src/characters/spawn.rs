//! Where new characters stand.

use grid::{CellCoord, Position, REGION_CELLS, RegionCoord, UNITS_PER_METRE, WorldId};
use worldgen::{Chunk, SQUARES};

use crate::{Error, terrain::Terrain};

/// The region where all new characters begin.
const FIRST_REGION: RegionCoord = RegionCoord::new(0, 0);
/// How far from the region's middle to look for ground, in cells.
const RINGS_MAX: i32 = 4;

/// The walkable ground that is nearest to the first region's middle, cell by cell. Where all is water or rock, the
/// middle itself: the region then moves the character when it enters.
pub(super) async fn find(terrain: &Terrain, world: WorldId) -> Result<Position, Error> {
    let first = FIRST_REGION.first_cell();
    let middle = CellCoord::new(first.x + REGION_CELLS / 2, first.z + REGION_CELLS / 2);
    for ring in 0..=RINGS_MAX {
        for cell in cells_of_ring(middle, ring) {
            let chunk = terrain.chunk(world, cell).await?.chunk;
            if let Some(position) = walkable_ground(&chunk) {
                return Ok(position);
            }
        }
    }
    Ok(middle.origin())
}

fn cells_of_ring(middle: CellCoord, ring: i32) -> impl Iterator<Item = CellCoord> {
    let square = (-ring..=ring).flat_map(move |z| (-ring..=ring).map(move |x| (x, z)));
    square
        .filter(move |(x, z)| x.abs().max(z.abs()) == ring)
        .map(move |(x, z)| CellCoord::new(middle.x + x, middle.z + z))
}

/// The walkable square that is nearest to the chunk's middle; its centre.
fn walkable_ground(chunk: &Chunk) -> Option<Position> {
    let centre = |square: usize| square as i64 * UNITS_PER_METRE + UNITS_PER_METRE / 2;
    let squares = (0..SQUARES).flat_map(|z| (0..SQUARES).map(move |x| (x, z)));
    let walkable = squares.filter(|&(x, z)| chunk.is_walkable(centre(x), centre(z)));
    let (x, z) =
        walkable.min_by_key(|&(x, z)| x.abs_diff(SQUARES / 2).pow(2) + z.abs_diff(SQUARES / 2).pow(2))?;
    let origin = chunk.coord.origin();
    let height = chunk.ground_height(centre(x), centre(z));
    Some(Position { x: origin.x + centre(x), y: height, z: origin.z + centre(z) })
}
