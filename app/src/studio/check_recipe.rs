//! Finds out what a text would do.

use api::recipe::RecipeCheck;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Faults, changes against the newest version, and the recipe's own tests, as the server sees them.
#[server(prefix = "/api/ui", endpoint = "studio/check", input = Json)]
pub(crate) async fn check_recipe(world: WorldId, yaml: String) -> Result<RecipeCheck, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::EditRecipes>()?;
    let request = api::recipe::CheckRecipeRequest { yaml };
    domain::recipes::check(&domain, &actor, world, request).await.map_err(crate::caller::refuse)
}
