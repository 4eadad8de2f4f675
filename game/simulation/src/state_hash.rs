//! One number that tells two histories apart.
//!
//! A region that records asks for it once a second, so it is made in memory that is used again, and blake3 is given all of it at once:
//! long inputs are what it is quick at.

use std::ops::Range;

use flecs_ecs::prelude::*;

use crate::{
    GroundPoint,
    battle::{self, Battle, IdDigests},
    clock::Clock,
    field::Field,
    identity::{Identity, NetId},
    movement::{Pace, Place, Stride},
    paths::Route,
    players::{Player, SpeedBudget},
    wandering::Wander,
    wilds::Wilds,
};

/// What of a body later ticks depend on.
type Everything = (
    &'static Identity,
    &'static Place,
    &'static Pace,
    Option<&'static Stride>,
    Option<&'static Wander>,
    Option<&'static Player>,
    Option<&'static SpeedBudget>,
    Option<&'static Route>,
);

/// Makes hashes of a region's state.
pub(crate) struct StateHasher {
    // It must not outlive the world that it looks at.
    bodies: Query<Everything>,
    /// Bodies in the order in which they were met, and where each stands.
    met: Vec<u8>,
    places: Vec<(NetId, Range<usize>)>,
    /// All that is hashed.
    state: Vec<u8>,
    ids: IdDigests,
}

impl StateHasher {
    pub(crate) fn new(world: &World) -> Self {
        let bodies = world.new_query::<Everything>();
        Self { bodies, met: Vec::new(), places: Vec::new(), state: Vec::new(), ids: IdDigests::default() }
    }

    /// Hashes the tick and every entity, sorted by net id: iteration order is no part of the state.
    pub(crate) fn hash(&mut self, world: &World, clock: Clock) -> blake3::Hash {
        let Self { bodies, met, places, state, ids } = self;
        met.clear();
        places.clear();
        bodies.each(|(identity, place, pace, stride, wander, player, budget, route)| {
            let begin = met.len();
            put_body(met, (identity, place, pace), stride, wander);
            put_steered(met, player, budget, route);
            places.push((identity.net_id, begin..met.len()));
        });
        places.sort_unstable_by_key(|(net_id, _)| *net_id);

        state.clear();
        state.extend(clock.tick.to_be_bytes());
        for (_, place) in &*places {
            state.extend((place.len() as u64).to_be_bytes());
            state.extend_from_slice(&met[place.clone()]);
        }
        world.get::<&Battle>(|battle| {
            world.get::<&Field>(|field| battle::put_fighters(state, ids, battle, field));
        });
        world.get::<&Wilds>(|wilds| wilds.put(state));
        blake3::hash(state)
    }
}

fn put_body(
    bytes: &mut Vec<u8>,
    (identity, place, pace): (&Identity, &Place, &Pace),
    stride: Option<&Stride>,
    wander: Option<&Wander>,
) {
    bytes.extend(identity.net_id.0.to_be_bytes());
    bytes.extend(identity.entity.uuid().as_bytes());
    for number in [place.position.x, place.position.y, place.position.z] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.push(place.yaw);
    bytes.extend(place.moved_at.to_be_bytes());
    bytes.extend(pace.units_per_second.to_be_bytes());
    // A marker for each part that may be absent keeps different entities from writing the same bytes.
    if let Some(stride) = stride {
        bytes.push(b's');
        put_point(bytes, stride.from);
        put_point(bytes, stride.to);
        bytes.extend(stride.travelled.to_be_bytes());
    }
    if let Some(wander) = wander {
        bytes.push(b'w');
        put_point(bytes, wander.home);
        bytes.extend(wander.rest_until.to_be_bytes());
        bytes.push(u8::from(wander.rested));
    }
}

fn put_steered(
    bytes: &mut Vec<u8>,
    player: Option<&Player>,
    budget: Option<&SpeedBudget>,
    route: Option<&Route>,
) {
    if let Some(player) = player {
        bytes.push(b'p');
        bytes.push(u8::from(player.linkdead));
        bytes.extend(player.move_seq.to_be_bytes());
    }
    if let Some(budget) = budget {
        bytes.push(b'b');
        bytes.extend(budget.available().to_be_bytes());
    }
    if let Some(route) = route {
        bytes.push(b'r');
        route.legs().iter().for_each(|leg| put_point(bytes, *leg));
    }
}

fn put_point(bytes: &mut Vec<u8>, point: GroundPoint) {
    bytes.extend(point.x.to_be_bytes());
    bytes.extend(point.z.to_be_bytes());
}
