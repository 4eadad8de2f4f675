//! Asks for the worlds.

use api::{List, world::WorldView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The server's worlds.
#[server(prefix = "/api/ui", endpoint = "world/list", input = GetUrl)]
pub(crate) async fn list_worlds() -> Result<List<WorldView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewWorlds>()?;
    domain::worlds::list(&domain, &actor).await.map_err(crate::caller::refuse)
}
