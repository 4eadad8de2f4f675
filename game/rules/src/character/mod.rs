//! Player characters: what was decided about one, whether the rules allow it, and what follows from it.
//!
//! A [`Character`] holds decisions and wear alone: race, levels, picks, belongings, wounds. Everything else — armour class, attacks,
//! slots — is worked out from the content whenever it is asked for, as a [`Sheet`], in which each number tells where it
//! comes from. So a change of content or ruleset never leaves a stale number behind, and the browser shows exactly what the server
//! checks.
//!
//! How someone could get it wrong: writing to a field of a [`Character`] that came from outside and trusting it. Whatever is loaded
//! or sent goes through [`Character::check`] before it counts.

mod belongings;
mod check;
mod choices;
mod create;
mod facts;
mod features;
mod fighter;
mod level_up;
mod offers;
mod picks;
mod quick;
mod random;
mod refusal;
mod rest;
mod sheet;
mod spend;

pub use belongings::ATTUNED_MAX;
pub use choices::{
    BaseScores, Belonging, Character, Improvement, KnownSpell, LevelTaken, PickMade, Rested, ScoreMethod,
    Wear,
};
pub use create::{NewCharacter, StartingGoods, group_members};
pub use features::HeldFeature;
pub use fighter::Fighter;
pub use picks::OpenPick;
pub use quick::suited_scores;
pub use refusal::Refusal;
pub use rest::HitDieSpent;
pub use sheet::{AttackLine, CasterLine, Part, ResourceLine, Sheet, SkillLine, Value};
