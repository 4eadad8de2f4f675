//! Terrain is asked for before anyone gets there, and forgotten behind them.

use flecs_ecs::prelude::*;
use grid::CellCoord;

use super::Terrain;
use crate::{TICK_HZ, clock::Clock, movement::Place, schedule::Settle};

/// Ticks between two surveys: nobody crosses a cell in half a second.
const SURVEY_TICKS: u64 = TICK_HZ as u64 / 2;
/// Rings of cells around everyone that are kept at hand.
const NEAR_RINGS: i32 = 1;

/// The systems of terrain.
#[derive(Component)]
pub(crate) struct TerrainUpkeep;

impl Module for TerrainUpkeep {
    fn module(world: &World) {
        world.system_named::<&Place>("survey_terrain").kind(id::<Settle>()).run(|mut it| {
            let surveys = it.world().get::<&Clock>(|clock| clock.tick % SURVEY_TICKS == 1);
            let mut cells = Vec::new();
            while it.next() {
                if surveys {
                    let places = it.field::<Place>(0);
                    cells.extend(it.iter().map(|row| places[row].position.cell()));
                }
            }
            if surveys {
                let tick = it.world().get::<&Clock>(|clock| clock.tick);
                it.world().get::<&mut Terrain>(|terrain| survey(terrain, cells, tick));
            }
        });
    }
}

fn survey(terrain: &mut Terrain, mut occupied: Vec<CellCoord>, tick: u64) {
    occupied.sort_unstable();
    occupied.dedup();
    for coord in grown(&occupied, NEAR_RINGS) {
        terrain.want(coord, tick);
    }
    terrain.forget_unneeded(tick);
}

/// All cells within `rings` of the given ones, sorted, each once.
fn grown(cells: &[CellCoord], rings: i32) -> Vec<CellCoord> {
    let mut grown: Vec<_> = cells
        .iter()
        .flat_map(|cell| {
            (-rings..=rings).flat_map(move |dz| {
                (-rings..=rings)
                    .map(move |dx| CellCoord::new(cell.x.saturating_add(dx), cell.z.saturating_add(dz)))
            })
        })
        .collect();
    grown.sort_unstable();
    grown.dedup();
    grown
}
