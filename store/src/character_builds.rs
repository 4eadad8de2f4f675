//! What characters are made of by the rules: choices, belongings, wear, in a form that only the rules read.

use chrono::{DateTime, Utc};
use grid::CharacterId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, prelude::Expr};
use serde_json::Value;

use crate::{Records, StoreError, entity::character_build};

/// What a character is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct CharacterBuild {
    /// Whose it is.
    pub character: CharacterId,
    /// Which form `build` has.
    pub version: i16,
    /// Grows by one with each change.
    pub revision: i64,
    /// Choices, belongings and wear.
    pub build: Value,
}

impl From<character_build::Model> for CharacterBuild {
    fn from(row: character_build::Model) -> Self {
        Self {
            character: CharacterId::from_uuid(row.character_id),
            version: row.version,
            revision: row.revision,
            build: row.build,
        }
    }
}

/// Adds the build of a character that has none.
///
/// # Errors
/// [`StoreError::Conflict`] if it has one; otherwise the database failed.
pub async fn insert(
    records: &impl Records,
    new: &CharacterBuild,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = character_build::ActiveModel {
        character_id: Set(new.character.uuid()),
        version: Set(new.version),
        revision: Set(new.revision),
        build: Set(new.build.clone()),
        updated_at: Set(now),
    };
    character_build::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The build of a character.
///
/// # Errors
/// The database failed.
pub async fn find(
    records: &impl Records,
    character: CharacterId,
) -> Result<Option<CharacterBuild>, StoreError> {
    let row = character_build::Entity::find_by_id(character.uuid()).one(records.connection()).await?;
    Ok(row.map(CharacterBuild::from))
}

/// The builds of several characters, in no order. Some may have none.
///
/// # Errors
/// The database failed.
pub async fn find_all(
    records: &impl Records,
    characters: impl IntoIterator<Item = CharacterId>,
) -> Result<Vec<CharacterBuild>, StoreError> {
    let ids = characters.into_iter().map(CharacterId::uuid);
    let rows = character_build::Entity::find()
        .filter(character_build::Column::CharacterId.is_in(ids))
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(CharacterBuild::from).collect())
}

/// Puts another build in the place of the one that `changed` was made from, whose revision it carries. Returns whether that was
/// still there.
///
/// # Errors
/// The database failed.
pub async fn replace(
    records: &impl Records,
    changed: &CharacterBuild,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = character_build::Entity::update_many()
        .col_expr(character_build::Column::Version, Expr::value(changed.version))
        .col_expr(character_build::Column::Revision, Expr::value(changed.revision + 1))
        .col_expr(character_build::Column::Build, Expr::value(changed.build.clone()))
        .col_expr(character_build::Column::UpdatedAt, Expr::value(now))
        .filter(character_build::Column::CharacterId.eq(changed.character.uuid()))
        .filter(character_build::Column::Revision.eq(changed.revision))
        .exec(records.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
