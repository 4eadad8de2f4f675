//! Bodies follow their strides over walkable ground.

use flecs_ecs::prelude::*;

use super::{MovementComponents, Pace, Place, Stride};
use crate::{GroundPoint, MoveRefusal, clock::Clock, schedule::Travel, terrain::Terrain};

/// The systems of movement.
#[derive(Component)]
pub(crate) struct Movement;

impl Module for Movement {
    fn module(world: &World) {
        world.import::<MovementComponents>();
        world
            .system_named::<(&mut Place, &mut Stride, &Pace, &Terrain, &Clock)>("follow_stride")
            .kind(id::<Travel>())
            .each(|(place, stride, pace, terrain, clock)| {
                follow_stride(place, stride, *pace, terrain, *clock);
            });
    }
}

fn follow_stride(place: &mut Place, stride: &mut Stride, pace: Pace, terrain: &Terrain, clock: Clock) {
    // Whoever is held does not walk.
    if stride.is_over() || pace.units_per_second == 0 {
        return;
    }
    let here = GroundPoint::from(place.position);
    let is_first = stride.travelled == 0;
    let next = stride.advance(pace.units_per_second);
    // A walk stays on a square metre for many ticks, and its ground lies far off in memory.
    let known = stride.footing.and_then(|footing| footing.stand(terrain, next));
    let stands = match known {
        Some(position) => Ok(position),
        None => terrain.footing(next).and_then(|footing| {
            stride.footing = Some(footing);
            footing.stand(terrain, next).ok_or(MoveRefusal::NotLoaded)
        }),
    };
    match stands {
        Ok(position) => {
            // On a straight line one looks the same way all the time.
            if is_first {
                place.yaw = here.yaw_towards(stride.to).unwrap_or(place.yaw);
            }
            place.position = position;
            place.moved_at = clock.tick;
        }
        // The mind notices at its next turn and chooses another way.
        Err(_) => stride.stop(),
    }
}
