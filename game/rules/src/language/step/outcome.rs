//! What is done to somebody: harm, healing, effects.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Effect, expr::Expr};
use crate::vocabulary::DamageType;

use super::{Who, is_default};

super::details! {
    /// Harm of one type.
    pub struct Damage {
        /// How much.
        pub amount: Expr,
        /// Of which type; that of the weapon or of the attack's first damage, if left out.
        #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<DamageType>,
        /// Of one of these types, as the user chooses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub one_of: Vec<DamageType>,
        /// Who is harmed.
        #[serde(default, skip_serializing_if = "is_default")]
        pub to: Who,
        /// Only if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<Expr>,
        /// Neither resistance nor immunity helps.
        #[serde(default, skip_serializing_if = "is_default")]
        pub unstoppable: bool,
        /// A critical hit leaves these dice alone.
        #[serde(default, skip_serializing_if = "is_default")]
        pub flat: bool,
        /// Whoever deals it regains as many hit points as it takes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub heals: bool,
        /// The most hit points that the target can have sink by the damage, until a long rest.
        #[serde(default, skip_serializing_if = "is_default")]
        pub drains: bool,
    }

    /// Hit points restored. In `revive`, those that the target comes back with.
    pub struct Heal {
        /// How many.
        pub amount: Expr,
        /// To whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub to: Who,
    }

    /// Temporary hit points; they don't add up, the greater number counts.
    pub struct TempHp {
        /// How many.
        pub amount: Expr,
        /// To whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub to: Who,
    }

    /// An effect laid on somebody.
    pub struct Apply {
        /// On whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub to: Who,
        /// Only if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<Expr>,
        /// Which effect.
        pub effect: Effect,
    }

    /// Effects taken off somebody: all that fit one of what is named.
    pub struct Remove {
        /// From whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub from: Who,
        /// These effects and conditions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub effects: Vec<Id>,
        /// Effects with one of these tags.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tags: Vec<Id>,
        /// At most so many; all, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub count: Option<Expr>,
    }
}
