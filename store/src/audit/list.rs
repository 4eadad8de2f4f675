//! Reading the chain.

use chrono::{DateTime, Utc};
use grid::AccountId;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{AuditEntry, Head, Link};
use crate::{Records, StoreError, entity::audit_log};

/// Which entries to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Who did it.
    pub actor: Option<AccountId>,
    /// What was done: the whole name, or its beginning up to a dot.
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
    /// Not before.
    pub since: Option<DateTime<Utc>>,
    /// Not after.
    pub until: Option<DateTime<Utc>>,
    /// Only places before this one.
    pub before: Option<i64>,
}

/// The entries that are wanted, the newest first.
///
/// # Errors
/// The database failed, or an entry is not understood.
pub async fn list(records: &impl Records, wanted: &Wanted, limit: u64) -> Result<Vec<Link>, StoreError> {
    let mut query = audit_log::Entity::find().order_by_desc(audit_log::Column::Seq).limit(limit);
    if let Some(actor) = wanted.actor {
        query = query.filter(audit_log::Column::Actor.eq(actor.uuid()));
    }
    if let Some(action) = &wanted.action {
        let column = audit_log::Column::Action;
        query = query.filter(column.eq(action).or(column.starts_with(format!("{action}."))));
    }
    if let Some(subject) = &wanted.subject {
        query = query.filter(audit_log::Column::Subject.eq(subject));
    }
    if let Some(since) = wanted.since {
        query = query.filter(audit_log::Column::At.gte(since));
    }
    if let Some(until) = wanted.until {
        query = query.filter(audit_log::Column::At.lte(until));
    }
    if let Some(before) = wanted.before {
        query = query.filter(audit_log::Column::Seq.lt(before));
    }
    query.all(records.connection()).await?.into_iter().map(Link::try_from).collect()
}

/// The newest entries, the newest first.
///
/// # Errors
/// As of [`list`].
pub async fn latest(records: &impl Records, limit: u64) -> Result<Vec<AuditEntry>, StoreError> {
    Ok(list(records, &Wanted::default(), limit).await?.into_iter().map(|link| link.entry).collect())
}

/// The last entry's place and hash; `None` if there is no entry.
///
/// # Errors
/// The database failed.
pub async fn head(records: &impl Records) -> Result<Option<Head>, StoreError> {
    let last =
        audit_log::Entity::find().order_by_desc(audit_log::Column::Seq).one(records.connection()).await?;
    Ok(last.map(|row| Head { seq: row.seq, hash: row.hash }))
}

/// Entries behind a place, the oldest first.
pub(super) async fn rows_after(
    records: &impl Records,
    seq: i64,
    limit: u64,
) -> Result<Vec<audit_log::Model>, StoreError> {
    Ok(audit_log::Entity::find()
        .filter(audit_log::Column::Seq.gt(seq))
        .order_by_asc(audit_log::Column::Seq)
        .limit(limit)
        .all(records.connection())
        .await?)
}
