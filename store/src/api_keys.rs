//! Keys of programs. Only hashes of their secrets are kept.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Expr};
use serde_json::Value;
use uuid::Uuid;

use crate::{Records, StoreError, entity::api_key};

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiKey {
    /// The key.
    pub id: Uuid,
    /// Whose permissions it has part of.
    pub account_id: AccountId,
    /// What people call it.
    pub name: String,
    /// Hex hash of the secret.
    pub secret_hash: String,
    /// Names of the permissions that it has.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: AccountId,
    /// When it ends by itself; never, if `None`.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was ended, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl TryFrom<api_key::Model> for ApiKey {
    type Error = StoreError;

    fn try_from(row: api_key::Model) -> Result<Self, StoreError> {
        let scopes = serde_json::from_value(row.scopes).map_err(|error| StoreError::Unreadable {
            table: "api_key",
            reason: format!("scopes of {}: {error}", row.id),
        })?;
        Ok(Self {
            id: row.id,
            account_id: AccountId::from_uuid(row.account_id),
            name: row.name,
            secret_hash: row.secret_hash,
            scopes,
            created_at: row.created_at,
            created_by: AccountId::from_uuid(row.created_by),
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        })
    }
}

/// Adds a key.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &ApiKey) -> Result<(), StoreError> {
    let row = api_key::ActiveModel {
        id: Set(new.id),
        account_id: Set(new.account_id.uuid()),
        name: Set(new.name.clone()),
        secret_hash: Set(new.secret_hash.clone()),
        scopes: Set(Value::from(new.scopes.clone())),
        created_at: Set(new.created_at),
        created_by: Set(new.created_by.uuid()),
        expires_at: Set(new.expires_at),
        last_used_at: Set(new.last_used_at),
        revoked_at: Set(new.revoked_at),
    };
    api_key::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The key with that secret, whatever its condition.
///
/// # Errors
/// The database failed.
pub async fn find_by_hash(records: &impl Records, secret_hash: &str) -> Result<Option<ApiKey>, StoreError> {
    api_key::Entity::find()
        .filter(api_key::Column::SecretHash.eq(secret_hash))
        .one(records.connection())
        .await?
        .map(ApiKey::try_from)
        .transpose()
}

/// The key of that id, whatever its condition.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<ApiKey>, StoreError> {
    api_key::Entity::find_by_id(id).one(records.connection()).await?.map(ApiKey::try_from).transpose()
}

/// All keys, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list(records: &impl Records) -> Result<Vec<ApiKey>, StoreError> {
    let rows = api_key::Entity::find().order_by_desc(api_key::Column::Id).all(records.connection()).await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// Ends a key. True for exactly one of all who try.
///
/// # Errors
/// The database failed.
pub async fn revoke(records: &impl Records, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let outcome = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(now))
        .filter(api_key::Column::Id.eq(id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Notes that a key was used.
///
/// # Errors
/// The database failed.
pub async fn note_use(records: &impl Records, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::value(now))
        .filter(api_key::Column::Id.eq(id))
        .exec(records.connection())
        .await?;
    Ok(())
}
