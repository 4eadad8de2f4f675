//! Roles that the installation has made, beside those that every installation has.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use crate::{Records, StoreError, entity::custom_role};

/// Most that are read.
pub const ROLES_MAX: u64 = 200;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRole {
    /// The role.
    pub id: Uuid,
    /// Its name for people.
    pub name: String,
    /// The name without letter case, by which no two are the same.
    pub name_folded: String,
    /// What it is for.
    pub description: String,
    /// Names of the permissions that it has.
    pub permissions: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: AccountId,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

impl TryFrom<custom_role::Model> for CustomRole {
    type Error = StoreError;

    fn try_from(row: custom_role::Model) -> Result<Self, StoreError> {
        let permissions =
            serde_json::from_value(row.permissions).map_err(|error| StoreError::Unreadable {
                table: "custom_role",
                reason: format!("permissions of {}: {error}", row.id),
            })?;
        Ok(Self {
            id: row.id,
            name: row.name,
            name_folded: row.name_folded,
            description: row.description,
            permissions,
            created_at: row.created_at,
            created_by: AccountId::from_uuid(row.created_by),
            changed_at: row.changed_at,
        })
    }
}

fn row_of(role: &CustomRole) -> custom_role::ActiveModel {
    custom_role::ActiveModel {
        id: Set(role.id),
        name: Set(role.name.clone()),
        name_folded: Set(role.name_folded.clone()),
        description: Set(role.description.clone()),
        permissions: Set(Value::from(role.permissions.clone())),
        created_at: Set(role.created_at),
        created_by: Set(role.created_by.uuid()),
        changed_at: Set(role.changed_at),
    }
}

/// Adds a role.
///
/// # Errors
/// [`StoreError::Conflict`] if the name is taken; otherwise the database failed.
pub async fn insert(records: &impl Records, new: &CustomRole) -> Result<(), StoreError> {
    custom_role::Entity::insert(row_of(new)).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Writes a role anew. It must be there.
///
/// # Errors
/// [`StoreError::Conflict`] if the name is taken; otherwise the database failed.
pub async fn update(records: &impl Records, role: &CustomRole) -> Result<(), StoreError> {
    custom_role::Entity::update(row_of(role)).exec(records.connection()).await?;
    Ok(())
}

/// The role of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<CustomRole>, StoreError> {
    custom_role::Entity::find_by_id(id).one(records.connection()).await?.map(CustomRole::try_from).transpose()
}

/// All of them by name, at most [`ROLES_MAX`].
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records) -> Result<Vec<CustomRole>, StoreError> {
    let query = custom_role::Entity::find().order_by_asc(custom_role::Column::NameFolded).limit(ROLES_MAX);
    query.all(records.connection()).await?.into_iter().map(CustomRole::try_from).collect()
}

/// Removes a role. True if it was there.
///
/// # Errors
/// The database failed.
pub async fn remove(records: &impl Records, id: Uuid) -> Result<bool, StoreError> {
    Ok(custom_role::Entity::delete_by_id(id).exec(records.connection()).await?.rows_affected == 1)
}
