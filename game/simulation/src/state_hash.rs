//! One number that tells two histories apart.

use flecs_ecs::prelude::*;

use crate::{
    GroundPoint,
    battle::{self, Battle},
    clock::Clock,
    field::Field,
    identity::Identity,
    movement::{Pace, Place, Stride},
    paths::Route,
    players::{Player, SpeedBudget},
    wandering::Wander,
    wilds::Wilds,
};

/// Hashes the tick and every entity, sorted by net id: iteration order is no part of the state.
pub(crate) fn of(world: &World, clock: Clock) -> blake3::Hash {
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
    let mut entities = Vec::new();
    world.new_query::<Everything>().each(|(identity, place, pace, stride, wander, player, budget, route)| {
        let mut bytes = Vec::with_capacity(160);
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
            put_point(&mut bytes, stride.from);
            put_point(&mut bytes, stride.to);
            bytes.extend(stride.travelled.to_be_bytes());
        }
        if let Some(wander) = wander {
            bytes.push(b'w');
            put_point(&mut bytes, wander.home);
            bytes.extend(wander.rest_until.to_be_bytes());
            bytes.push(u8::from(wander.rested));
        }
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
            route.legs().iter().for_each(|leg| put_point(&mut bytes, *leg));
        }
        entities.push(bytes);
    });
    // Each begins with its net id, most significant byte first.
    entities.sort_unstable();

    let mut hash = blake3::Hasher::new();
    hash.update(&clock.tick.to_be_bytes());
    for entity in &entities {
        hash.update(&(entity.len() as u64).to_be_bytes());
        hash.update(entity);
    }
    world.get::<&Battle>(|battle| {
        world.get::<&Field>(|field| battle::put_fighters(&mut hash, battle, field));
    });
    world.get::<&Wilds>(|wilds| wilds.put(&mut hash));
    hash.finalize()
}

fn put_point(bytes: &mut Vec<u8>, point: GroundPoint) {
    bytes.extend(point.x.to_be_bytes());
    bytes.extend(point.z.to_be_bytes());
}
