//! What must be true between two ticks, whatever was ordered: for tests, and for whoever suspects a region.

use flecs_ecs::prelude::*;
use rules::combat::{Creature, Handle, Life};

use crate::{
    EntityId,
    battle::{self, Actor, Battle, Fighter},
    field::Field,
    identity::Identity,
};

/// Something that must never be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Fault {
    #[error("{0} is here twice")]
    Double(EntityId),
    #[error("{0} fights without a creature")]
    NoCreature(EntityId),
    #[error("{0} fights without a body")]
    NoBody(EntityId),
    #[error("{0} has a body of somebody else, or its body is nobody's")]
    StrayBody(EntityId),
    #[error("{0} stands nowhere")]
    Nowhere(EntityId),
    #[error("{entity} has {amount} {what}, of at most {most}")]
    OutOfBounds { entity: EntityId, what: &'static str, amount: i64, most: i64 },
    #[error("{0} has no turn before it")]
    NoTurn(EntityId),
}

/// Everything that is wrong; nothing, in a region that is as it should be.
pub(crate) fn audit(world: &World, tick: u64) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen: Vec<EntityId> = Vec::new();
    world.new_query::<(&Identity, Option<&Fighter>)>().each_entity(|body, (identity, fighter)| {
        seen.push(identity.entity);
        let belongs = world.get::<&Battle>(|battle| {
            // Whoever was taken out in this tick keeps its body until the next begins.
            let leaves = battle.empty.iter().any(|(empty, _)| *empty == body.id());
            leaves
                || fighter.is_none_or(|fighter| {
                    battle
                        .actor(fighter.0)
                        .is_some_and(|actor| actor.entity == identity.entity && actor.body == Some(body.id()))
                })
        });
        if !belongs {
            faults.push(Fault::StrayBody(identity.entity));
        }
    });
    seen.sort_unstable();
    faults.extend(seen.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| Fault::Double(pair[0])));
    world.get::<&Battle>(|battle| {
        world.get::<&Field>(|field| {
            for actor in battle.actors.iter() {
                audit_actor(actor, battle, field, tick, &mut faults);
            }
        });
    });
    faults
}

fn audit_actor(actor: &Actor, battle: &Battle, field: &Field, tick: u64, faults: &mut Vec<Fault>) {
    let entity = actor.entity;
    if actor.body.is_none() && !battle.bodiless.contains(&actor.handle) {
        faults.push(Fault::NoBody(entity));
    }
    let Some(creature) = battle.arena.get(actor.handle) else {
        faults.push(Fault::NoCreature(entity));
        return;
    };
    if field.body(actor.handle).is_none() && creature.away_from.is_none() {
        faults.push(Fault::Nowhere(entity));
    }
    if actor.turn_at <= tick {
        faults.push(Fault::NoTurn(entity));
    }
    audit_creature(entity, (battle, actor.handle), creature, faults);
}

fn audit_creature(
    entity: EntityId,
    (battle, who): (&Battle, Handle),
    creature: &Creature<'_>,
    faults: &mut Vec<Fault>,
) {
    let mut within = |what, amount: i64, most: i64| {
        if !(0..=most).contains(&amount) {
            faults.push(Fault::OutOfBounds { entity, what, amount, most });
        }
    };
    let hp_max = i64::from(battle::hit_points_max(battle, who));
    within("hit points", i64::from(creature.hp), hp_max);
    within("temporary hit points", i64::from(creature.temp_hp), i64::from(i32::MAX));
    within("drained hit points", i64::from(creature.hp_drained), i64::from(creature.sheet.hp_max));
    if creature.life == Life::Dead {
        within("hit points of the dead", i64::from(creature.hp), 0);
    }
    for stock in &creature.stocks {
        within("uses", i64::from(stock.left), i64::from(stock.max));
    }
    for (left, most) in creature.book.slots.iter().zip(creature.book.slots_max) {
        within("slots", i64::from(*left), i64::from(most));
    }
    within("pact slots", i64::from(creature.book.pact.0), i64::from(creature.book.pact_max));
    for (_, left, times, _) in &creature.book.innate {
        within("innate spells", i64::from(*left), i64::from(*times));
    }
}
