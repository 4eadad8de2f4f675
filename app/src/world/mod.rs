//! The World page: a map whose terrain grows in the visitor's browser, beside what the server says of it.
//!
//! [`motion`] is plain maths; camera, hands and canvas are those of all maps, in [`crate::map`]. [`worker`] runs in a Web Worker and grows chunks; [`growers`] hands it
//! work; [`tiles`] keeps the pictures; [`painter`] draws them with the grid and the entities. The panels beside the map
//! read the same [`atlas`].

mod atlas;
mod cell_panel;
mod chunk_panel;
mod entity_panel;
mod go_to;
mod growers;
pub(crate) mod list_worlds;
mod map;
mod motion;
pub(crate) mod page;
mod painter;
pub(crate) mod read_chunk;
mod read_chunk_hashes;
mod read_recipe;
pub(crate) mod read_world;
mod tiles;
pub mod worker;
mod worker_messages;
