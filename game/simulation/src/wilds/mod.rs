//! Wild monsters: packs that live where the recipe's tables and the land's danger put them.
//!
//! Each cell has at most one den. Whether there is one, who lives in it, how many and where follows from the world's seed and the cell,
//! so everybody finds the same pack in the same place. A pack is in the region only while players are near: it comes before they see
//! the place and leaves some time after they have gone. Where all of a pack were killed, another comes when its time is over.
//!
//! How someone could get it wrong: letting a pack come where a player looks, or taking one away in the middle of a fight.

mod components;
mod packs;

pub(crate) use components::{Wilds, register};
pub(crate) use packs::tend;
