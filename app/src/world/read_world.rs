//! Asks for the world that the map shows.

use api::world::WorldView;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The server's first world; none before one is made.
#[server(prefix = "/api/ui", endpoint = "world/first", input = GetUrl)]
pub(crate) async fn read_world() -> Result<Option<WorldView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewWorlds>()?;
    let worlds = domain::worlds::list(&domain, &actor).await.map_err(crate::caller::refuse)?;
    Ok(worlds.items.into_iter().next())
}
