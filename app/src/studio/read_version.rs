//! Asks for a version's text.

use api::recipe::RecipeVersionText;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// A version with its text.
#[server(prefix = "/api/ui", endpoint = "studio/version", input = GetUrl)]
pub(crate) async fn read_version(world: WorldId, version: u32) -> Result<RecipeVersionText, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewRecipes>()?;
    domain::recipes::read(&domain, &actor, world, version).await.map_err(crate::caller::refuse)
}
