//! The first world of an installation.

use std::{
    io,
    path::{Path, PathBuf},
};

use grid::WorldId;
use serde_json::json;
use store::worlds::WorldRecord;
use uuid::Uuid;
use worldgen::{ENGINE, Recipe, RecipeError, RecipeFault, World};

use crate::{Actor, Arrival, Domain, Error, audit, recipes};

/// A world to be made.
#[derive(Clone, Debug)]
pub struct NewWorld {
    /// Its name.
    pub name: String,
    /// The file with its recipe.
    pub recipe_file: PathBuf,
    /// What its terrain grows from.
    pub seed: u64,
}

/// Why a world could not be made. Each text is one line that names the file.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The recipe's file cannot be read.
    #[error("{}: the world's recipe cannot be read: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file holds no recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The recipe contradicts itself.
    #[error("{}: {fault}", file.display())]
    Fault {
        /// The file.
        file: PathBuf,
        /// What is wrong, by key.
        fault: RecipeFault,
    },
    /// The world cannot be kept.
    #[error(transparent)]
    Domain(#[from] Error),
}

/// Makes the first world, unless there is one; returns the installation's first world. The recipe is copied into the
/// world, so that a later change of the file leaves grown land alone; what changes it is [`recipes::publish`].
///
/// # Errors
/// The recipe cannot be used, or the database failed.
pub async fn seed(domain: &Domain, new: &NewWorld) -> Result<WorldId, SeedError> {
    let present = store::worlds::list(domain.store()).await.map_err(Error::from)?;
    if let Some(first) = present.first() {
        note_first_versions(domain, &present).await?;
        return Ok(first.id);
    }
    let recipe_text = read_recipe(&new.recipe_file, new.seed)?;
    let record = WorldRecord {
        id: WorldId::from_uuid(Uuid::now_v7()),
        name: new.name.clone(),
        seed: new.seed,
        recipe_id: new.recipe_file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        recipe_text,
        recipe_version: 1,
        engine: ENGINE,
        created_at: store::now(),
    };
    insert(domain, &record).await?;
    note_first_versions(domain, std::slice::from_ref(&record)).await?;
    Ok(record.id)
}

/// Sees to it that each world's recipe has a history; worlds of older databases have none yet. A world of another engine
/// can't say what grows from it, and waits.
async fn note_first_versions(domain: &Domain, worlds: &[WorldRecord]) -> Result<(), Error> {
    for world in worlds {
        match domain.terrain().world(world.id).await {
            Ok(grown) => recipes::note_first(domain.store(), world, grown.fingerprint.to_string()).await?,
            Err(Error::Unavailable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The recipe's text, once it is sure that a world can grow from it.
fn read_recipe(file: &Path, seed: u64) -> Result<String, SeedError> {
    let text =
        std::fs::read_to_string(file).map_err(|cause| SeedError::File { file: file.to_owned(), cause })?;
    let recipe = Recipe::from_yaml(&file.display().to_string(), &text)?;
    World::new(seed, recipe).map_err(|fault| SeedError::Fault { file: file.to_owned(), fault })?;
    Ok(text)
}

async fn insert(domain: &Domain, record: &WorldRecord) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    store::worlds::insert(&transaction, record).await?;
    let details = json!({ "name": record.name, "recipe": record.recipe_id, "seed": record.seed.to_string() });
    let server = Actor::visitor(Arrival::within());
    audit::note(&transaction, &server, "world.create", format!("world {}", record.id), details).await?;
    Ok(transaction.commit().await?)
}
