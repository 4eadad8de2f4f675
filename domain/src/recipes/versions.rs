//! The history of a world's recipe.

use api::{
    List,
    recipe::{RecipeVersion, RecipeVersionText, VersionState},
    right,
};
use grid::WorldId;
use serde_json::json;
use store::{Store, StoreError, recipes::RecipeVersionRecord, worlds::WorldRecord};
use uuid::Uuid;

use super::Names;
use crate::{Allowed, Domain, Error};

/// Versions of a page.
const PAGE_VERSIONS: usize = 50;

/// A page of versions, the newest first; `cursor` is the `next` of the page before.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world, [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewRecipes>,
    world: WorldId,
    cursor: Option<String>,
) -> Result<List<RecipeVersion>, Error> {
    let before = cursor.map(|text| text.parse::<u32>()).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    let limit = PAGE_VERSIONS as u64 + 1;
    let in_force = domain.terrain().world(world).await?.record.recipe_version;
    let mut records = store::recipes::list_versions(domain.store(), world, before, limit).await?;
    let has_more = records.len() > PAGE_VERSIONS;
    records.truncate(PAGE_VERSIONS);
    let next = records.last().filter(|_| has_more).map(|record| record.version.to_string());
    let names = Names::of(domain, records.iter().map(|record| record.published_by)).await?;
    let newest = match before {
        None => records.first().map_or(in_force, |record| record.version),
        Some(_) => u32::MAX,
    };
    let items = records.into_iter().map(|record| view(record, &names, in_force, newest));
    Ok(List { items: items.collect::<Result<_, _>>()?, next })
}

/// A version with its text.
///
/// # Errors
/// [`Error::NotFound`] if there is no such version.
pub async fn read(
    domain: &Domain,
    _: &Allowed<right::ViewRecipes>,
    world: WorldId,
    version: u32,
) -> Result<RecipeVersionText, Error> {
    let found = store::recipes::find_version(domain.store(), world, version).await?;
    let found = found.ok_or(Error::NotFound("version of this world's recipe"))?;
    Ok(RecipeVersionText { id: found.id, version: found.version, yaml: found.yaml })
}

/// The version that was published last.
pub(super) async fn newest(domain: &Domain, world: WorldId) -> Result<RecipeVersion, Error> {
    let subject = super::subject(domain, world).await?;
    let names = Names::of(domain, [subject.newest.published_by].into_iter()).await?;
    let newest = subject.newest.version;
    view(subject.newest, &names, subject.world.record.recipe_version, newest)
}

/// Writes down the recipe that a world was made with as its first version, unless the world has versions.
pub(crate) async fn note_first(
    store: &Store,
    world: &WorldRecord,
    fingerprint: String,
) -> Result<(), StoreError> {
    if !store::recipes::list_versions(store, world.id, None, 1).await?.is_empty() {
        return Ok(());
    }
    let first = RecipeVersionRecord {
        id: Uuid::now_v7(),
        world_id: world.id,
        version: world.recipe_version,
        yaml: world.recipe_text.clone(),
        engine: world.engine,
        fingerprint,
        changes: json!([]),
        changes_terrain: false,
        reason: "The world was made.".to_owned(),
        restores: None,
        published_by: None,
        published_at: world.created_at,
    };
    match store::recipes::append_version(store, &first).await {
        // Another process of the installation was quicker.
        Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn view(
    record: RecipeVersionRecord,
    names: &Names,
    in_force: u32,
    newest: u32,
) -> Result<RecipeVersion, Error> {
    let state = if record.version == in_force {
        VersionState::InForce
    } else if record.version == newest {
        VersionState::Waiting
    } else {
        VersionState::Past
    };
    let changes = serde_json::from_value(record.changes)
        .map_err(|error| StoreError::Unreadable { table: "recipe_version", reason: error.to_string() })?;
    Ok(RecipeVersion {
        id: record.id,
        version: record.version,
        state,
        fingerprint: record.fingerprint,
        published_at: record.published_at,
        published_by: names.name(record.published_by),
        reason: record.reason,
        restores: record.restores,
        changes,
        changes_terrain: record.changes_terrain,
    })
}
