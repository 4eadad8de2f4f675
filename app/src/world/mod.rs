//! The World page: a map whose terrain grows in the visitor's browser, beside what the server says of it.
//!
//! [`camera`] and [`motion`] are plain maths. [`worker`] runs in a Web Worker and grows chunks; [`growers`] hands it
//! work; [`tiles`] keeps the pictures; [`painter`] draws them with the grid and the entities. The panels beside the map
//! read the same [`atlas`].

mod atlas;
mod camera;
mod cell_panel;
mod chunk_panel;
mod entity_panel;
mod go_to;
mod growers;
mod hands;
mod map;
mod motion;
pub(crate) mod page;
mod painter;
mod pointer;
mod read_chunk;
mod read_chunk_hashes;
mod read_recipe;
pub(crate) mod read_world;
mod tiles;
pub mod worker;
mod worker_messages;
