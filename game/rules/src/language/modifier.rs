//! One change of a number, a roll or a state.

use serde::{Deserialize, Serialize};

use crate::Id;

use super::{Path, expr::Expr};

/// Changes one thing about its bearer, as long as it lies on it and `when` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Modifier {
    /// What is changed.
    pub path: Path,
    /// How.
    pub op: Op,
    /// By how much. Dice are thrown anew each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Expr>,
    /// Only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// For damage: the type of what is added; left out, that of the attack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<crate::vocabulary::DamageType>,
    /// Of all modifiers with the same key on one creature only the best counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<Id>,
}

/// What a modifier does with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Adds the value.
    Add,
    /// Puts the value in the place of what was there. Before all others.
    Set,
    /// The result is the value at least.
    AtLeast,
    /// The result is the value at most.
    AtMost,
    /// Multiplies.
    Multiply,
    /// Divides, rounding down.
    Divide,
    /// The roll has advantage.
    Advantage,
    /// The roll has disadvantage.
    Disadvantage,
    /// A die that shows the value or less is thrown again, once.
    Reroll,
    /// A die that shows less than the value counts as the value, up to its sides. A d20 of a roll, or each die of
    /// damage or healing.
    DieAtLeast,
    /// The roll fails without a throw.
    Fail,
    /// The roll succeeds without a throw.
    Succeed,
    /// A hit is a critical hit.
    Critical,
    /// Gives the resistance, immunity, proficiency, language or state.
    Grant,
    /// Takes it away, also if something else gives it.
    Deny,
}
