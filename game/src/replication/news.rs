//! What happens in fights, as messages that are encoded once for all who see it.

use std::collections::HashMap;

use bytes::Bytes;
use grid::EntityId;
use protocol::{Ability as WireAbility, AttackOutcome, DamageType as WireDamage, ServerMessage, frame::Cell};
use simulation::{Ability, DamageType, EntityView, Event, Fact, Outcome, RollParts};

/// Most facts of one net tick; of a region in which more happens, the first ones are told.
pub(crate) const FACTS_MAX: usize = 4_096;
/// Most lines of one net tick; of a region in which more is said, the first ones are heard.
pub(crate) const WORDS_MAX: usize = 256;
/// Most of both.
pub(crate) const NEWS_MAX: usize = FACTS_MAX + WORDS_MAX;

/// A message for everybody who watches one of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct News {
    /// Where those stand whom it is about, the same twice for one; `None` if it is for everybody in the region.
    pub(crate) cells: Option<[Cell; 2]>,
    /// A whole WebSocket message.
    pub(crate) message: Bytes,
}

/// Whether an event is told to those who watch.
pub(crate) const fn is_news(event: &Event) -> bool {
    match event {
        Event::Fell { .. } | Event::Died { .. } | Event::Revived { .. } => true,
        Event::Fought { fact, .. } => matches!(
            fact,
            Fact::Attacked { .. }
                | Fact::Damaged { .. }
                | Fact::Healed { .. }
                | Fact::BeganCasting { .. }
                | Fact::Cast { .. }
                | Fact::Countered { .. }
                | Fact::Saved { .. }
                | Fact::Applied { .. }
                | Fact::Ended { .. }
        ),
        _ => false,
    }
}

/// Writes events as news, each with its tick. What happened to somebody who is gone by now is nobody's business.
pub(crate) fn write_news(events: &[(u64, Event)], views: &[EntityView]) -> Vec<News> {
    if events.is_empty() {
        return Vec::new();
    }
    let mut involved: HashMap<EntityId, Option<(u32, Cell)>> = HashMap::new();
    for (_, event) in events {
        involved.insert(event.entity(), None);
        involved.extend(other_of(event).map(|other| (other, None)));
    }
    for view in views {
        if let Some(place) = involved.get_mut(&view.entity) {
            let cell = view.position.cell();
            *place = Some((view.net_id.0, Cell { x: cell.x, z: cell.z }));
        }
    }
    let place = |entity: EntityId| involved.get(&entity).copied().flatten();
    let written = events.iter().filter_map(|(tick, event)| {
        let (subject, here) = place(event.entity())?;
        let (other, there) = other_of(event).and_then(place).unwrap_or((0, here));
        let message = message_of(*tick, event, subject, other)?;
        Some(News { cells: Some([here, there]), message: message.encode() })
    });
    written.collect()
}

/// Who else takes part.
const fn other_of(event: &Event) -> Option<EntityId> {
    match *event {
        Event::Fell { by, .. } | Event::Died { by, .. } => Some(by),
        Event::Fought { fact, .. } => match fact {
            Fact::Attacked { target, .. } => Some(target),
            Fact::Damaged { by, .. } | Fact::Healed { by, .. } | Fact::Applied { by, .. } => Some(by),
            _ => None,
        },
        _ => None,
    }
}

fn message_of(tick: u64, event: &Event, subject: u32, other: u32) -> Option<ServerMessage> {
    Some(match *event {
        Event::Fell { .. } => ServerMessage::Fell { tick, target: subject, by: other },
        Event::Died { .. } => ServerMessage::Died { tick, target: subject, by: other },
        Event::Revived { .. } => ServerMessage::Revived { tick, target: subject },
        Event::Fought { fact, .. } => return message_of_fact(tick, fact, subject, other),
        _ => return None,
    })
}

fn message_of_fact(tick: u64, fact: Fact, subject: u32, other: u32) -> Option<ServerMessage> {
    let whole = |number: i32| number.max(0).unsigned_abs();
    Some(match fact {
        Fact::Attacked { roll: RollParts { die, bonus, against, .. }, outcome, .. } => {
            ServerMessage::Attacked {
                tick,
                attacker: subject,
                target: other,
                outcome: outcome_of(outcome),
                die,
                bonus: bonus.into(),
                against: against.into(),
            }
        }
        Fact::Damaged { kind, dealt, lost, .. } => ServerMessage::Damaged {
            tick,
            target: subject,
            by: other,
            damage_type: damage_of(kind),
            dealt: whole(dealt),
            lost: whole(lost),
        },
        Fact::Healed { amount, .. } => {
            ServerMessage::Healed { tick, target: subject, by: other, amount: whole(amount) }
        }
        Fact::BeganCasting { spell, until } => {
            let spell = spell.to_string();
            ServerMessage::CastBegan { tick, caster: subject, spell, until_tick: until }
        }
        Fact::Cast { spell, level } => {
            ServerMessage::SpellCast { tick, caster: subject, spell: spell.to_string(), level }
        }
        Fact::Countered { spell } => {
            ServerMessage::SpellCountered { tick, caster: subject, spell: spell.to_string() }
        }
        Fact::Saved { ability, roll: RollParts { die, bonus, against, .. }, success } => {
            ServerMessage::Saved {
                tick,
                target: subject,
                ability: ability_of(ability),
                success,
                die,
                bonus: bonus.into(),
                against: against.into(),
            }
        }
        Fact::Applied { effect, .. } => {
            ServerMessage::EffectBegan { tick, target: subject, by: other, effect: effect.to_string() }
        }
        Fact::Ended { effect } => {
            ServerMessage::EffectEnded { tick, target: subject, effect: effect.to_string() }
        }
        _ => return None,
    })
}

const fn outcome_of(outcome: Outcome) -> AttackOutcome {
    match outcome {
        Outcome::Miss => AttackOutcome::Miss,
        Outcome::Hit => AttackOutcome::Hit,
        Outcome::Critical => AttackOutcome::Critical,
    }
}

const fn damage_of(kind: DamageType) -> WireDamage {
    match kind {
        DamageType::Acid => WireDamage::Acid,
        DamageType::Bludgeoning => WireDamage::Bludgeoning,
        DamageType::Cold => WireDamage::Cold,
        DamageType::Fire => WireDamage::Fire,
        DamageType::Force => WireDamage::Force,
        DamageType::Lightning => WireDamage::Lightning,
        DamageType::Necrotic => WireDamage::Necrotic,
        DamageType::Piercing => WireDamage::Piercing,
        DamageType::Poison => WireDamage::Poison,
        DamageType::Psychic => WireDamage::Psychic,
        DamageType::Radiant => WireDamage::Radiant,
        DamageType::Slashing => WireDamage::Slashing,
        DamageType::Thunder => WireDamage::Thunder,
    }
}

const fn ability_of(ability: Ability) -> WireAbility {
    match ability {
        Ability::Strength => WireAbility::Strength,
        Ability::Dexterity => WireAbility::Dexterity,
        Ability::Constitution => WireAbility::Constitution,
        Ability::Intelligence => WireAbility::Intelligence,
        Ability::Wisdom => WireAbility::Wisdom,
        Ability::Charisma => WireAbility::Charisma,
    }
}
