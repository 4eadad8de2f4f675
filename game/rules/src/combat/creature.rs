//! A creature in play.

use serde::{Deserialize, Serialize};

use crate::content::{ArmorKind, Speeds};
use crate::language::expr::AttackTrait;
use crate::language::{Action, Modifier, Trigger};
use crate::vocabulary::{CreatureType, Sense, Size, Skill, State};
use crate::{Ability, AbilityScores, DeathSaves, Id};

use super::{EffectKey, Handle, Wielded};

/// What a creature is without anything that lies on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// Its stat block, or its race.
    pub id: Option<Id>,
    /// What it is.
    pub kind: CreatureType,
    /// Its size.
    pub size: Size,
    /// Words for it: tags of its type, its race.
    pub tags: Vec<Id>,
    /// Its ability scores.
    pub scores: AbilityScores,
    /// Bonuses of its saves, in the order of the abilities.
    pub saves: [i8; 6],
    /// Bonuses of its skills, in the order of [`Skill::ALL`].
    pub skills: [i8; 18],
    /// Armour class without shield.
    pub ac: i32,
    /// What a shield adds.
    pub shield: i32,
    /// Armour that it wears.
    pub armor: Option<ArmorKind>,
    /// More of that armour, where it is a thing that can be spoilt.
    pub suit: Option<Suit>,
    /// Most hit points.
    pub hp_max: i32,
    /// Hit dice.
    pub hit_dice: u8,
    /// Their sides.
    pub hit_die: u8,
    /// Speeds.
    pub speeds: Speeds,
    /// Ranges of senses in feet, in the order of [`Sense::ALL`].
    pub senses: [u16; 4],
    /// Character level; of a monster, its level as a caster.
    pub level: u8,
    /// Challenge in eighths.
    pub challenge_eighths: u16,
    /// Proficiency bonus.
    pub proficiency: u8,
    /// Levels by class.
    pub classes: Vec<(Id, u8)>,
    /// With which ability it casts.
    pub casting: Option<Ability>,
    /// Difficulty of saves against its spells.
    pub dc: i16,
    /// Bonus of its attacks with spells.
    pub spell_attack: i16,
    /// Damage that does half harm, none, double.
    pub resist: Vec<Ward>,
    /// Damage that does none.
    pub immune: Vec<Ward>,
    /// Damage that does double.
    pub vulnerable: Vec<Ward>,
    /// Conditions that it can't have.
    pub condition_immune: Vec<Id>,
    /// It falls dying at 0 hit points, as player characters do, and doesn't just die.
    pub has_death_saves: bool,
}

/// A suit of armour as a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suit {
    /// Which.
    pub item: Id,
    /// The armour class that it offers, without Dexterity.
    pub ac: i32,
    /// Magic keeps it from being spoilt.
    pub magic: bool,
    /// It is of metal.
    pub metal: bool,
}

/// Protection from types of damage, with exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ward {
    /// Types, as bits of [`crate::vocabulary::DamageType::bit`].
    pub types: u16,
    /// It doesn't help against attacks with one of these traits.
    pub unless: u64,
    /// It helps only against attacks with all of these.
    pub only: u64,
}

/// What is left of a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Economy {
    /// Actions.
    pub actions: u8,
    /// Attacks of an attack action that was begun.
    pub attacks: u8,
    /// Bonus actions.
    pub bonus_actions: u8,
    /// Reactions until the next turn.
    pub reactions: u8,
    /// Legendary actions until the next turn.
    pub legendary: u8,
    /// Movement in feet.
    pub movement: u16,
    /// A free handling of an object.
    pub object: bool,
    /// Feet moved in this turn.
    pub moved: u16,
    /// An attack with a light weapon was made, so that the other hand may strike.
    pub light_attack: bool,
    /// A weapon that takes time to load was shot with this action.
    pub shot: bool,
    /// A spell was cast with a bonus action: only cantrips may follow.
    pub bonus_spell: bool,
    /// A zone was moved.
    pub steered: bool,
    /// A spell with a level was cast with an action.
    pub leveled_spell: bool,
}

/// What a creature has suffered and done in one turn.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct TurnToll {
    turn: u32,
    hurt: i32,
    dealt_turn: u32,
    dealt_to: Option<Handle>,
    dealt: i32,
}

impl TurnToll {
    /// Hit points lost in this turn.
    pub(super) const fn hurt_in(&self, turn: u32) -> i32 {
        if self.turn == turn { self.hurt } else { 0 }
    }

    /// Hit points taken in this turn from somebody, as long as nobody else was harmed in between.
    pub(super) fn dealt_in(&self, turn: u32, to: Handle) -> i32 {
        if self.dealt_turn == turn && self.dealt_to == Some(to) { self.dealt } else { 0 }
    }

