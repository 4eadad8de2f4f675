//! Publishes the draft.

use api::recipe::RecipeVersion;
use grid::WorldId;
use leptos::prelude::*;

use crate::Failure;

/// Makes the draft the world's next version.
#[server(prefix = "/api/ui", endpoint = "studio/publish")]
pub(crate) async fn publish_recipe(
    world: WorldId,
    revision: u32,
    reason: String,
) -> Result<RecipeVersion, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PublishRecipes>()?;
    let request = api::recipe::PublishRecipeRequest { revision, reason };
    domain::recipes::publish(&domain, &actor, world, request).await.map_err(crate::caller::refuse)
}
