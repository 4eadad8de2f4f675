//! Goes back to an earlier version.

use api::recipe::RecipeVersion;
use grid::WorldId;
use leptos::prelude::*;

use crate::Failure;

/// Publishes the text of an earlier version anew.
#[server(prefix = "/api/ui", endpoint = "studio/roll-back")]
pub(crate) async fn roll_back_recipe(
    world: WorldId,
    version: u32,
    reason: String,
) -> Result<RecipeVersion, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PublishRecipes>()?;
    let request = api::recipe::RollBackRecipeRequest { version, reason };
    domain::recipes::roll_back(&domain, &actor, world, request).await.map_err(crate::caller::refuse)
}
