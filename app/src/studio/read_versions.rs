//! Asks for the history of a world's recipe.

use api::{List, recipe::RecipeVersion};
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// A page of versions, the newest first.
#[server(prefix = "/api/ui", endpoint = "studio/versions", input = GetUrl)]
pub(crate) async fn read_versions(
    world: WorldId,
    cursor: Option<String>,
) -> Result<List<RecipeVersion>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewRecipes>()?;
    domain::recipes::list(&domain, &actor, world, cursor).await.map_err(crate::caller::refuse)
}
