//! Where everything in a world is, and what it is called.
//!
//! The grid is `World → Region → Block → Cell → Position`. Grid ids are derived (UUIDv5) from the world's id and the
//! coordinates, so they need no table; everything else that lives carries a UUIDv7 in one of the typed ids of [`id`].
//!
//! This crate imports nothing of ours, does no IO and never fails on coordinates: every `i64` position has a cell.

mod coord;
pub mod id;
mod position;

pub use coord::{
    BLOCK_CELLS, BLOCK_METRES, BlockCoord, CELL_METRES, CellCoord, REGION_BLOCKS, REGION_CELLS,
    REGION_METRES, RegionCoord,
};
pub use id::{
    AccountId, BlockId, CellId, CharacterId, EntityId, EventId, JobId, NodeId, RegionId, RequestId,
    SessionId, WorldId,
};
pub use position::{Position, UNITS_PER_CELL, UNITS_PER_METRE};
