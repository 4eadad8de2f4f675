//! How the settings' population comes into the world: as soon as there is ground for it, a few a tick.

use std::sync::Arc;

use flecs_ecs::prelude::*;
use rules::{CreatureKind, Purpose};

use super::{Wander, components::Unborn};
use crate::{
    EntityKind, Faction, GroundPoint, Population, SimulationSettings,
    battle::{self, Arrival, Newcomer},
    clock::Clock,
    identity::{Identity, Roster, new_entity_id},
    minds::Mind,
    movement::{Pace, Place, Stride},
    terrain::Terrain,
};

/// Homes tried in a tick. A big population sets out over some ticks, so that none of them is late.
const ATTEMPTS_PER_TICK: u32 = 64;
/// Homes tried for each NPC, on average, before the rest of the population is given up: all may be water.
const ATTEMPTS_PER_NPC_MAX: u32 = 256;

/// Puts NPCs that are still missing on walkable ground, and asks for the terrain that this takes.
pub(crate) fn set_out(world: &World, settings: &SimulationSettings, clock: Clock) {
    let mut unborn = world.cloned::<&Unborn>();
    if unborn.remaining == 0 {
        return;
    }
    for _ in 0..ATTEMPTS_PER_TICK.min(unborn.remaining) {
        // The ordinal keeps the dice of one tick's newcomers apart.
        let ordinal = unborn.attempts;
        unborn.attempts += 1;
        if set_one_out(world, settings, clock, ordinal) {
            unborn.remaining -= 1;
        }
    }
    if unborn.attempts / ATTEMPTS_PER_NPC_MAX > settings.population.count {
        unborn.remaining = 0;
    }
    world.set(unborn);
}

fn set_one_out(world: &World, settings: &SimulationSettings, clock: Clock, ordinal: u32) -> bool {
    let entity = new_entity_id(settings, clock, ordinal);
    let mut dice = clock.dice(entity, Purpose::Spawn);
    let home = point_within(settings.population, |bound| dice.below(bound));
    let kind = CreatureKind::ALL[dice.below(CreatureKind::ALL.len() as u32) as usize];
    let ground = world.get::<&mut Terrain>(|terrain| {
        terrain.want(home.cell(), clock.tick);
        terrain.stand(home)
    });
    let Ok(position) = ground else {
        return false;
    };
    let net_id = world.get::<&mut Roster>(Roster::next_net_id);
    let body = world
        .entity()
        .set(Identity { entity, net_id, kind: EntityKind::Creature(kind), name: Arc::from(kind.name()) })
        .set(Place { position, yaw: dice.below(256) as u8, moved_at: 0 })
        .set(Pace { units_per_second: kind.walking_speed().units_per_second(settings.movement_scale) })
        .set(Stride::default())
        .set(Wander {
            home,
            leash_units: settings.population.leash_units,
            // Newcomers don't all start in step.
            rest_until: clock.tick + u64::from(dice.below(crate::TICK_HZ)),
            rested: true,
        });
    let monster =
        rules::Id::new(kind.stat_block()).expect("the stat blocks of wanderers are well-formed ids");
    let scores = rules::content::srd()
        .monster(monster)
        .map_or([10, 10], |monster| [monster.abilities[3], monster.abilities[4]]);
    let newcomer = Newcomer {
        entity,
        arrival: Arrival::Monster(monster),
        faction: Faction::PEACEFUL,
        position,
        mind: Some(Box::new(Mind::of(scores, home))),
    };
    battle::arrive(world, clock, body, newcomer);
    true
}

fn point_within(population: Population, mut below: impl FnMut(u32) -> u32) -> GroundPoint {
    let side = population.within_units.saturating_mul(2).saturating_add(1);
    let mut along = |middle: i64| middle + i64::from(below(side)) - i64::from(population.within_units);
    GroundPoint::new(along(population.around.x), along(population.around.z))
}

/// Makes `count` NPCs wait for ground.
pub(crate) fn expect(world: &World, count: u32) {
    world.set(Unborn { remaining: count, attempts: 0 });
}
