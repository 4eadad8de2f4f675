//! Sign-ins: the dashboard's cookies and the clients' refresh tokens. Only hashes of the secrets are kept.

use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, prelude::Expr};
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
        })
    }
}

/// Adds a session.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Session) -> Result<(), StoreError> {
    let row = session::ActiveModel {
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
    };
    session::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
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

/// Removes sessions that ended before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ended = Condition::any()
        .add(session::Column::ExpiresAt.lt(before))
        .add(session::Column::RevokedAt.lt(before));
    Ok(session::Entity::delete_many().filter(ended).exec(records.connection()).await?.rows_affected)
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
