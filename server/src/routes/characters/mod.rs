//! `characters/…`: players' characters.

pub(super) mod change_inventory;
pub(super) mod change_spells;
pub(super) mod choose;
pub(super) mod create;
pub(super) mod export;
pub(super) mod gain_experience;
pub(super) mod level_up;
pub(super) mod list;
pub(super) mod read;
pub(super) mod read_sheet;
pub(super) mod rest;
pub(super) mod roll_scores;
