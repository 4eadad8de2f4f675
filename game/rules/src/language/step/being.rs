//! Changes of who and what is there: movement, summons, forms, resources, spells.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Cost, Duration, Effect, Path, expr::Expr};
use crate::vocabulary::{CreatureType, Movement, Size};

use super::{MoveHow, Who, is_default};

super::details! {
    /// A movement.
    pub struct Move {
        /// Who is moved.
        #[serde(default, skip_serializing_if = "is_default")]
        pub who: Who,
        /// How.
        pub how: MoveHow,
        /// How far, in feet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub feet: Option<Expr>,
    }

    /// Creatures that come when called, on the user's side unless said otherwise.
    pub struct Summon {
        /// Which.
        pub what: SummonPick,
        /// How many; one, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub count: Option<Expr>,
        /// How long they stay; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
        /// They obey nobody.
        #[serde(default, skip_serializing_if = "is_default")]
        pub wild: bool,
        /// When concentration on the spell is lost, they stay and turn on the user.
        #[serde(default, skip_serializing_if = "is_default")]
        pub turns: bool,
        /// They act on the user's turn.
        #[serde(default, skip_serializing_if = "is_default")]
        pub shares_turn: bool,
        /// What each of them bears.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gives: Option<Effect>,
    }

    /// Another form for somebody.
    pub struct Transform {
        /// Who changes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub who: Who,
        /// Into what.
        pub into: SummonPick,
        /// How long; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
        /// Mind and personality stay: Intelligence, Wisdom and Charisma.
        #[serde(default, skip_serializing_if = "is_default")]
        pub keeps_mind: bool,
        /// Features and proficiencies stay.
        #[serde(default, skip_serializing_if = "is_default")]
        pub keeps_features: bool,
        /// The form brings no hit points of its own.
        #[serde(default, skip_serializing_if = "is_default")]
        pub keeps_hp: bool,
        /// What it bears meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gives: Option<Effect>,
    }

    /// Spends or restores.
    pub struct Spend {
        /// Which store: a resource's id, `slot`, `hit-dice` or `charges`.
        pub id: Id,
        /// By how much; negative spends.
        pub change: Expr,
        /// Of slots: their level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub level: Option<Expr>,
        /// Whose.
        #[serde(default, skip_serializing_if = "is_default")]
        pub of: Who,
    }

    /// A spell cast by an item, a feature or a monster: one that is named, one of several, or one of the user's own.
    pub struct Cast {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub spell: Option<Id>,
        /// One of these, as the user chooses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub one_of: Vec<Id>,
        /// One that the user knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own: Option<OwnSpells>,
        /// At which level; its own, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub level: Option<Expr>,
        /// Difficulty of saves; the user's, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dc: Option<Expr>,
        /// Bonus of attacks; the user's, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub attack: Option<Expr>,
        /// It needs no concentration.
        #[serde(default, skip_serializing_if = "is_default")]
        pub no_concentration: bool,
        /// The user alone is its target.
        #[serde(default, skip_serializing_if = "is_default")]
        pub on_self: bool,
        /// Who casts it, in an effect; if not its bearer, the bearer is the target.
        #[serde(default = "by_oneself", skip_serializing_if = "is_by_oneself")]
        pub by: Who,
    }

    /// Which of the spells that somebody knows are meant; those that take an action to cast.
    pub struct OwnSpells {
        /// Up to this level; 0 for cantrips.
        pub level_max: u8,
        /// It takes a slot, as usual.
        #[serde(default, skip_serializing_if = "is_default")]
        pub paid: bool,
        /// Not only those that it knows: any there is, whatever time it takes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub any: bool,
    }

    /// Ends spells.
    pub struct Dispel {
        /// Spells of this level and below end at once; those above need a check against 10 + their level.
        pub level: Expr,
        /// Spells above need no check: they stay.
        #[serde(default, skip_serializing_if = "is_default")]
        pub only: bool,
    }

    /// Something handed over.
    pub struct Grant {
        /// To whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub to: Who,
        /// An item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub item: Option<Id>,
        /// How many of it; one, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub count: Option<Expr>,
        /// Another action, attack, bonus action or reaction in this turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cost: Option<Cost>,
        /// Inspiration.
        #[serde(default, skip_serializing_if = "is_default")]
        pub inspiration: bool,
        /// What is handed over vanishes after so long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
    }

    /// A fact changed for good.
    pub struct Fact {
        /// About whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub of: Who,
        /// Which: `exhaustion` by levels, or a path such as `score.str`, `hp_max`, `speed`.
        pub what: FactName,
        /// By how much.
        pub by: Expr,
    }
}

const fn by_oneself() -> Who {
    Who::Own
}

const fn is_by_oneself(who: &Who) -> bool {
    matches!(who, Who::Own)
}

/// What a lasting change is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactName {
    /// Levels of exhaustion.
    Exhaustion,
    /// Hunger, thirst, age and the like, which the world keeps.
    Age,
    /// A number of the creature.
    Path(Path),
}

/// Which creatures come, or what form is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SummonPick {
    /// This monster.
    Monster(Id),
    /// One of these, as the user chooses.
    OneOf(Vec<Id>),
    /// Any of a kind up to a challenge, as the user chooses.
    Any(Kinds),
    /// As a form: the target's own body, whose soul is out of this world meanwhile.
    Target,
}

super::details! {
    /// A range of monsters.
    pub struct Kinds {
        /// Of one of these types; any, if left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub types: Vec<CreatureType>,
        /// Up to this challenge, in eighths: 2 is a quarter, 8 is one.
        pub challenge_eighths: Expr,
        /// No larger than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size_max: Option<Size>,
        /// With no speed of this kind.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub without: Vec<Movement>,
        /// Only forms that the user has seen.
        #[serde(default, skip_serializing_if = "is_default")]
        pub seen: bool,
    }
}
