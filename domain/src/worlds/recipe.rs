//! What a world grows from.

use api::{Permission, world::RecipeView};
use grid::WorldId;

use crate::{Actor, Domain, Error};

/// Seed and recipe of a world: all that a browser needs to grow the same terrain.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world.
pub async fn recipe(domain: &Domain, actor: &Actor, world: WorldId) -> Result<RecipeView, Error> {
    actor.require(Permission::ViewWorlds)?;
    let world = domain.terrain().world(world).await?;
    let recipe = serde_json::to_value(world.world.recipe())
        .map_err(|error| Error::Internal(format!("a recipe does not become JSON: {error}")))?;
    Ok(RecipeView {
        id: world.record.id,
        seed: world.record.seed.to_string(),
        fingerprint: world.fingerprint.clone(),
        yaml: world.record.recipe_text.clone(),
        recipe,
    })
}
