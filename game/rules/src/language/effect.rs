//! What lies on a creature for a while, or for as long as it has a feature or wears an item.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{DamageType, Skill};
use crate::{Ability, Id};

use super::{Action, Duration, Event, Illumination, Modifier, Node, Resource, Trigger, expr::Expr};

/// Changes a creature while it lasts. All parts are optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The name under which it is found, removed and kept from stacking; that of the spell or feature, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// How long it lasts; as long as what it comes from, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Duration>,
    /// What happens if it is applied to a creature that bears it already.
    #[serde(default, skip_serializing_if = "Stacking::is_default")]
    pub stacking: Stacking,
    /// Conditions that the bearer has meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Id>,
    /// What it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<Modifier>,
    /// What it does when something happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// What its bearer can do meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Stores that its bearer has meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// Spells that its bearer can cast meanwhile, beside those of its classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Id>,
    /// The same effect, for creatures within so many feet of the bearer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aura: Option<Box<Aura>>,
    /// Light that it sheds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Illumination>,
    /// A save at the edge of each of the bearer's turns; success ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub save_ends: Option<SaveEnds>,
    /// An action by which the bearer, or somebody for it, gets free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escape: Option<Escape>,
    /// What it takes to break it with a weapon, as with webs and ropes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaks: Option<Bond>,
    /// It ends when one of these happens to the bearer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends_on: Vec<Event>,
    /// It ends as soon as whoever laid it lets go: by death, or already by being unable to act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Hold>,
    /// It ends as soon as this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_when: Option<Expr>,
    /// Words by which others find it: `magic`, `curse`, `poison`, `disease`, `fear`, `light` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Id>,
}

/// Lays an effect on those who are near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Aura {
    /// How far it reaches, in feet.
    pub feet: Expr,
    /// Whom it reaches. `others` leaves the bearer out.
    #[serde(default)]
    pub who: super::Side,
    /// Only such creatures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// What they bear while they are near. Its `source` is the aura's bearer.
    pub gives: Effect,
}

/// How long whoever laid an effect holds on to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// Until its death.
    Alive,
    /// Until it is incapacitated, or dead.
    Able,
}

/// What happens if an effect meets itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// The newer takes the place of the older. Effects of one name never add up.
    #[default]
    Replace,
    /// The older stays as it is.
    Keep,
    /// Both count; `@stacks` tells how many there are.
    Stack,
}

impl Stacking {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A save that ends an effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveEnds {
    /// With which ability.
    pub ability: Ability,
    /// Against what; the difficulty at which it was applied, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dc: Option<Expr>,
    /// When: `turn_end`, if left out; `turn_start`, `damaged` …
    #[serde(default = "turn_end")]
    pub at: Event,
    /// Only if this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
}

const fn turn_end() -> Event {
    Event::TurnEnd
}

/// A bond, or a thing that magic made, which attacks can break.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bond {
    /// Armour class.
    pub ac: u8,
    /// Hit points.
    pub hp: Expr,
    /// Damage that does it no harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub immune: Vec<DamageType>,
    /// Damage that does it double harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vulnerable: Vec<DamageType>,
}

/// A check by which the bearer gets free with an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Escape {
    /// With one of these skills, whichever is best.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// With this ability, if no skill applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ability: Option<Ability>,
    /// Against what; the difficulty at which it was applied, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dc: Option<Expr>,
    /// What happens to somebody else who tries to get the bearer free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub toll: Vec<Node>,
}
