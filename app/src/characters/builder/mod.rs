//! The builder of a new character: choices on one side, the sheet that follows from them on the other.
//!
//! The rules run here, on a part of the content that is fetched with the page. What they refuse is told beside the choice; the server
//! checks the same again when the character is made.

pub(crate) mod page;

mod choice_cards;
mod content;
mod draft;
mod scores;
mod steps;
mod workbench;