    pub(super) fn suffer(&mut self, turn: u32, lost: i32) {
        self.hurt = self.hurt_in(turn).saturating_add(lost);
        self.turn = turn;
    }

    pub(super) fn deal(&mut self, turn: u32, to: Handle, lost: i32) {
        self.dealt = self.dealt_in(turn, to).saturating_add(lost);
        (self.dealt_turn, self.dealt_to) = (turn, Some(to));
    }
}

/// How alive a creature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Life {
    /// Up, or unconscious by something else than its wounds.
    Alive,
    /// At 0 hit points, rolling.
    Dying(DeathSaves),
    /// At 0 hit points, not rolling.
    Stable,
    /// Dead.
    Dead,
}

/// A store of something that is spent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stock<'c> {
    /// Which.
    pub id: Id,
    /// What is left.
    pub left: i32,
    /// The most.
    pub max: i32,
    /// When it comes back.
    pub recharge: crate::language::Recharge,
    /// How much of it then; all, if absent.
    #[serde(with = "super::names::maybe")]
    pub regain: Option<&'c crate::language::expr::Expr>,
    /// Of what recharges on a d6: the least that brings it back.
    pub on_d6: u8,
    /// Dawns until it comes back, once it is spent, and how many of them have passed.
    pub days: (u8, u8),
}

/// Spells that a creature can cast.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SpellBook {
    /// Those that take slots, and cantrips.
    pub spells: Vec<Id>,
    /// Slots left by level; the first is unused.
    pub slots: [u8; 10],
    /// All slots by level.
    pub slots_max: [u8; 10],
    /// Pact slots left, and their level.
    pub pact: (u8, u8),
    /// All pact slots.
    pub pact_max: u8,
    /// Without slots: spell, uses left, uses a day (0 for at will), level.
    pub innate: Vec<(Id, u8, u8, u8)>,
    /// It needs no components.
    pub no_components: bool,
}

/// What a creature does when it may interrupt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Policy {
    /// It reacts whenever it can.
    #[default]
    Always,
    /// It spends no slots of this level and above on it.
    SlotsBelow(u8),
    /// It never does.
    Never,
}

/// A form that was left for another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Form<'c> {
    pub(super) sheet: Sheet,
    #[serde(with = "super::names::many")]
    pub(super) actions: Vec<&'c Action>,
    pub(super) weapons: Vec<Wielded<'c>>,
    pub(super) fists: Wielded<'c>,
    pub(super) hp: i32,
    pub(super) keeps_hp: bool,
    /// The effect that holds the new form.
    pub(super) by: EffectKey,
    /// Whose body the new form is, if it is somebody's.
    pub(super) host: Option<super::play::Host>,
}

/// A modifier that counts, and the effect that brings it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ActiveModifier<'c> {
    pub(super) modifier: &'c Modifier,
    pub(super) effect: EffectKey,
}

/// A creature in play.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Creature<'c> {
    /// What it is by itself.
    pub sheet: Sheet,
    /// Whose side it is on: creatures of one number are allies.
    pub side: u16,
    /// Hit points.
    pub hp: i32,
    /// Temporary hit points.
    pub temp_hp: i32,
    /// By how much its most hit points are lowered.
    pub hp_drained: i32,
    /// How alive it is.
    pub life: Life,
    /// Rounds since it died: its own turns count them, and whoever lets time pass adds to them.
    pub dead_rounds: u32,
    /// Levels of exhaustion.
    pub exhaustion: u8,
    /// Hit dice left.
    pub hit_dice: u8,
    /// It has inspiration.
    pub inspiration: bool,
    /// What is left of its turn.
    pub economy: Economy,
    /// Legendary actions in a round.
    pub legendary_max: u8,
    /// Failed saves that it can still turn into successes.
    pub legendary_resistance: u8,
    /// Its stores.
    pub stocks: Vec<Stock<'c>>,
    /// Its spells.
    pub book: SpellBook,
    /// Its actions.
    #[serde(with = "super::names::many")]
    pub actions: Vec<&'c Action>,
    /// Actions at others' turns' ends.
    #[serde(with = "super::names::many")]
    pub legendary: Vec<&'c Action>,
    /// What its lair does.
    #[serde(with = "super::names::many")]
    pub lair: Vec<&'c Action>,
    /// Its own reactions.
    #[serde(with = "super::names::many")]
    pub reactions: Vec<&'c Trigger>,
    /// What it holds to strike with.
    pub weapons: Vec<Wielded<'c>>,
    /// Its bare body as a weapon.
    pub fists: Wielded<'c>,
    /// What it does when it may interrupt.
    pub policy: Policy,
    /// The spell that it concentrates on: its id and the level it was cast at.
    pub concentration: Option<(Id, u8)>,
    /// The summoner whose spell holds it here.
    pub summoned_by: Option<Handle>,
    /// The effect by which it stays here, of creatures that come for a while.
    pub(super) stays_by: Option<EffectKey>,
    /// It turns on whoever called it as soon as nobody concentrates on it any more.
    pub(super) turns_wild: bool,
    /// It is out of this world, and left it here.
    pub away_from: Option<grid::Position>,
    /// Its turns so far.
    pub turns: u32,
    /// The number of its turn that runs or ran last, among those of all.
    pub(super) turn: u32,
    /// What lies on it.
    pub effects: Vec<EffectKey>,
    /// Effects whose time passes with its turns.
    pub(super) clocks: Vec<EffectKey>,
    pub(super) forms: Vec<Form<'c>>,
    // What follows from the effects is worked out anew when it is read.
    #[serde(skip)]
    pub(super) modifiers: Vec<ActiveModifier<'c>>,
    #[serde(skip)]
    pub(super) mask: u64,
    #[serde(skip)]
    pub(super) conditions: Vec<Id>,
    #[serde(skip)]
    pub(super) states: u128,
    #[serde(skip)]
    pub(super) listens: u64,
    /// Events that its reactions and reaction spells wait for.
    pub(super) reacts_to: u64,
    /// What it waits for with a readied action: the event and the action.
    pub(super) readied: Option<(crate::language::Event, Id)>,
    pub(super) zones: Vec<u32>,
    pub(super) toll: TurnToll,
}

