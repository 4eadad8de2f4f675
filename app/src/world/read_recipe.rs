//! Asks for a world's recipe, for the workers to grow the terrain from.

use api::world::RecipeView;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Seed and checked recipe of a world.
#[server(prefix = "/api/ui", endpoint = "world/recipe", input = GetUrl)]
pub(crate) async fn read_recipe(world: WorldId) -> Result<RecipeView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewWorlds>()?;
    domain::worlds::recipe(&domain, &actor, world).await.map_err(crate::caller::refuse)
}
