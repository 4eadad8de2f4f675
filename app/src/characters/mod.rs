//! Players' characters: all of them in a list, one with its sheet, and a builder for new ones.
//!
//! The builder runs the rules in the browser, on content that is fetched with it, and sends choices; the server makes the
//! character of them, by the same rules.

pub(crate) mod builder;
pub(crate) mod character_page;
pub(crate) mod page;

mod award_experience;
mod change_inventory;
mod change_spells;
mod choose;
mod create_character;
mod deeds;
mod figure;
mod growth;
mod inventory;
mod list_characters;
mod pick_one;
mod read_sheet;
mod rest;
mod rests;
mod sheet_view;
mod spellbook;
mod take_level;
mod throw_scores;
