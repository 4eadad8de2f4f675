//! Roles that accounts were given beside their own: where, and until when.

use chrono::{DateTime, Utc};
use grid::{AccountId, RegionCoord, WorldId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::Expr,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::role_grant};

/// Most that is read of an account's history.
const HISTORY_MAX: u64 = 500;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The grant.
    pub id: Uuid,
    /// To whom.
    pub account_id: AccountId,
    /// The role: one that was made, or one that every installation has.
    pub role_id: Uuid,
    /// The role's name when it was given.
    pub role_name: String,
    /// The world that it holds in; everywhere, if `None`.
    pub world_id: Option<WorldId>,
    /// The region of that world; all of it, if `None`.
    pub region: Option<RegionCoord>,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: AccountId,
    /// When it ends by itself; never, if `None`.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was taken, if so.
    pub taken_at: Option<DateTime<Utc>>,
    /// By whom.
    pub taken_by: Option<AccountId>,
    /// Why.
    pub take_reason: Option<String>,
}

impl From<role_grant::Model> for Grant {
    fn from(row: role_grant::Model) -> Self {
        Self {
            id: row.id,
            account_id: AccountId::from_uuid(row.account_id),
            role_id: row.role_id,
            role_name: row.role_name,
            world_id: row.world_id.map(WorldId::from_uuid),
            region: row.region_x.zip(row.region_z).map(|(x, z)| RegionCoord::new(x, z)),
            reason: row.reason,
            created_at: row.created_at,
            created_by: AccountId::from_uuid(row.created_by),
            ends_at: row.ends_at,
            taken_at: row.taken_at,
            taken_by: row.taken_by.map(AccountId::from_uuid),
            take_reason: row.take_reason,
        }
    }
}

/// Adds a grant.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Grant) -> Result<(), StoreError> {
    let row = role_grant::ActiveModel {
        id: Set(new.id),
        account_id: Set(new.account_id.uuid()),
        role_id: Set(new.role_id),
        role_name: Set(new.role_name.clone()),
        world_id: Set(new.world_id.map(WorldId::uuid)),
        region_x: Set(new.region.map(|region| region.x)),
        region_z: Set(new.region.map(|region| region.z)),
        reason: Set(new.reason.clone()),
        created_at: Set(new.created_at),
        created_by: Set(new.created_by.uuid()),
        ends_at: Set(new.ends_at),
        taken_at: Set(new.taken_at),
        taken_by: Set(new.taken_by.map(AccountId::uuid)),
        take_reason: Set(new.take_reason.clone()),
    };
    role_grant::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The grant of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<Grant>, StoreError> {
    Ok(role_grant::Entity::find_by_id(id).one(records.connection()).await?.map(Grant::from))
}

/// An account's history, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list_of_account(records: &impl Records, account: AccountId) -> Result<Vec<Grant>, StoreError> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(account.uuid()))
        .order_by_desc(role_grant::Column::Id)
        .limit(HISTORY_MAX)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Grant::from).collect())
}

/// What an account has been given that holds at `now`.
///
/// # Errors
/// The database failed.
pub async fn list_in_force(
    records: &impl Records,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Grant>, StoreError> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(account.uuid()))
        .filter(holds(now))
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Grant::from).collect())
}

/// The accounts that have been given a role that holds at `now`, each once.
///
/// # Errors
/// The database failed.
pub async fn holders_of(
    records: &impl Records,
    role: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<AccountId>, StoreError> {
    let ids: Vec<Uuid> = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::AccountId)
        .distinct()
        .filter(role_grant::Column::RoleId.eq(role))
        .filter(holds(now))
        .into_tuple()
        .all(records.connection())
        .await?;
    Ok(ids.into_iter().map(AccountId::from_uuid).collect())
}

/// Takes a grant back. True for exactly one of all who try.
///
/// # Errors
/// The database failed.
pub async fn take(
    records: &impl Records,
    id: Uuid,
    by: AccountId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = role_grant::Entity::update_many()
        .col_expr(role_grant::Column::TakenAt, Expr::value(now))
        .col_expr(role_grant::Column::TakenBy, Expr::value(by.uuid()))
        .col_expr(role_grant::Column::TakeReason, Expr::value(reason))
        .filter(role_grant::Column::Id.eq(id))
        .filter(role_grant::Column::TakenAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

fn holds(now: DateTime<Utc>) -> Condition {
    let lasts =
        Condition::any().add(role_grant::Column::EndsAt.is_null()).add(role_grant::Column::EndsAt.gt(now));
    Condition::all().add(role_grant::Column::TakenAt.is_null()).add(lasts)
}
