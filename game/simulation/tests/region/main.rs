//! A region's life as its owner sees it: commands in, events and views out.

mod altering;
mod cases;
mod chaos;
mod fighting;
mod inspecting;
mod loot;
mod meadow;
mod players;
mod recordings;
mod wandering;
mod wilds;
