//! Monsters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::{Action, Trigger, expr::AttackTrait, expr::Expr};
use crate::vocabulary::{CreatureType, DamageType, Movement, Sense, Size, Skill};
use crate::{Ability, ChallengeRating, Id};

use super::{Coverage, Feature};

/// A stat block. Experience and proficiency bonus follow from the challenge rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Monster {
    /// Its id, such as `srd:adult-red-dragon`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// Its size.
    pub size: Size,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: CreatureType,
    /// Tags of its type, such as `goblinoid`; `swarm` for swarms, whose single creatures' size is then `swarm_of`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Id>,
    /// The size of the creatures in a swarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swarm_of: Option<Size>,
    /// Its alignment, such as `chaotic evil`.
    pub alignment: String,
    /// Armour class.
    pub ac: u8,
    /// Where it comes from: items worn, or `natural-armor`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub armor: Vec<Id>,
    /// Hit points as dice, such as `19d12 + 133`. Their average is what it usually has.
    pub hp: Expr,
    /// Its speeds in feet.
    pub speed: Speeds,
    /// Strength, Dexterity, Constitution, Intelligence, Wisdom, Charisma.
    pub abilities: [u8; 6],
    /// Bonuses of saves that are not just the ability's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub saves: BTreeMap<Ability, i8>,
    /// Bonuses of skills that are not just the ability's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub skills: BTreeMap<Skill, i8>,
    /// Damage that does half harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resist: Vec<Defenses>,
    /// Damage that does none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub immune: Vec<Defenses>,
    /// Damage that does double harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vulnerable: Vec<Defenses>,
    /// Conditions that it can't have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_immune: Vec<Id>,
    /// Ranges of its senses in feet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub senses: BTreeMap<Sense, u16>,
    /// It sees nothing beyond the range of its blindsight.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blind_beyond: bool,
    /// Languages; `understands-…` for those that it can't speak, `telepathy-60` and so on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Id>,
    /// Challenge rating: `0`, `1/8`, `1/4`, `1/2`, `1` … `30`.
    pub cr: String,
    /// Its traits: ids of shared ones, or its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<TraitUse>,
    /// Its actions, bonus actions and reactions that it chooses by itself. Multiattack is one with the id `multiattack`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Reactions that something sets off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<NamedTrigger>,
    /// Legendary actions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legendary: Option<Legendary>,
    /// How often a day it turns a failed save into a success.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub legendary_resistance: u8,
    /// What its lair does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lair: Option<Lair>,
    /// The spells that it casts, by slots or by nature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spellcasting: Vec<MonsterCasting>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

impl Monster {
    /// Experience for defeating one: that of its challenge, or nothing for whoever can't hurt anybody.
    ///
    /// Source: SRD 5.1, "Experience Points".
    #[must_use]
    pub fn experience(&self) -> u32 {
        let rating = self.cr.parse::<ChallengeRating>().unwrap_or(ChallengeRating::ZERO);
        let harmless = self.actions.is_empty() && self.reactions.is_empty() && self.spellcasting.is_empty();
        if rating == ChallengeRating::ZERO && harmless { 0 } else { rating.experience() }
    }
}

const fn is_zero(times: &u8) -> bool {
    *times == 0
}

/// Speeds in feet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Speeds {
    #[serde(default, skip_serializing_if = "is_none")]
    pub walk: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub burrow: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub climb: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub fly: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub swim: u16,
    /// It stays in the air without moving.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hover: bool,
}

const fn is_none(speed: &u16) -> bool {
    *speed == 0
}

impl Speeds {
    /// The speed of one kind of movement, in feet; 0 if there is none.
    #[must_use]
    pub const fn of(&self, movement: Movement) -> u16 {
        match movement {
            Movement::Walk => self.walk,
            Movement::Burrow => self.burrow,
            Movement::Climb => self.climb,
            Movement::Fly => self.fly,
            Movement::Swim => self.swim,
        }
    }
}

/// Types of damage, and attacks that are excepted: `{"types": ["slashing"], "unless": ["magical", "silvered"]}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Defenses {
    /// One type, always.
    Type(DamageType),
    /// Several types, with exceptions.
    Of(QualifiedDefenses),
}

/// Types of damage with exceptions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QualifiedDefenses {
    /// The types.
    pub types: Vec<DamageType>,
    /// It doesn't help against attacks that are one of this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<AttackTrait>,
    /// It helps only against attacks that are all of this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<AttackTrait>,
}

/// A trait of a monster: the id of a shared one, or its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum TraitUse {
    /// A shared trait.
    Shared(Id),
    /// Its own.
    Own(Box<Feature>),
}

/// A reaction with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NamedTrigger {
    /// Its name among the reactions of the creature.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// What sets it off and what it does. Its cost is a reaction, if left out.
    pub trigger: Trigger,
}

/// Legendary actions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Legendary {
    /// How many it has from each of its turns to the next.
    pub per_round: u8,
    /// What they can be spent on; their cost is `{"legendary": n}`.
    pub actions: Vec<Action>,
}

/// What a lair does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lair {
    /// One of these on initiative count 20, none twice in a row; their cost is `lair`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// What the land around is like, in our own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regional: Vec<String>,
}

/// How a monster casts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MonsterCasting {
    /// With which ability.
    pub ability: Ability,
    /// Difficulty of saves.
    pub dc: u8,
    /// Bonus of attacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attack: Option<i8>,
    /// Caster level, for cantrips.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// Slots, from the first level on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<u8>,
    /// Spells that it casts with slots, and cantrips.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Id>,
    /// Spells that it casts without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub innate: Vec<Innate>,
    /// It needs no material components, or none at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_components: bool,
}

/// A spell cast without a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Innate {
    /// Which.
    pub spell: Id,
    /// How often a day; at will, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u8>,
    /// At which level; its own, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// On itself only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_only: bool,
}
