//! Players' characters.

use chrono::{DateTime, Utc};
use grid::{AccountId, CharacterId, Position, WorldId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, prelude::Expr, sea_query::LikeExpr,
};

use crate::{Records, StoreError, entity::character};

/// A character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Character {
    /// The character.
    pub id: CharacterId,
    /// Whose it is.
    pub account_id: AccountId,
    /// The world that it lives in.
    pub world_id: WorldId,
    /// Its name, unique in its world whatever the letter case.
    pub name: String,
    /// Name of its race.
    pub race: String,
    /// Where it was last saved.
    pub position: Position,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
    /// When it last entered the game.
    pub last_played_at: Option<DateTime<Utc>>,
}

impl From<character::Model> for Character {
    fn from(row: character::Model) -> Self {
        Self {
            id: CharacterId::from_uuid(row.id),
            account_id: AccountId::from_uuid(row.account_id),
            world_id: WorldId::from_uuid(row.world_id),
            name: row.name,
            race: row.race,
            position: Position { x: row.x, y: row.y, z: row.z },
            created_at: row.created_at,
            updated_at: row.updated_at,
            last_played_at: row.last_played_at,
        }
    }
}

/// Adds a character.
///
/// # Errors
/// [`StoreError::Conflict`] if the name is taken in that world; otherwise the database failed.
pub async fn insert(records: &impl Records, new: &Character) -> Result<(), StoreError> {
    let row = character::ActiveModel {
        id: Set(new.id.uuid()),
        account_id: Set(new.account_id.uuid()),
        world_id: Set(new.world_id.uuid()),
        name: Set(new.name.clone()),
        name_key: Set(new.name.to_lowercase()),
        race: Set(new.race.clone()),
        x: Set(new.position.x),
        y: Set(new.position.y),
        z: Set(new.position.z),
        created_at: Set(new.created_at),
        updated_at: Set(new.updated_at),
        last_played_at: Set(new.last_played_at),
    };
    character::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The character of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: CharacterId) -> Result<Option<Character>, StoreError> {
    Ok(character::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(Character::from))
}

/// The characters of an account, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn list_of_account(
    records: &impl Records,
    account: AccountId,
) -> Result<Vec<Character>, StoreError> {
    let rows = character::Entity::find()
        .filter(character::Column::AccountId.eq(account.uuid()))
        .order_by_asc(character::Column::CreatedAt)
        .order_by_asc(character::Column::Id)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Character::from).collect())
}

/// Which characters to list.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Part of the name, in folded form.
    pub name: Option<String>,
    /// Only those that were made before this one.
    pub before: Option<CharacterId>,
}

/// Everybody's characters that fit, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records, wanted: &Wanted, limit: u64) -> Result<Vec<Character>, StoreError> {
    let mut query = character::Entity::find().order_by_desc(character::Column::Id).limit(limit);
    if let Some(name) = &wanted.name {
        let escaped = name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = LikeExpr::new(format!("%{escaped}%")).escape('\\');
        query = query.filter(Expr::col(character::Column::NameKey).like(pattern));
    }
    if let Some(before) = wanted.before {
        query = query.filter(character::Column::Id.lt(before.uuid()));
    }
    let rows = query.all(records.connection()).await?;
    Ok(rows.into_iter().map(Character::from).collect())
}

/// How many characters an account has.
///
/// # Errors
/// The database failed.
pub async fn count_of_account(records: &impl Records, account: AccountId) -> Result<u64, StoreError> {
    let own = character::Entity::find().filter(character::Column::AccountId.eq(account.uuid()));
    Ok(own.count(records.connection()).await?)
}

/// Saves where a character stands.
///
/// # Errors
/// The database failed.
pub async fn save_position(
    records: &impl Records,
    id: CharacterId,
    position: Position,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    character::Entity::update_many()
        .col_expr(character::Column::X, Expr::value(position.x))
        .col_expr(character::Column::Y, Expr::value(position.y))
        .col_expr(character::Column::Z, Expr::value(position.z))
        .col_expr(character::Column::UpdatedAt, Expr::value(now))
        .filter(character::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Saves where several characters stand, in one transaction.
///
/// # Errors
/// The database failed; then none was saved.
pub async fn save_positions(
    store: &crate::Store,
    positions: &[(CharacterId, Position)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let transaction = store.begin().await?;
    for &(id, position) in positions {
        save_position(&transaction, id, position, now).await?;
    }
    transaction.commit().await
}

/// Notes that a character entered the game.
///
/// # Errors
/// The database failed.
pub async fn note_played(
    records: &impl Records,
    id: CharacterId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    character::Entity::update_many()
        .col_expr(character::Column::LastPlayedAt, Expr::value(now))
        .filter(character::Column::Id.eq(id.uuid()))
        .exec(records.connection())
        .await?;
    Ok(())
}
