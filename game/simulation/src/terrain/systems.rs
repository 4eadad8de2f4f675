//! Terrain is asked for before anyone gets there, and forgotten behind them.

use flecs_ecs::prelude::*;
use grid::REGION_CELLS;

use super::{Terrain, components::CELLS};
use crate::{TICK_HZ, clock::Clock, movement::Place, schedule::Settle};

/// Ticks between two surveys: nobody crosses a cell in half a second.
const SURVEY_TICKS: u64 = TICK_HZ as u64 / 2;
/// Rings of cells around everyone that are kept at hand.
const NEAR_RINGS: usize = 1;

/// The systems of terrain.
#[derive(Component)]
pub(crate) struct TerrainUpkeep;

impl Module for TerrainUpkeep {
    fn module(world: &World) {
        world.component::<Survey>().add_trait::<flecs::Singleton>();
        world.set(Survey::default());
        world.system_named::<&Place>("survey_terrain").kind(id::<Settle>()).run(|mut it| {
            let surveys = it.world().get::<&Clock>(|clock| clock.tick % SURVEY_TICKS == 1);
            if !surveys {
                it.fini();
                return;
            }
            let world = it.world();
            let mut survey = world.get::<&mut Survey>(std::mem::take);
            survey.near.resize(CELLS, 0);
            while it.next() {
                let places = it.field::<Place>(0);
                world.get::<&Terrain>(|terrain| {
                    for row in it.iter() {
                        if let Some(index) = terrain.index_of(places[row].position.cell()) {
                            survey.occupy(index);
                        }
                    }
                });
            }
            let tick = world.get::<&Clock>(|clock| clock.tick);
            world.get::<&mut Terrain>(|terrain| survey.end(terrain, tick));
            world.set(survey);
        });
    }
}

/// Which cells somebody is in, or near; used again by each survey.
#[derive(Component, Debug, Default)]
struct Survey {
    /// By number: 1 for those that somebody is near, 2 for those that somebody is in.
    near: Vec<u8>,
}

impl Survey {
    fn occupy(&mut self, index: usize) {
        if self.near[index] == 2 {
            return;
        }
        self.near[index] = 2;
        let side = REGION_CELLS as usize;
        let (x, z) = (index % side, index / side);
        for near_z in z.saturating_sub(NEAR_RINGS)..=(z + NEAR_RINGS).min(side - 1) {
            for near_x in x.saturating_sub(NEAR_RINGS)..=(x + NEAR_RINGS).min(side - 1) {
                let near = &mut self.near[near_z * side + near_x];
                *near = (*near).max(1);
            }
        }
    }

    fn end(&mut self, terrain: &mut Terrain, tick: u64) {
        for (index, near) in self.near.iter_mut().enumerate().filter(|(_, near)| **near > 0) {
            *near = 0;
            terrain.want_numbered(index, tick);
        }
        terrain.forget_unneeded(tick);
    }
}
