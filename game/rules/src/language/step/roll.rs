//! Rolls: attacks, saves, checks, and what changes them.

use serde::{Deserialize, Serialize};

use crate::vocabulary::Skill;
use crate::{Ability, Id};

use super::{AttackKind, RollKind, Who, is_default};
use crate::language::{Node, Op, expr::AttackTrait, expr::Expr};

super::details! {
    /// An attack roll.
    pub struct Attack {
        /// How it is made.
        pub kind: AttackKind,
        /// Bonus of the roll. Left out: a spell's is the caster's, a weapon's is worked out from ability and proficiency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bonus: Option<Expr>,
        /// How far melee attacks reach, in feet; 5, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reach: Option<u16>,
        /// Normal and long range in feet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub range: Option<(u16, u16)>,
        /// What is true of it beside its kind: `magical`, `finesse`, `silvered` …
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub with: Vec<AttackTrait>,
        /// The roll has advantage if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub advantage: Option<Expr>,
        /// What a hit does. A critical hit doubles all dice in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub hit: Vec<Node>,
        /// What a miss does.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub miss: Vec<Node>,
        /// What a critical hit does beside `hit`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub crit: Vec<Node>,
    }

    /// A saving throw.
    pub struct Save {
        /// Who makes it; the target, if left out. What follows still happens to the target.
        #[serde(default, skip_serializing_if = "is_default")]
        pub by: Who,
        /// With which ability.
        pub ability: Ability,
        /// Against what; the difficulty of the user's spells or of the effect, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dc: Option<Expr>,
        /// What happens in both cases, damage being halved after a success.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub half: Vec<Node>,
        /// What happens after a failure.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub fail: Vec<Node>,
        /// What happens after a success.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub success: Vec<Node>,
        /// The roll has advantage if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub advantage: Option<Expr>,
        /// The roll has disadvantage if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub disadvantage: Option<Expr>,
        /// The roll fails without a throw if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auto_fail: Option<Expr>,
        /// The roll succeeds without a throw if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub auto_success: Option<Expr>,
        /// What the save is against, for `against(…)`: `poison`, `charm`, `fear`, `disease` … Conditions of `fail` count by themselves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub against: Vec<Id>,
    }

    /// An ability check against a difficulty.
    pub struct Check {
        /// With one of these skills, whichever is best.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub skills: Vec<Skill>,
        /// With this ability, if no skill is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ability: Option<Ability>,
        /// With the ability that the user casts with.
        #[serde(default, skip_serializing_if = "is_default")]
        pub casting: bool,
        /// Who makes it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub by: Who,
        /// Against what.
        pub dc: Expr,
        /// After a success.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub success: Vec<Node>,
        /// After a failure.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub fail: Vec<Node>,
    }

    /// Opposed checks of user and target. A draw changes nothing.
    pub struct Contest {
        /// The user's skills, of which it takes the best.
        #[serde(rename = "self", default, skip_serializing_if = "Vec::is_empty")]
        pub own: Vec<Skill>,
        /// The target's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub target: Vec<Skill>,
        /// The user's ability, if no skill is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own_ability: Option<Ability>,
        /// The user checks the ability that it casts with.
        #[serde(default, skip_serializing_if = "is_default")]
        pub casting: bool,
        /// The target's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub target_ability: Option<Ability>,
        /// If the user wins.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub win: Vec<Node>,
        /// If it does not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub lose: Vec<Node>,
    }

    /// A change of what waits for an interrupt.
    pub struct Adjust {
        /// Which roll.
        pub roll: RollKind,
        /// How: `add`, `set`, `divide`, `advantage`, `disadvantage`, `reroll`, `fail`, `succeed`, `at_least`, `critical`.
        pub op: Op,
        /// By how much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<Expr>,
    }
}
