//! What a world grows from.

use api::{right, world::RecipeView};
use grid::WorldId;

use crate::{Allowed, Domain, Error};

/// Seed and recipe of a world, as in force: all that a browser needs to grow the same terrain.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world.
pub async fn recipe(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
) -> Result<RecipeView, Error> {
    let world = domain.terrain().world(world).await?;
    let recipe = serde_json::to_value(world.world.recipe())
        .map_err(|error| Error::Internal(format!("a recipe does not become JSON: {error}")))?;
    Ok(RecipeView {
        id: world.record.id,
        seed: world.record.seed.to_string(),
        fingerprint: world.fingerprint.to_string(),
        version: world.record.recipe_version,
        yaml: world.record.recipe_text.clone(),
        recipe,
    })
}
