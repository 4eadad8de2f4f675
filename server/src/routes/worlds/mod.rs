//! `worlds/…`: worlds, their recipes, regions and terrain.

mod delivery;
pub(super) mod export_recording;
pub(super) mod keep_recording;
pub(super) mod list;
pub(super) mod list_regions;
pub(super) mod read;
pub(super) mod read_chunk;
pub(super) mod read_recipe;
pub(super) mod read_recording;
pub(super) mod read_tile;
