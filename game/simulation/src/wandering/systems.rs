//! Wanderers decide where to stroll next.

use flecs_ecs::prelude::*;
use rules::{Purpose, combat::Handle};

use super::{Wander, WanderingComponents};
use crate::{
    GroundPoint, TICK_HZ,
    battle::{Battle, Fighter, Heading},
    clock::Clock,
    identity::Identity,
    movement::Place,
    movement::Stride,
    schedule::Decide,
    terrain::Terrain,
};

/// Longest rest between two strolls.
const REST_TICKS_MAX: u32 = 6 * TICK_HZ;

/// The systems of wandering.
#[derive(Component)]
pub(crate) struct Wandering;

impl Module for Wandering {
    fn module(world: &World) {
        world.import::<WanderingComponents>();
        type Stroller<'w> = (
            &'w Identity,
            &'w Place,
            Option<&'w Fighter>,
            &'w mut Wander,
            &'w mut Stride,
            &'w Terrain,
            &'w Battle,
            &'w Clock,
        );
        world.system_named::<Stroller<'static>>("choose_stroll").kind(id::<Decide>()).each(
            |(identity, place, fighter, wander, stride, terrain, battle, clock)| {
                // Most are on their way or rest, which costs no look at who they are.
                if !stride.is_over() || clock.tick < wander.rest_until {
                    return;
                }
                // Whoever fights, lies on the ground or is told to go elsewhere has other things to do.
                let busy = fighter.is_some_and(|fighter| is_busy(battle, fighter.0));
                if !busy {
                    choose_stroll(identity, place, wander, stride, terrain, *clock);
                }
            },
        );
    }
}

fn is_busy(battle: &Battle, who: Handle) -> bool {
    battle.actor(who).is_some_and(|actor| actor.is_engaged() || actor.task.heading != Heading::Free)
        || battle.arena.get(who).is_none_or(|creature| !creature.is_up())
}

fn choose_stroll(
    identity: &Identity,
    place: &Place,
    wander: &mut Wander,
    stride: &mut Stride,
    terrain: &Terrain,
    clock: Clock,
) {
    if !wander.rested {
        wander.rested = true;
        let pause = clock.dice(identity.entity, Purpose::WanderPause).die(REST_TICKS_MAX);
        wander.rest_until = clock.tick + u64::from(pause);
        return;
    }
    let mut dice = clock.dice(identity.entity, Purpose::WanderHeading);
    let side = wander.leash_units.saturating_mul(2).saturating_add(1);
    let mut along = |middle: i64| middle + i64::from(dice.below(side)) - i64::from(wander.leash_units);
    let to = GroundPoint::new(along(wander.home.x), along(wander.home.z));
    // The corners of the square lie beyond the leash; the next tick throws again.
    let within_leash = wander.home.distance(to).is_some_and(|far| far <= i64::from(wander.leash_units));
    if within_leash && terrain.stand(to).is_ok() {
        *stride = Stride::new(place.position.into(), to);
        wander.rested = false;
    }
}
