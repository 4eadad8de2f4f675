//! Asks what the server says of one chunk.

use api::world::ChunkView;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The server's description of a chunk, with its hash.
#[server(prefix = "/api/ui", endpoint = "world/chunk", input = GetUrl)]
pub(crate) async fn read_chunk(world: WorldId, x: i32, z: i32) -> Result<ChunkView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewWorlds>()?;
    domain::chunks::describe(&domain, &actor, world, grid::CellCoord::new(x, z))
        .await
        .map_err(crate::caller::refuse)
}
