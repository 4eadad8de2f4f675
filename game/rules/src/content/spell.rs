//! Spells.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Duration, Node, Target, Trigger, expr::Expr};
use crate::vocabulary::School;

use super::Coverage;

/// A spell. Source of the mechanics: SRD 5.1, "Spellcasting".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// Its id, such as `srd:scorching-ray`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// 0 for cantrips, to 9.
    pub level: u8,
    /// Its school.
    pub school: School,
    /// Classes whose list it is on.
    pub classes: Vec<Id>,
    /// How long casting takes.
    #[serde(default)]
    pub casting: CastingTime,
    /// How far away its target or point may be.
    pub range: Range,
    /// What the caster needs.
    pub components: Components,
    /// How long it lasts.
    pub duration: Duration,
    /// It needs concentration.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concentration: bool,
    /// From this level of slot on it needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concentration_below: Option<u8>,
    /// It can be cast as a ritual.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ritual: bool,
    /// Whom it is pointed at.
    #[serde(default)]
    pub target: Target,
    /// What happens. `@slot` is the level of the slot; cantrips grow with `@level`.
    #[serde(rename = "do")]
    pub then: Vec<Node>,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

/// How long casting takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CastingTime {
    /// An action.
    #[default]
    Action,
    /// A bonus action.
    Bonus,
    /// A reaction to something. The trigger's `do` is empty: the spell says what happens.
    Reaction(Box<Trigger>),
    /// So many minutes.
    Minutes(u32),
}

/// How far away a target or point may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// At the caster.
    #[serde(rename = "self")]
    Own,
    /// In its reach.
    Touch,
    /// So many feet.
    Feet(u32),
    /// As far as it sees.
    Sight,
    /// Anywhere.
    Unlimited,
}

/// What the caster needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Components {
    /// A voice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verbal: bool,
    /// A free hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub somatic: bool,
    /// A material, or a focus in its place if it has no cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<Material>,
}

/// A material component.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// What it is, in a few words of our own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What it costs at least, in gold pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_gp: Option<Expr>,
    /// The spell uses it up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub consumed: bool,
}
