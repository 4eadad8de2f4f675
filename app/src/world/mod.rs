//! The World page: a map whose terrain grows in the visitor's browser, beside what the server says of it.
//!
//! [`motion`] is plain maths; camera, hands and canvas are those of all maps, in [`crate::map`]. [`worker`] runs in a Web Worker and grows chunks; [`growers`] hands it
//! work; [`tiles`] keeps the pictures; [`painter`] draws them with the grid and the entities. The panels beside the map
//! read the same [`atlas`].

pub(crate) mod alter_entity;
mod atlas;
mod cell_panel;
mod chunk_panel;
mod combat_pane;
mod deeds;
mod edits;
mod entity_list;
mod entity_panel;
mod figures;
mod flashes;
mod go_to;
mod growers;
pub(crate) mod inspect_entity;
mod inspection;
pub(crate) mod list_combat_log;
pub(crate) mod list_worlds;
mod log_entries;
mod map;
mod marks;
mod motion;
pub(crate) mod page;
mod painter;
mod palette;
pub(crate) mod read_chunk;
mod read_chunk_hashes;
mod read_recipe;
pub(crate) mod read_world;
pub(crate) mod remove_entity;
pub(crate) mod spawn_entity;
mod tiles;
pub mod worker;
mod worker_messages;
