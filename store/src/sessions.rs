//! Sign-ins: the dashboard's cookies and the clients' refresh tokens. Only hashes of the secrets are kept.

use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use infra::sessions::{LISTED_MAX, PAGE_MAX};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, Iterable as _, QueryFilter, QueryOrder as _,
    QuerySelect as _, prelude::Expr, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Records, StoreError, entity::session};

/// What the secret of a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// The value of a cookie; the same until the session ends.
    Cookie,
    /// A refresh token; each one buys its successor.
    Refresh,
}

impl SessionKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Refresh => "refresh",
        }
    }
}

/// A session, or one link of a refreshed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub account_id: AccountId,
    /// What all successors of one sign-in share.
    pub family_id: Uuid,
    /// What its secret is.
    pub kind: SessionKind,
    /// Hex hash of the secret.
    pub token_hash: String,
    /// The successor that its token bought.
    pub replaced_by: Option<SessionId>,
    /// When that was.
    pub replaced_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The program that signed in, as it called itself.
    pub user_agent: Option<String>,
    /// Where it signed in from.
    pub address: Option<String>,
    /// The account of the staff that looks through this one's eyes by it, if it is such a session.
    pub impersonator: Option<AccountId>,
}

impl TryFrom<session::Model> for Session {
    type Error = StoreError;

    fn try_from(row: session::Model) -> Result<Self, StoreError> {
        let kind = [SessionKind::Cookie, SessionKind::Refresh]
            .into_iter()
            .find(|kind| kind.name() == row.kind)
            .ok_or_else(|| StoreError::Unreadable {
                table: "session",
                reason: format!("kind {:?}", row.kind),
            })?;
        Ok(Self {
            id: SessionId::from_uuid(row.id),
            account_id: AccountId::from_uuid(row.account_id),
            family_id: row.family_id,
            kind,
            token_hash: row.token_hash,
            replaced_by: row.replaced_by.map(SessionId::from_uuid),
            replaced_at: row.replaced_at,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            user_agent: row.user_agent,
            address: row.address,
            impersonator: row.impersonator.map(AccountId::from_uuid),
        })
    }
}

/// Adds a session.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Session) -> Result<(), StoreError> {
    session::Entity::insert(row_of(new)).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Adds a session, or puts it in place of the one with that id.
///
/// # Errors
/// The database failed.
pub async fn put(records: &impl Records, session: &Session) -> Result<(), StoreError> {
    let in_place = OnConflict::column(session::Column::Id)
        .update_columns(session::Column::iter().filter(|column| !matches!(column, session::Column::Id)))
        .to_owned();
    session::Entity::insert(row_of(session))
        .on_conflict(in_place)
        .exec_without_returning(records.connection())
        .await?;
    Ok(())
}

fn row_of(new: &Session) -> session::ActiveModel {
    session::ActiveModel {
        id: Set(new.id.uuid()),
        account_id: Set(new.account_id.uuid()),
        family_id: Set(new.family_id),
        kind: Set(new.kind.name().to_owned()),
        token_hash: Set(new.token_hash.clone()),
        replaced_by: Set(new.replaced_by.map(SessionId::uuid)),
        replaced_at: Set(new.replaced_at),
        created_at: Set(new.created_at),
        expires_at: Set(new.expires_at),
        revoked_at: Set(new.revoked_at),
        user_agent: Set(new.user_agent.clone()),
        address: Set(new.address.clone()),
        impersonator: Set(new.impersonator.map(AccountId::uuid)),
    }
}

/// The session with that secret, whatever its condition.
///
/// # Errors
/// The database failed.
pub async fn find_by_hash(records: &impl Records, token_hash: &str) -> Result<Option<Session>, StoreError> {
    session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash))
        .one(records.connection())
        .await?
        .map(Session::try_from)
        .transpose()
}

/// The session of that id, whatever its condition.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: SessionId) -> Result<Option<Session>, StoreError> {
    session::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(Session::try_from).transpose()
}

/// The newest session of a family, if the sign-in is not over.
///
/// # Errors
/// The database failed.
pub async fn find_live_of_family(
    records: &impl Records,
    family_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Session>, StoreError> {
    session::Entity::find()
        .filter(session::Column::FamilyId.eq(family_id))
        .filter(session::Column::ReplacedBy.is_null())
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .one(records.connection())
        .await?
        .map(Session::try_from)
        .transpose()
}

/// Marks a live refresh session as replaced by `successor`. True for exactly one of all who try.
///
/// # Errors
/// The database failed.
pub async fn replace(
    records: &impl Records,
    id: SessionId,
    successor: SessionId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let outcome = session::Entity::update_many()
        .col_expr(session::Column::ReplacedBy, Expr::value(successor.uuid()))
        .col_expr(session::Column::ReplacedAt, Expr::value(now))
        .filter(session::Column::Id.eq(id.uuid()))
        .filter(session::Column::ReplacedBy.is_null())
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends all sessions of a family; returns how many were still live.
///
/// # Errors
/// The database failed.
pub async fn revoke_family(
    records: &impl Records,
    family_id: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let outcome = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(session::Column::FamilyId.eq(family_id))
        .filter(session::Column::RevokedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}

/// Ends all sessions of an account, except those of one family if it is named, and those by which it looks through others'
/// eyes; returns how many were still live.
///
/// # Errors
/// The database failed.
pub async fn revoke_account(
    records: &impl Records,
    account_id: AccountId,
    except_family: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut ending = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(
            Condition::any()
                .add(session::Column::AccountId.eq(account_id.uuid()))
                .add(session::Column::Impersonator.eq(account_id.uuid())),
        )
        .filter(session::Column::RevokedAt.is_null());
    if let Some(family) = except_family {
        ending = ending.filter(session::Column::FamilyId.ne(family));
    }
    Ok(ending.exec(records.connection()).await?.rows_affected)
}

/// The newest sessions of an account that are good for something at `now`, at most [`LISTED_MAX`].
///
/// # Errors
/// The database failed.
pub async fn of_account(
    records: &impl Records,
    account_id: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, StoreError> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account_id.uuid()))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ReplacedBy.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::Id)
        .limit(LISTED_MAX as u64)
        .all(records.connection())
        .await?;
    rows.into_iter().map(Session::try_from).collect()
}

/// All sessions by id, a page of at most [`PAGE_MAX`] after `after`.
///
/// # Errors
/// The database failed.
pub async fn page(records: &impl Records, after: Option<SessionId>) -> Result<Vec<Session>, StoreError> {
    let mut query = session::Entity::find();
    if let Some(after) = after {
        query = query.filter(session::Column::Id.gt(after.uuid()));
    }
    let rows =
        query.order_by_asc(session::Column::Id).limit(PAGE_MAX as u64).all(records.connection()).await?;
    rows.into_iter().map(Session::try_from).collect()
}

/// Removes sessions that would have ended by themselves before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(before))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}

/// Gives a live session a later end.
///
/// # Errors
/// The database failed.
pub async fn keep_until(
    records: &impl Records,
    id: SessionId,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    session::Entity::update_many()
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::Id.eq(id.uuid()))
        .filter(session::Column::RevokedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(())
}
