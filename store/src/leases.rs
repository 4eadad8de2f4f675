//! Leases: of all processes that want to do something, one does it, until it has been silent for too long.
//!
//! A lease keeps two processes from doing the same work; it does not keep a process that slept through its lease from
//! writing once more. Whatever is done under a lease must bear that.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, prelude::Expr, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::lease};

/// Takes or prolongs a lease until `until`. False if another holder has it still.
///
/// # Errors
/// The database failed.
pub async fn take(
    records: &impl Records,
    name: &str,
    holder: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let free = Condition::any().add(lease::Column::Holder.eq(holder)).add(lease::Column::Until.lt(now));
    let taken = lease::Entity::update_many()
        .col_expr(lease::Column::Holder, Expr::value(holder))
        .col_expr(lease::Column::Until, Expr::value(until))
        .filter(lease::Column::Name.eq(name))
        .filter(free)
        .exec(records.connection())
        .await?;
    if taken.rows_affected == 1 {
        return Ok(true);
    }
    let row = lease::ActiveModel { name: Set(name.to_owned()), holder: Set(holder), until: Set(until) };
    let made = lease::Entity::insert(row)
        .on_conflict(OnConflict::column(lease::Column::Name).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(records.connection())
        .await?;
    Ok(matches!(made, sea_orm::TryInsertResult::Inserted(1)))
}

/// Gives a lease back, if `holder` has it.
///
/// # Errors
/// The database failed.
pub async fn release(records: &impl Records, name: &str, holder: Uuid) -> Result<(), StoreError> {
    lease::Entity::delete_many()
        .filter(lease::Column::Name.eq(name))
        .filter(lease::Column::Holder.eq(holder))
        .exec(records.connection())
        .await?;
    Ok(())
}
