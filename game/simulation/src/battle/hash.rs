//! What later ticks depend on of the fighters, as bytes.

use rules::Id;
use rules::combat::{Creature, Handle, Life};

use super::{Actor, Battle, Heading};
use crate::field::Field;

/// A number for each id's text, worked out once. Ids are numbered in the order in which they were first read, so their text is what
/// counts; looking that up takes a lock.
#[derive(Debug, Default)]
pub(crate) struct IdDigests {
    /// By the id's own number; 0 for those that nobody has asked for.
    known: Vec<u64>,
}

impl IdDigests {
    fn of(&mut self, id: Id) -> u64 {
        let index = id.index();
        if self.known.len() <= index {
            self.known.resize(index + 1, 0);
        }
        if self.known[index] == 0 {
            let digest = blake3::hash(id.as_str().as_bytes());
            let mut first = [0; 8];
            first.copy_from_slice(&digest.as_bytes()[..8]);
            self.known[index] = u64::from_be_bytes(first).max(1);
        }
        self.known[index]
    }
}

/// Adds all fighters, in the order of their ids: slots are used again, so theirs is no part of the state. Then what lies on the
/// ground, and who plays together.
pub(crate) fn put_fighters(bytes: &mut Vec<u8>, ids: &mut IdDigests, battle: &Battle, field: &Field) {
    let mut actors: Vec<&Actor> = battle.actors.iter().collect();
    actors.sort_unstable_by_key(|actor| actor.entity);
    for actor in actors {
        let begin = bytes.len();
        put_actor(bytes, ids, actor, battle, field);
        if let Some(creature) = battle.arena.get(actor.handle) {
            put_creature(bytes, ids, creature);
            for (_, lasting) in battle.arena.effects_on(actor.handle) {
                put_id(bytes, ids, lasting.id);
                put_who(bytes, battle, Some(lasting.source));
                bytes.extend(lasting.rounds.to_be_bytes());
                bytes.push(lasting.stacks);
            }
        }
        bytes.extend(((bytes.len() - begin) as u64).to_be_bytes());
    }
    battle.heaps.put(bytes);
    battle.parties.put(bytes);
}

fn put_actor(bytes: &mut Vec<u8>, ids: &mut IdDigests, actor: &Actor, battle: &Battle, field: &Field) {
    bytes.extend(actor.entity.uuid().as_bytes());
    bytes.extend(actor.faction.0.to_be_bytes());
    bytes.extend(actor.initiative.to_be_bytes());
    let ends = [actor.died_at, actor.comes_to_at, actor.fought_until].map(|at| at.unwrap_or(0));
    for number in [actor.turn_at, actor.engaged_until].into_iter().chain(ends) {
        bytes.extend(number.to_be_bytes());
    }
    let position = field.position(actor.handle).unwrap_or_default();
    for number in [position.x, position.y, position.z] {
        bytes.extend(number.to_be_bytes());
    }
    for (who, harm) in actor.grudges.iter() {
        put_who(bytes, battle, Some(who));
        bytes.extend(harm.to_be_bytes());
    }
    let task = &actor.task;
    bytes.extend(task.due_at.to_be_bytes());
    bytes.extend(task.casting_until.to_be_bytes());
    bytes.push(task.parts_done as u8);
    for part in &task.parts {
        put_id(bytes, ids, *part);
    }
    if let Some(deed) = &task.deed {
        bytes.extend([b'd', deed.choice]);
        for target in deed.targets() {
            put_who(bytes, battle, Some(target));
        }
    }
    match task.heading {
        Heading::Free => {}
        Heading::To(point) => {
            bytes.push(b't');
            bytes.extend(point.x.to_be_bytes());
            bytes.extend(point.z.to_be_bytes());
        }
        Heading::Near(who, feet) => {
            bytes.push(b'n');
            put_who(bytes, battle, Some(who));
            bytes.extend(feet.to_be_bytes());
        }
    }
    if let Some(mind) = &actor.mind {
        bytes.push(b'm');
        bytes.extend([u8::from(mind.is_due), mind.thoughts, u8::from(mind.flees)]);
        bytes.extend(mind.look_at.to_be_bytes());
        put_who(bytes, battle, mind.quarry);
    }
}

fn put_creature(bytes: &mut Vec<u8>, ids: &mut IdDigests, creature: &Creature<'_>) {
    for number in [creature.hp, creature.temp_hp, creature.hp_drained] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.push(match creature.life {
        Life::Alive => 0,
        Life::Dying(_) => 1,
        Life::Stable => 2,
        Life::Dead => 3,
    });
    let economy = &creature.economy;
    bytes.extend([creature.exhaustion, economy.actions, economy.attacks, economy.bonus_actions]);
    bytes.extend([economy.reactions, economy.legendary, creature.legendary_resistance, creature.hit_dice]);
    bytes.extend(economy.movement.to_be_bytes());
    bytes.extend(creature.turns.to_be_bytes());
    for stock in &creature.stocks {
        put_id(bytes, ids, stock.id);
        bytes.extend(stock.left.to_be_bytes());
    }
    bytes.extend(creature.book.slots);
    bytes.push(creature.book.pact.0);
    for (_, left, ..) in &creature.book.innate {
        bytes.push(*left);
    }
    if let Some((spell, level)) = creature.concentration {
        put_id(bytes, ids, spell);
        bytes.push(level);
    }
    for condition in creature.conditions() {
        put_id(bytes, ids, *condition);
    }
}

fn put_id(bytes: &mut Vec<u8>, ids: &mut IdDigests, id: Id) {
    bytes.extend(ids.of(id).to_be_bytes());
}

fn put_who(bytes: &mut Vec<u8>, battle: &Battle, who: Option<Handle>) {
    let entity = who.and_then(|who| battle.actor(who)).map(|actor| actor.entity);
    bytes.extend(entity.map_or([0; 16], |entity| *entity.uuid().as_bytes()));
}
