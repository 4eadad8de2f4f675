//! Changes by staff: played by the rules, so that what follows of them follows, and told like all that happens.

use flecs_ecs::prelude::World;
use grid::RequestId;
use rules::combat::{Handle, Life};
use rules::{Id, Purpose};

use super::{Fray, with_fray};
use crate::{Alteration, EntityId, Event, OrderRefusal, clock::Clock, field::Ground};

/// Alters an entity, and answers whoever asked.
pub(crate) fn alter(
    world: &World,
    clock: Clock,
    (request, entity): (RequestId, EntityId),
    alteration: Alteration,
) {
    with_fray(world, clock, |fray| {
        let outcome = fray.alter(entity, alteration);
        fray.tell(Event::Ordered { request, entity, outcome });
    });
}

impl Fray<'_> {
    fn alter(&mut self, entity: EntityId, alteration: Alteration) -> Result<(), OrderRefusal> {
        let who = self.battle.actors.find(entity).ok_or(OrderRefusal::UnknownEntity)?;
        match alteration {
            Alteration::Harm { hit_points } => {
                self.living(who)?;
                self.play(who, Purpose::Deed, |play| play.decree_harm(who, whole(hit_points)));
            }
            Alteration::Heal { hit_points } => {
                self.living(who)?;
                self.play(who, Purpose::Deed, |play| play.decree_healing(who, whole(hit_points)));
            }
            Alteration::SetHitPoints { hit_points } => {
                self.play(who, Purpose::Deed, |play| play.decree_hit_points(who, whole(hit_points)));
            }
            Alteration::AddCondition { condition } => {
                self.living(who)?;
                self.play(who, Purpose::Deed, |play| play.apply_condition(who, condition));
                self.has(who, condition).then_some(()).ok_or(OrderRefusal::Unaffected)?;
            }
            Alteration::LiftCondition { condition } => {
                self.has(who, condition).then_some(()).ok_or(OrderRefusal::Unaffected)?;
                self.play(who, Purpose::Deed, |play| play.lift_condition(who, condition));
                (!self.has(who, condition)).then_some(()).ok_or(OrderRefusal::Unaffected)?;
            }
            Alteration::Place { at } => {
                self.terrain.stand(at)?;
                let ground = Ground { field: self.field, terrain: self.terrain };
                let position = ground.room_near(at, |other| other != who).ok_or(OrderRefusal::NoWay)?;
                self.lay_down(who);
                self.take_to(who, position);
            }
        }
        self.repace(who);
        // A character keeps it, however it leaves.
        self.tell_wear(who);
        Ok(())
    }

    fn living(&self, who: Handle) -> Result<(), OrderRefusal> {
        let lives = self.battle.arena.get(who).is_some_and(|creature| creature.life != Life::Dead);
        lives.then_some(()).ok_or(OrderRefusal::Unaffected)
    }

    fn has(&self, who: Handle, condition: Id) -> bool {
        self.battle.arena.get(who).is_some_and(|creature| creature.has_condition(condition))
    }
}

fn whole(hit_points: u32) -> i32 {
    i32::try_from(hit_points).unwrap_or(i32::MAX)
}
