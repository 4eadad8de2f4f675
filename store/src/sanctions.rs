//! What moderators did to accounts: bans, mutes, kicks and notes, with their ends and appeals.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::Expr,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::sanction};

/// Most that is read of an account's history.
const HISTORY_MAX: u64 = 500;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// The sanction.
    pub id: Uuid,
    /// Against whom.
    pub account_id: AccountId,
    /// Name of the kind.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: AccountId,
    /// When it ends by itself; never, if `None`.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was taken back, if so.
    pub lifted_at: Option<DateTime<Utc>>,
    /// By whom.
    pub lifted_by: Option<AccountId>,
    /// Why.
    pub lift_reason: Option<String>,
    /// Name of the state of its appeal.
    pub appeal: String,
}

impl From<sanction::Model> for Sanction {
    fn from(row: sanction::Model) -> Self {
        Self {
            id: row.id,
            account_id: AccountId::from_uuid(row.account_id),
            kind: row.kind,
            reason: row.reason,
            created_at: row.created_at,
            created_by: AccountId::from_uuid(row.created_by),
            ends_at: row.ends_at,
            lifted_at: row.lifted_at,
            lifted_by: row.lifted_by.map(AccountId::from_uuid),
            lift_reason: row.lift_reason,
            appeal: row.appeal,
        }
    }
}

/// Adds a sanction.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Sanction) -> Result<(), StoreError> {
    let row = sanction::ActiveModel {
        id: Set(new.id),
        account_id: Set(new.account_id.uuid()),
        kind: Set(new.kind.clone()),
        reason: Set(new.reason.clone()),
        created_at: Set(new.created_at),
        created_by: Set(new.created_by.uuid()),
        ends_at: Set(new.ends_at),
        lifted_at: Set(new.lifted_at),
        lifted_by: Set(new.lifted_by.map(AccountId::uuid)),
        lift_reason: Set(new.lift_reason.clone()),
        appeal: Set(new.appeal.clone()),
    };
    sanction::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The sanction of that id.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: Uuid) -> Result<Option<Sanction>, StoreError> {
    Ok(sanction::Entity::find_by_id(id).one(records.connection()).await?.map(Sanction::from))
}

/// An account's history, the newest first.
///
/// # Errors
/// The database failed.
pub async fn list_of_account(
    records: &impl Records,
    account: AccountId,
) -> Result<Vec<Sanction>, StoreError> {
    let rows = sanction::Entity::find()
        .filter(sanction::Column::AccountId.eq(account.uuid()))
        .order_by_desc(sanction::Column::Id)
        .limit(HISTORY_MAX)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(Sanction::from).collect())
}

/// The sanction of that kind that holds longest now, if one does.
///
/// # Errors
/// The database failed.
pub async fn find_in_force(
    records: &impl Records,
    account: AccountId,
    kind: &str,
    now: DateTime<Utc>,
) -> Result<Option<Sanction>, StoreError> {
    let lasts =
        Condition::any().add(sanction::Column::EndsAt.is_null()).add(sanction::Column::EndsAt.gt(now));
    let rows = sanction::Entity::find()
        .filter(sanction::Column::AccountId.eq(account.uuid()))
        .filter(sanction::Column::Kind.eq(kind))
        .filter(sanction::Column::LiftedAt.is_null())
        .filter(lasts)
        .all(records.connection())
        .await?;
    let longest = rows.into_iter().max_by_key(|row| row.ends_at.unwrap_or(DateTime::<Utc>::MAX_UTC));
    Ok(longest.map(Sanction::from))
}

/// Takes a sanction back. True for exactly one of all who try.
///
/// # Errors
/// The database failed.
pub async fn lift(
    records: &impl Records,
    id: Uuid,
    by: AccountId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = sanction::Entity::update_many()
        .col_expr(sanction::Column::LiftedAt, Expr::value(now))
        .col_expr(sanction::Column::LiftedBy, Expr::value(by.uuid()))
        .col_expr(sanction::Column::LiftReason, Expr::value(reason))
        .filter(sanction::Column::Id.eq(id))
        .filter(sanction::Column::LiftedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Notes where the appeal against a sanction stands.
///
/// # Errors
/// The database failed.
pub async fn set_appeal(records: &impl Records, id: Uuid, appeal: &str) -> Result<(), StoreError> {
    sanction::Entity::update_many()
        .col_expr(sanction::Column::Appeal, Expr::value(appeal))
        .filter(sanction::Column::Id.eq(id))
        .exec(records.connection())
        .await?;
    Ok(())
}
