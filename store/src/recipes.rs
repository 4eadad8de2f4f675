//! Recipes of worlds: versions are added and read, never changed; a draft is replaced only by who knew its last revision.

use chrono::{DateTime, Utc};
use grid::{AccountId, WorldId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Records, StoreError,
    entity::{recipe_draft, recipe_version},
};

/// A published version of a world's recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeVersionRecord {
    /// The version's id.
    pub id: Uuid,
    /// The world.
    pub world_id: WorldId,
    /// Counts from 1.
    pub version: u32,
    /// The text.
    pub yaml: String,
    /// The generator that it is for.
    pub engine: u32,
    /// Names the terrain that grows from it with the world's seed.
    pub fingerprint: String,
    /// What differs from the version before.
    pub changes: Value,
    /// Whether the terrain differs from that of the version before.
    pub changes_terrain: bool,
    /// Why it was published.
    pub reason: String,
    /// The earlier version whose text it has, if it is a step back.
    pub restores: Option<u32>,
    /// Who published it; `None` for the server itself.
    pub published_by: Option<AccountId>,
    /// When.
    pub published_at: DateTime<Utc>,
}

impl From<recipe_version::Model> for RecipeVersionRecord {
    fn from(row: recipe_version::Model) -> Self {
        Self {
            id: row.id,
            world_id: WorldId::from_uuid(row.world_id),
            version: row.version.cast_unsigned(),
            yaml: row.yaml,
            engine: row.engine.cast_unsigned(),
            fingerprint: row.fingerprint,
            changes: row.changes,
            changes_terrain: row.changes_terrain,
            reason: row.reason,
            restores: row.restores.map(i32::cast_unsigned),
            published_by: row.published_by.map(AccountId::from_uuid),
            published_at: row.published_at,
        }
    }
}

/// The draft of a world's recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeDraftRecord {
    /// The draft's id.
    pub id: Uuid,
    /// The world.
    pub world_id: WorldId,
    /// The text.
    pub yaml: String,
    /// Grows by one whenever the draft is saved; from 1.
    pub revision: u32,
    /// The version that it was begun from.
    pub based_on: u32,
    /// Who saved it last.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: DateTime<Utc>,
}

impl From<recipe_draft::Model> for RecipeDraftRecord {
    fn from(row: recipe_draft::Model) -> Self {
        Self {
            id: row.id,
            world_id: WorldId::from_uuid(row.world_id),
            yaml: row.yaml,
            revision: row.revision.cast_unsigned(),
            based_on: row.based_on.cast_unsigned(),
            saved_by: row.saved_by.map(AccountId::from_uuid),
            saved_at: row.saved_at,
        }
    }
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Conflict`] if the world has a version of that number; otherwise the database failed.
pub async fn append_version(records: &impl Records, new: &RecipeVersionRecord) -> Result<(), StoreError> {
    let row = recipe_version::ActiveModel {
        id: Set(new.id),
        world_id: Set(new.world_id.uuid()),
        version: Set(new.version.cast_signed()),
        yaml: Set(new.yaml.clone()),
        engine: Set(new.engine.cast_signed()),
        fingerprint: Set(new.fingerprint.clone()),
        changes: Set(new.changes.clone()),
        changes_terrain: Set(new.changes_terrain),
        reason: Set(new.reason.clone()),
        restores: Set(new.restores.map(u32::cast_signed)),
        published_by: Set(new.published_by.map(AccountId::uuid)),
        published_at: Set(new.published_at),
    };
    recipe_version::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The versions of a world's recipe below `before`, the newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list_versions(
    records: &impl Records,
    world: WorldId,
    before: Option<u32>,
    limit: u64,
) -> Result<Vec<RecipeVersionRecord>, StoreError> {
    let mut query = recipe_version::Entity::find().filter(recipe_version::Column::WorldId.eq(world.uuid()));
    if let Some(before) = before {
        query = query.filter(recipe_version::Column::Version.lt(before.cast_signed()));
    }
    let rows =
        query.order_by_desc(recipe_version::Column::Version).limit(limit).all(records.connection()).await?;
    Ok(rows.into_iter().map(RecipeVersionRecord::from).collect())
}

/// One version.
///
/// # Errors
/// The database failed.
pub async fn find_version(
    records: &impl Records,
    world: WorldId,
    version: u32,
) -> Result<Option<RecipeVersionRecord>, StoreError> {
    let row = recipe_version::Entity::find()
        .filter(recipe_version::Column::WorldId.eq(world.uuid()))
        .filter(recipe_version::Column::Version.eq(version.cast_signed()))
        .one(records.connection())
        .await?;
    Ok(row.map(RecipeVersionRecord::from))
}

/// The draft of a world's recipe, if there is one.
///
/// # Errors
/// The database failed.
pub async fn find_draft(
    records: &impl Records,
    world: WorldId,
) -> Result<Option<RecipeDraftRecord>, StoreError> {
    let row = recipe_draft::Entity::find_by_id(world.uuid()).one(records.connection()).await?;
    Ok(row.map(RecipeDraftRecord::from))
}

/// Begins a draft.
///
/// # Errors
/// [`StoreError::Conflict`] if the world has one; otherwise the database failed.
pub async fn begin_draft(records: &impl Records, draft: &RecipeDraftRecord) -> Result<(), StoreError> {
    let row = recipe_draft::ActiveModel {
        world_id: Set(draft.world_id.uuid()),
        id: Set(draft.id),
        yaml: Set(draft.yaml.clone()),
        revision: Set(draft.revision.cast_signed()),
        based_on: Set(draft.based_on.cast_signed()),
        saved_by: Set(draft.saved_by.map(AccountId::uuid)),
        saved_at: Set(draft.saved_at),
    };
    recipe_draft::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Replaces the text of a draft that still has `revision`; says whether it had.
///
/// # Errors
/// The database failed.
pub async fn save_draft(
    records: &impl Records,
    world: WorldId,
    revision: u32,
    (yaml, by, at): (&str, AccountId, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let saved = recipe_draft::Entity::update_many()
        .col_expr(recipe_draft::Column::Yaml, Expr::value(yaml))
        .col_expr(recipe_draft::Column::Revision, Expr::value(revision.cast_signed().saturating_add(1)))
        .col_expr(recipe_draft::Column::SavedBy, Expr::value(by.uuid()))
        .col_expr(recipe_draft::Column::SavedAt, Expr::value(at))
        .filter(recipe_draft::Column::WorldId.eq(world.uuid()))
        .filter(recipe_draft::Column::Revision.eq(revision.cast_signed()))
        .exec(records.connection())
        .await?;
    Ok(saved.rows_affected == 1)
}

/// Takes a draft away; says whether there was one of that revision, or any if none is named.
///
/// # Errors
/// The database failed.
pub async fn remove_draft(
    records: &impl Records,
    world: WorldId,
    revision: Option<u32>,
) -> Result<bool, StoreError> {
    let mut query =
        recipe_draft::Entity::delete_many().filter(recipe_draft::Column::WorldId.eq(world.uuid()));
    if let Some(revision) = revision {
        query = query.filter(recipe_draft::Column::Revision.eq(revision.cast_signed()));
    }
    Ok(query.exec(records.connection()).await?.rows_affected == 1)
}
