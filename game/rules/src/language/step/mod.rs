//! The details of each step; see [`Node`](super::Node).

use serde::{Deserialize, Serialize};

mod being;
mod flow;
mod outcome;
mod place;
mod roll;

pub use being::{
    Cast, Dispel, Fact, FactName, Grant, Kinds, Move, OwnSpells, Spend, Summon, SummonPick, Transform,
};
pub use flow::{Choice, Choose, If, Repeat, Select};
pub use outcome::{Apply, Damage, Heal, Remove, TempHp};
pub use place::{Bars, Illumination, Layer, LayerHarm, Reveal, Steer, Wall, Zone};
pub use roll::{Adjust, Attack, Check, Contest, Save};

/// Declares a step's details with the derives that all of them have.
macro_rules! details {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($body)* }
        )+
    };
}

pub(crate) use details;

/// Declares a closed choice of a step.
macro_rules! choice {
    ($($(#[$meta:meta])* pub enum $name:ident { $($body:tt)* })+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
            #[serde(rename_all = "snake_case")]
            pub enum $name { $($body)* }
        )+
    };
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

choice! {
    /// Whom a step means.
    #[derive(Default)]
    pub enum Who {
        /// The target of the list that the step is in.
        #[default]
        Target,
        /// The user, or the bearer of the effect.
        #[serde(rename = "self")]
        Own,
        /// The creature that the effect comes from.
        Source,
    }

    /// How an attack is made.
    pub enum AttackKind {
        /// With a weapon, in reach.
        MeleeWeapon,
        /// With a weapon, from afar.
        RangedWeapon,
        /// With a spell, in reach.
        MeleeSpell,
        /// With a spell, from afar.
        RangedSpell,
        /// With the weapon at hand; it tells reach, ability and dice, and the damage of a hit is added to its own.
        Wielded,
        /// With the bare body.
        Unarmed,
    }

    /// Which of the waiting rolls is meant.
    pub enum RollKind {
        /// The attack roll.
        Attack,
        /// The save.
        Save,
        /// The ability check.
        Check,
        /// The damage.
        Damage,
        /// The healing.
        Healing,
        /// The spell that is being cast.
        Cast,
    }

    /// How somebody is moved.
    pub enum MoveHow {
        /// Straight away from the user.
        Push,
        /// Straight towards the user.
        Pull,
        /// To the chosen point, without passing between.
        Teleport,
        /// The user changes places with the target.
        Swap,
        /// On its own legs, without provoking.
        Shift,
        /// On its own legs as its speed allows, provoking as usual.
        Walk,
        /// Straight up.
        Lift,
        /// Down to the ground.
        Fall,
        /// As far away from the user as it can.
        Flee,
        /// Up to the user, as far as it can.
        Approach,
        /// Out of this world, or back to where it was.
        Banish,
    }

    /// Who makes a choice, and by what.
    #[derive(Default)]
    pub enum Pick {
        /// The user.
        #[default]
        User,
        /// The target.
        Target,
        /// The dice, each alike.
        Random,
    }
}
