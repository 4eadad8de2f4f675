//! Players' moves are judged: number, speed, ground.

use flecs_ecs::prelude::*;

use super::{
    PlayersComponents,
    components::{MoveQueue, MoveRequest, Player, SpeedBudget},
};
use crate::{
    Event, GroundPoint, MoveRefusal,
    clock::{Clock, Report},
    identity::Identity,
    movement::{Pace, Place},
    schedule::Travel,
    terrain::Terrain,
};

/// The systems of players.
#[derive(Component)]
pub(crate) struct Players;

impl Module for Players {
    fn module(world: &World) {
        world.import::<PlayersComponents>();
        world
            .system_named::<(
                &Identity,
                &Pace,
                &mut Player,
                &mut Place,
                &mut SpeedBudget,
                &mut MoveQueue,
                &Terrain,
                &mut Report,
                &Clock,
            )>("judge_moves")
            .kind(id::<Travel>())
            .each(|(identity, pace, player, place, budget, queue, terrain, report, clock)| {
                budget.refill(pace.units_per_second);
                for request in queue.0.drain(..) {
                    let entity = identity.entity;
                    let seq = request.seq;
                    report.events.push(match judge(request, *pace, player, place, budget, terrain) {
                        Ok(()) => {
                            place.moved_at = clock.tick;
                            Event::MoveApplied { entity, seq }
                        }
                        Err(refusal) => Event::MoveRefused { entity, seq, refusal, position: place.position },
                    });
                }
            });
    }
}

fn judge(
    request: MoveRequest,
    pace: Pace,
    player: &mut Player,
    place: &mut Place,
    budget: &mut SpeedBudget,
    terrain: &Terrain,
) -> Result<(), MoveRefusal> {
    if request.seq <= player.move_seq {
        return Err(MoveRefusal::OutOfOrder);
    }
    if pace.units_per_second == 0 {
        return Err(MoveRefusal::Held);
    }
    let here = GroundPoint::from(place.position);
    // The distance comes first: it bounds the line that is tested.
    let length =
        here.distance(request.to).filter(|&length| budget.covers(length)).ok_or(MoveRefusal::TooFast)?;
    place.position = terrain.walk(here, request.to, length)?;
    place.yaw = request.yaw;
    budget.spend(length);
    player.move_seq = request.seq;
    Ok(())
}
