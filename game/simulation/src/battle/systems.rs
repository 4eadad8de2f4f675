//! When fighting happens in a tick; the order stands in [`schedule`](crate::schedule).

use flecs_ecs::prelude::*;

use super::{Battle, Fighter, Fray, Heading};
use crate::{
    GroundPoint,
    clock::{Clock, Report},
    field::{Field, Mark},
    movement::{Movement, Pace, Place, Stride},
    paths::{Paths, Route},
    players::Player,
    schedule::{Clash, Decide, Settle, Step},
    terrain::Terrain,
};

/// How far a body goes before the rules look at it again, in 1/256 m: five feet.
const STEP_UNITS: i64 = 390;
/// Ticks without a move after which somebody who is steered by hand has stopped: clients send twenty moves a second.
const HAND_PAUSE_TICKS: u64 = 12;

/// The systems of fighting.
#[derive(Component)]
pub(crate) struct Fighting;

impl Module for Fighting {
    fn module(world: &World) {
        world.import::<Movement>();
        register_minds(world);
        register_bodies(world);
        type Everything =
            (&'static mut Battle, &'static mut Field, &'static Terrain, &'static mut Report, &'static Clock);
        world.system_named::<Everything>("take_steps").kind(id::<Step>()).each(
            |(battle, field, terrain, report, clock)| {
                Fray { battle, field, terrain, report, clock: *clock }.steps();
            },
        );
        world.system_named::<Everything>("fight").kind(id::<Clash>()).each(
            |(battle, field, terrain, report, clock)| {
                let mut fray = Fray { battle, field, terrain, report, clock: *clock };
                fray.turn_edges();
                fray.deeds();
                fray.bury();
                fray.clear_heaps();
            },
        );
    }
}

fn register_minds(world: &World) {
    type Everything =
        (&'static mut Battle, &'static mut Field, &'static Terrain, &'static mut Report, &'static Clock);
    world.system_named::<Everything>("hear_and_look").kind(id::<Decide>()).each(
        |(battle, field, terrain, report, clock)| {
            battle.budget = battle.budget.renewed();
            battle.births = 0;
            let mut fray = Fray { battle, field, terrain, report, clock: *clock };
            fray.take_orders();
            fray.look_about();
        },
    );
}

fn register_bodies(world: &World) {
    world
        .system_named::<(&Place, &Fighter, Option<&Player>, &mut Field, &Clock)>("mark_steps")
        .kind(id::<Step>())
        .each(|(place, fighter, player, field, clock)| {
            // People ask to move less often than there are ticks, so only a longer pause is a stop.
            let pause_ticks = if player.is_some() { HAND_PAUSE_TICKS } else { 1 };
            mark_step(place, *fighter, pause_ticks, field, *clock);
        });
    // Last of all: what the fight has done to bodies.
    world.system_named::<()>("put_bodies").kind(id::<Settle>()).run(|it| {
        let world = it.world();
        put_bodies(&world);
        set_paces(&world);
        set_headings(&world);
    });
}

fn mark_step(place: &Place, fighter: Fighter, pause_ticks: u64, field: &mut Field, clock: Clock) {
    let stands_since = place.moved_at + pause_ticks;
    if stands_since < clock.tick {
        return;
    }
    let Some(seen) = field.position(fighter.0) else { return };
    if seen == place.position {
        return;
    }
    // Whoever stops short of a step has taken it: else one could creep past guards and into circles by inches.
    let has_gone_far = seen.ground_distance_squared(place.position) >= (STEP_UNITS * STEP_UNITS) as u128;
    if has_gone_far || stands_since == clock.tick {
        field.marks.push(Mark { handle: fighter.0, to: place.position });
    }
}

/// Bodies go where the rules have moved them.
fn put_bodies(world: &WorldRef<'_>) {
    let displaced = world.get::<&mut Field>(|field| std::mem::take(&mut field.displaced));
    let tick = world.get::<&Clock>(|clock| clock.tick);
    for who in &displaced {
        let found = world.get::<&Battle>(|battle| battle.actor(*who).and_then(|actor| actor.body));
        let position = world.get::<&Field>(|field| field.position(*who));
        let (Some(body), Some(position)) = (found, position) else { continue };
        world.entity_from_id(body).try_get::<(&mut Place, Option<&mut Stride>, Option<&mut Route>)>(
            |(place, stride, route)| {
                if place.position != position {
                    place.position = position;
                    place.moved_at = tick;
                }
                if let Some(stride) = stride {
                    stride.stop();
                }
                if let Some(route) = route {
                    route.clear();
                }
            },
        );
    }
    world.get::<&mut Field>(|field| {
        let mut displaced = displaced;
        displaced.clear();
        field.displaced = displaced;
    });
}

/// Bodies go as fast as their fighters may.
fn set_paces(world: &WorldRef<'_>) {
    let mut paced = world.get::<&mut Battle>(|battle| std::mem::take(&mut battle.paced));
    paced.sort_unstable();
    paced.dedup();
    for who in &paced {
        let found = lend(world, |fray| {
            let body = fray.battle.actor(*who)?.body?;
            Some((body, fray.pace(*who)))
        });
        if let Some((body, units_per_second)) = found {
            world.entity_from_id(body).try_get::<&mut Pace>(|pace| pace.units_per_second = units_per_second);
        }
    }
    paced.clear();
    world.get::<&mut Battle>(|battle| battle.paced = paced);
}

/// Bodies set out for where their fighters want to be.
fn set_headings(world: &WorldRef<'_>) {
    let mut headed = world.get::<&mut Battle>(|battle| std::mem::take(&mut battle.headed));
    headed.sort_unstable();
    headed.dedup();
    for who in &headed {
        let found = lend(world, |fray| {
            let (body, heading) = (fray.battle.actor(*who)?.body?, fray.battle.actor(*who)?.task.heading);
            Some((body, fray.destination(*who, heading), matches!(heading, Heading::Near(..))))
        });
        let Some((body, destination, follows)) = found else { continue };
        set_out(world, world.entity_from_id(body), destination, follows);
    }
    headed.clear();
    world.get::<&mut Battle>(|battle| {
        // Whoever changed its mind meanwhile is looked at in the next tick.
        headed.append(&mut battle.headed);
        battle.headed = headed;
    });
}

fn set_out(world: &WorldRef<'_>, body: EntityView<'_>, destination: Option<GroundPoint>, follows: bool) {
    world.get::<&Terrain>(|terrain| {
        world.get::<&mut Paths>(|paths| {
            body.try_get::<(&Place, &mut Stride, &mut Route)>(|(place, stride, route)| {
                match destination {
                    None => {
                        stride.stop();
                        route.clear();
                    }
                    Some(to) => {
                        // Who follows somebody that stands is on the way already.
                        if follows && route.leads_to(to) && !stride.is_over() {
                            return;
                        }
                        paths.find(terrain, place.position.into(), to, route);
                        *stride = route.next_leg(place.position.into());
                    }
                }
            });
        });
    });
}

fn lend<T>(world: &WorldRef<'_>, act: impl FnOnce(&mut Fray<'_>) -> T) -> T {
    let clock = world.get::<&Clock>(|clock| *clock);
    super::with_fray(world, clock, act)
}
