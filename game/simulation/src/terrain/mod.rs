//! The ground of the region, as far as anyone is near it.

mod components;
mod systems;

pub(crate) use components::{Footing, Terrain};
pub(crate) use systems::TerrainUpkeep;
