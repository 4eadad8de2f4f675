//! Players' characters: full characters of the rules, made and changed as the rules allow.
//!
//! What is kept of one is its choices, belongings and wear; a sheet is worked out whenever it is asked for. Everything that
//! changes one goes through [`change`]: own characters are their players', all of them are those of staff who may
//! `edit_entities`, and what staff do is noted in the audit. A character that plays meanwhile goes on with the change, and what
//! play leaves to it comes in by [`keeper`].

mod build;
mod change;
mod choices;
mod choose;
mod chronicle;
mod create;
mod dice;
mod exchange;
mod export;
mod find;
mod gain_experience;
mod get;
mod heaps;
mod inventory;
mod keep;
mod level_up;
mod list;
mod read_sheet;
mod refusals;
mod rest;
mod roll_scores;
mod spells;
mod view;

pub use choose::choose;
pub use create::create;
pub use export::export;
pub use gain_experience::gain_experience;
pub use get::get;
pub use inventory::change_inventory;
pub use keep::keeper;
pub use level_up::level_up;
pub use list::list;
pub(crate) use list::of_account;
pub use read_sheet::read_sheet;
pub use rest::rest;
pub use roll_scores::roll_scores;
pub use spells::change_spells;

pub(crate) use find::find_own;
