//! Items: weapons, armour, gear and magic items.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Effect, Node, Recharge, expr::AttackTrait, expr::Expr};
use crate::vocabulary::{DamageType, Rarity};

use super::{Coverage, StartingItem, feature::nothing};

/// An item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its id, such as `srd:longsword`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// Words by which groups find it: `musical-instrument`, `artisans-tools`, `gaming-set`, `holy-symbol`, `arcane-focus`,
    /// `druidic-focus`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Id>,
    /// How many are sold, and weighed, together.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub bundle: u16,
    /// What is in it, of packs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<StartingItem>,
    /// How it moves and what it bears, of mounts and vehicles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carries: Option<Carriage>,
    /// What it costs, in copper pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_cp: Option<u32>,
    /// What it weighs, in hundredths of a pound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_centipounds: Option<u32>,
    /// What makes it a weapon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weapon: Option<WeaponStats>,
    /// What makes it armour or a shield.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub armor: Option<ArmorStats>,
    /// Of magic items that are made of an ordinary one: those that it can be made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<Id>,
    /// Magic bonus of a weapon's attacks and damage, or of armour.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bonus: u8,
    /// How rare it is, if it is magic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rarity: Option<Rarity>,
    /// It must be attuned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attunement: Option<Attunement>,
    /// Its charges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charges: Option<Charges>,
    /// What its bearer has while it is worn or held, and attuned if it must be. Its actions are used by holding it.
    #[serde(default, skip_serializing_if = "nothing")]
    pub gives: Effect,
    /// Using an action of it uses it up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub consumed: bool,
    /// Of items that follow from others, such as a magic weapon of each kind: from which.
    #[serde(skip)]
    pub variant_of: Option<Id>,
    /// What else there is to tell, in our own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub narrative: String,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}

const fn one() -> u16 {
    1
}

const fn is_one(bundle: &u16) -> bool {
    *bundle == 1
}

/// How a mount or vehicle moves, and what it bears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Carriage {
    /// Speed of a mount in feet a round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed_ft: Option<u16>,
    /// Speed of a vessel in tenths of a mile an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mph_tenths: Option<u16>,
    /// What it bears, in pounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_lb: Option<u32>,
}

const fn is_zero(bonus: &u8) -> bool {
    *bonus == 0
}

/// What sort of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum ItemKind {
    Weapon,
    Armor,
    Shield,
    Ammunition,
    Gear,
    Tool,
    Focus,
    Pack,
    Mount,
    Vehicle,
    TradeGood,
    Potion,
    Scroll,
    Ring,
    Rod,
    Staff,
    Wand,
    Wondrous,
    Poison,
}

/// What makes an item a weapon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WeaponStats {
    /// Damage, such as `1d8`; without the wielder's ability. A net has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<Expr>,
    /// Damage in two hands, of versatile weapons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_handed: Option<Expr>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: DamageType,
    /// `simple` or `martial`, `melee` or `ranged`, and properties: `finesse`, `light`, `reach` …
    pub with: Vec<AttackTrait>,
    /// Normal and long range in feet, if it can be thrown or shot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(u16, u16)>,
}

/// What makes an item armour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArmorStats {
    /// Light, medium, heavy, or a shield.
    pub kind: ArmorKind,
    /// Armour class without Dexterity; of a shield, what it adds.
    pub ac: u8,
    /// Strength below which it slows its wearer by 10 feet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<u8>,
    /// Disadvantage on checks of Stealth.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub noisy: bool,
}

/// Which armour a creature must be proficient with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArmorKind {
    /// All of the Dexterity modifier counts.
    Light,
    /// Two of it at most.
    Medium,
    /// None of it.
    Heavy,
    /// Worn on an arm.
    Shield,
}

/// Who can attune to an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attunement {
    /// Anybody.
    Anybody,
    /// One for whom this holds, such as `@level.srd:wizard >= 1`.
    When(Expr),
}

/// Charges of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Charges {
    /// The most that it holds.
    pub max: Expr,
    /// When they come back.
    #[serde(default = "dawn")]
    pub recharge: Recharge,
    /// How many come back; all, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regain: Option<Expr>,
    /// What may happen when the last one is spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastCharge>,
}

const fn dawn() -> Recharge {
    Recharge::Dawn
}

/// A d20 is thrown when the last charge is spent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LastCharge {
    /// It happens if the d20 shows this or less.
    pub at_most: u8,
    /// What happens; the item is destroyed, if left out.
    #[serde(rename = "do", default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Node>,
}