impl<'c> Creature<'c> {
    /// Whether it is in a state, as far as that doesn't depend on the situation.
    #[must_use]
    pub const fn is(&self, state: State) -> bool {
        self.states & state.bit() != 0
    }

    /// Whether it has a condition.
    #[must_use]
    pub fn has_condition(&self, id: Id) -> bool {
        self.conditions.contains(&id)
    }

    /// Conditions that it has.
    #[must_use]
    pub fn conditions(&self) -> &[Id] {
        &self.conditions
    }

    /// Whether it stands and can be harmed further.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.hp > 0 && matches!(self.life, Life::Alive)
    }

    /// Whether it can take actions.
    #[must_use]
    pub const fn can_act(&self) -> bool {
        self.is_up()
            && self.states & (State::Incapacitated.bit() | State::NoActions.bit() | State::Surprised.bit())
                == 0
    }

    /// Whether it can take a reaction.
    #[must_use]
    pub const fn can_react(&self) -> bool {
        self.can_act() && self.economy.reactions > 0 && self.states & State::NoReactions.bit() == 0
    }

    /// Level in a class.
    #[must_use]
    pub fn level_in(&self, class: Id) -> u8 {
        self.sheet.classes.iter().find(|(id, _)| *id == class).map_or(0, |(_, level)| *level)
    }

    /// What is left of a store; `slot1` to `slot9` and `pact-slot` are slots.
    #[must_use]
    pub fn stock(&self, id: Id) -> i32 {
        if let Some(stock) = self.stocks.iter().find(|stock| stock.id == id) {
            return stock.left;
        }
        match id.as_str() {
            "pact-slot" => i32::from(self.book.pact.0),
            name => {
                let level = name.strip_prefix("slot").and_then(|level| level.parse::<usize>().ok());
                level.and_then(|level| self.book.slots.get(level)).map_or(0, |left| i32::from(*left))
            }
        }
    }

    /// One of its actions, legendary and lair actions too.
    #[must_use]
    pub fn action(&self, id: Id) -> Option<&'c Action> {
        let all = self.actions.iter().chain(&self.legendary).chain(&self.lair);
        all.copied().find(|action| action.id == id)
    }
}

impl Sheet {
    /// Modifier of an ability, without anything that lies on the creature.
    #[must_use]
    pub const fn modifier(&self, ability: Ability) -> i8 {
        self.scores.modifier(ability)
    }

    /// Bonus of a skill.
    #[must_use]
    pub const fn skill(&self, skill: Skill) -> i8 {
        self.skills[skill as usize]
    }

    /// Range of a sense in feet.
    #[must_use]
    pub const fn sense(&self, sense: Sense) -> u16 {
        self.senses[sense as usize]
    }
}

impl AttackTrait {
    /// The bit of this trait in a set of traits.
    #[must_use]
    pub const fn bit(self) -> u64 {
        1 << self as u64
    }

    /// A set of traits.
    #[must_use]
    pub fn bits(list: &[Self]) -> u64 {
        list.iter().fold(0, |bits, item| bits | item.bit())
    }
}

impl Ward {
    /// Whether it helps against damage of a type by an attack with these traits.
    #[must_use]
    pub const fn helps(&self, kind: crate::vocabulary::DamageType, attack: u64) -> bool {
        self.types & kind.bit() != 0 && self.unless & attack == 0 && self.only & attack == self.only
    }
}
