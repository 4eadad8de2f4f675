//! Asks what the server says of one chunk.

use api::world::ChunkView;
use grid::{CellCoord, WorldId};
use leptos::prelude::*;

use crate::Failure;

/// The server's description of a chunk, with its hash.
#[server(prefix = "/api/ui", endpoint = "world/chunk", input = leptos::server_fn::codec::GetUrl)]
pub(crate) async fn read_chunk(world: WorldId, x: i32, z: i32) -> Result<ChunkView, Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::chunks::describe(&domain, &actor, world, CellCoord::new(x, z)).await.map_err(crate::caller::refuse)
}
