//! Asks for the server's hashes of a square of chunks.

use api::world::{ChunkHash, ChunkHashesRequest};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// The hashes of the square, row by row.
#[server(prefix = "/api/ui", endpoint = "world/chunk-hashes", input = Json)]
pub(crate) async fn read_chunk_hashes(request: ChunkHashesRequest) -> Result<Vec<ChunkHash>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewWorlds>()?;
    domain::chunks::hashes(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
