//! The rules' content: spells, monsters, features and items as records, and the library that holds them.
//!
//! `content/<kind>/*.json` beside this crate holds the records of the System Reference Document; other packs add to them
//! or override them. A [`Library`] is read as a whole or not at all: every record is checked for itself, then all of
//! them against each other. See `docs/adding-rules-content.md` for how to write one.

mod check;
mod class;
mod condition;
mod coverage;
mod creation;
mod embedded;
mod feature;
mod item;
mod library;
mod load;
mod monster;
mod newcomers;
mod parts;
#[cfg(feature = "authoring")]
mod schema;
mod spell;
mod variants;

pub(crate) use check::challenge_eighths;
pub use check::{COST_MAX, SCRIPTS};
pub use class::{
    Class, ClassSpells, Multiclass, Preparation, SkillPick, SpellProgress, StartingItem, Subclass,
};
pub use condition::Condition;
pub use coverage::Coverage;
pub use creation::{Background, Language, Race, ScoreBonus, Subrace};
pub use embedded::srd;
pub use feature::{Feature, FeaturePick};
pub use item::{
    ArmorKind, ArmorStats, Attunement, Carriage, Charges, Item, ItemKind, LastCharge, WeaponStats,
};
pub use library::{Kind, Library};
pub use load::{Fault, Pack, Source};
pub use monster::{
    Defenses, Innate, Lair, Legendary, Monster, MonsterCasting, NamedTrigger, QualifiedDefenses, Speeds,
    TraitUse,
};
pub(crate) use parts::all_parts;
#[cfg(feature = "authoring")]
pub use schema::schema;
pub use spell::{CastingTime, Components, Material, Range, Spell};
