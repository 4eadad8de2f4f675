//! Worlds: a seed and a recipe.

use chrono::{DateTime, Utc};
use grid::WorldId;
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    EntityTrait, QueryOrder,
};

use crate::{Records, StoreError, entity::world};

/// A world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldRecord {
    /// The world.
    pub id: WorldId,
    /// Its name.
    pub name: String,
    /// What its terrain grows from.
    pub seed: u64,
    /// Id of its recipe.
    pub recipe_id: String,
    /// The text of the recipe's newest version. The world keeps its own copy: a changed file must not change grown land.
    pub recipe_text: String,
    /// The recipe's newest version, from 1.
    pub recipe_version: u32,
    /// Version of the generator that it was made with.
    pub engine: u32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<world::Model> for WorldRecord {
    fn from(row: world::Model) -> Self {
        Self {
            id: WorldId::from_uuid(row.id),
            name: row.name,
            seed: row.seed.cast_unsigned(),
            recipe_id: row.recipe_id,
            recipe_text: row.recipe_text,
            recipe_version: row.recipe_version.cast_unsigned(),
            engine: row.engine.cast_unsigned(),
            created_at: row.created_at,
        }
    }
}

/// Adds a world.
///
/// # Errors
/// [`StoreError::Conflict`] if the name is taken; otherwise the database failed.
pub async fn insert(records: &impl Records, new: &WorldRecord) -> Result<(), StoreError> {
    let row = world::ActiveModel {
        id: Set(new.id.uuid()),
        name: Set(new.name.clone()),
        seed: Set(new.seed.cast_signed()),
        recipe_id: Set(new.recipe_id.clone()),
        recipe_text: Set(new.recipe_text.clone()),
        recipe_version: Set(new.recipe_version.cast_signed()),
        engine: Set(new.engine.cast_signed()),
        created_at: Set(new.created_at),
    };
    world::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Gives a world the next version of its recipe.
///
/// # Errors
/// The database failed.
pub async fn set_recipe(
    records: &impl Records,
    id: WorldId,
    (version, text, engine): (u32, &str, u32),
) -> Result<(), StoreError> {
    let row = world::ActiveModel {
        id: Unchanged(id.uuid()),
        recipe_text: Set(text.to_owned()),
        recipe_version: Set(version.cast_signed()),
        engine: Set(engine.cast_signed()),
        ..Default::default()
    };
    world::Entity::update(row).exec(records.connection()).await?;
    Ok(())
}

/// The world of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: WorldId) -> Result<Option<WorldRecord>, StoreError> {
    Ok(world::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(WorldRecord::from))
}

/// All worlds, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records) -> Result<Vec<WorldRecord>, StoreError> {
    let rows = world::Entity::find()
        .order_by_asc(world::Column::CreatedAt)
        .order_by_asc(world::Column::Id)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(WorldRecord::from).collect())
}
