//! Stays in the game: what a dropped socket needs to come back as the same entity, at any gateway.

use chrono::{DateTime, Utc};
use grid::{AccountId, CharacterId, EntityId, RegionId, SessionId, WorldId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::Expr,
};

use crate::{Records, StoreError, entity::game_session};

/// One stay of a character in the game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameSession {
    /// The session.
    pub id: SessionId,
    /// Who plays.
    pub account_id: AccountId,
    /// What is played.
    pub character_id: CharacterId,
    /// The character's body in the simulation.
    pub entity_id: EntityId,
    /// The world.
    pub world_id: WorldId,
    /// The region that holds the entity.
    pub region_id: RegionId,
    /// Hex hash of the newest resume token.
    pub resume_token_hash: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Until when it can be resumed.
    pub expires_at: DateTime<Utc>,
    /// When it ended, if it did.
    pub ended_at: Option<DateTime<Utc>>,
    /// The sign-in that it began by, and ends with; none if that was an API key.
    pub sign_in: Option<SessionId>,
}

/// Sign-ins that are over, and what was begun by them with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedSignIns {
    /// This one.
    One(SessionId),
    /// All of the account, but one if it is named. What was begun by an API key goes on.
    AllOf(AccountId, Option<SessionId>),
}

impl EndedSignIns {
    pub(crate) fn condition(self, sign_in: impl ColumnTrait, account: impl ColumnTrait) -> Condition {
        match self {
            Self::One(ended) => Condition::all().add(sign_in.eq(ended.uuid())),
            Self::AllOf(of, except) => Condition::all()
                .add(account.eq(of.uuid()))
                .add(sign_in.is_not_null())
                .add_option(except.map(|kept| sign_in.ne(kept.uuid()))),
        }
    }
}

impl From<game_session::Model> for GameSession {
    fn from(row: game_session::Model) -> Self {
        Self {
            id: SessionId::from_uuid(row.id),
            account_id: AccountId::from_uuid(row.account_id),
            character_id: CharacterId::from_uuid(row.character_id),
            entity_id: EntityId::from_uuid(row.entity_id),
            world_id: WorldId::from_uuid(row.world_id),
            region_id: RegionId::from_uuid(row.region_id),
            resume_token_hash: row.resume_token_hash,
            created_at: row.created_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
            sign_in: row.sign_in.map(SessionId::from_uuid),
        }
    }
}

/// Adds a session.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &GameSession) -> Result<(), StoreError> {
    let row = game_session::ActiveModel {
        id: Set(new.id.uuid()),
        account_id: Set(new.account_id.uuid()),
        character_id: Set(new.character_id.uuid()),
        entity_id: Set(new.entity_id.uuid()),
        world_id: Set(new.world_id.uuid()),
        region_id: Set(new.region_id.uuid()),
        resume_token_hash: Set(new.resume_token_hash.clone()),
        created_at: Set(new.created_at),
        expires_at: Set(new.expires_at),
        ended_at: Set(new.ended_at),
        sign_in: Set(new.sign_in.map(SessionId::uuid)),
    };
    game_session::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Takes a live session over by its resume token, which `new_hash` replaces. Of all who come with the same token,
/// exactly one gets the session; `None` if the token is unknown, used, or the session is over.
///
/// # Errors
/// The database failed.
pub async fn resume(
    records: &impl Records,
    old_hash: &str,
    new_hash: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Option<GameSession>, StoreError> {
    let outcome = game_session::Entity::update_many()
        .col_expr(game_session::Column::ResumeTokenHash, Expr::value(new_hash))
        .col_expr(game_session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(game_session::Column::ResumeTokenHash.eq(old_hash))
        .filter(game_session::Column::EndedAt.is_null())
        .filter(game_session::Column::ExpiresAt.gt(now))
        .exec(records.connection())
        .await?;
    if outcome.rows_affected != 1 {
        return Ok(None);
    }
    let row = game_session::Entity::find()
        .filter(game_session::Column::ResumeTokenHash.eq(new_hash))
        .one(records.connection())
        .await?;
    Ok(row.map(GameSession::from))
}

/// Gives a live session a new end: far while its socket is open, near once it dropped.
///
/// # Errors
/// The database failed.
pub async fn keep_until(
    records: &impl Records,
    id: SessionId,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    game_session::Entity::update_many()
        .col_expr(game_session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(game_session::Column::Id.eq(id.uuid()))
        .filter(game_session::Column::EndedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Ends a session; its resume token is worth nothing any more. False if it had ended before.
///
/// # Errors
/// The database failed.
pub async fn end(records: &impl Records, id: SessionId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let outcome = game_session::Entity::update_many()
        .col_expr(game_session::Column::EndedAt, Expr::value(now))
        .filter(game_session::Column::Id.eq(id.uuid()))
        .filter(game_session::Column::EndedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Sessions that nobody came back to in time and that have not ended.
///
/// # Errors
/// The database failed.
pub async fn list_expired(
    records: &impl Records,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<GameSession>, StoreError> {
    let rows = game_session::Entity::find()
        .filter(game_session::Column::EndedAt.is_null())
        .filter(game_session::Column::ExpiresAt.lte(now))
        .order_by_asc(game_session::Column::ExpiresAt)
        .limit(limit)
        .all(records.connection())
        .await?;
    Ok(rows.into_iter().map(GameSession::from).collect())
}

/// The session of that id, whatever its condition.
///
/// # Errors
/// The database failed.
pub async fn find(records: &impl Records, id: SessionId) -> Result<Option<GameSession>, StoreError> {
    Ok(game_session::Entity::find_by_id(id.uuid()).one(records.connection()).await?.map(GameSession::from))
}

/// Ends all sessions of an account; returns how many were live.
///
/// # Errors
/// The database failed.
pub async fn end_of_account(
    records: &impl Records,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let outcome = game_session::Entity::update_many()
        .col_expr(game_session::Column::EndedAt, Expr::value(now))
        .filter(game_session::Column::AccountId.eq(account.uuid()))
        .filter(game_session::Column::EndedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}

/// Ends all sessions that began by these sign-ins; returns how many were live.
///
/// # Errors
/// The database failed.
pub async fn end_of_sign_ins(
    records: &impl Records,
    ended: EndedSignIns,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let outcome = game_session::Entity::update_many()
        .col_expr(game_session::Column::EndedAt, Expr::value(now))
        .filter(ended.condition(game_session::Column::SignIn, game_session::Column::AccountId))
        .filter(game_session::Column::EndedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}

/// The character's live session, if it is in the game or may yet resume.
///
/// # Errors
/// The database failed.
pub async fn find_live_of_character(
    records: &impl Records,
    character: CharacterId,
    now: DateTime<Utc>,
) -> Result<Option<GameSession>, StoreError> {
    let row = game_session::Entity::find()
        .filter(game_session::Column::CharacterId.eq(character.uuid()))
        .filter(game_session::Column::EndedAt.is_null())
        .filter(game_session::Column::ExpiresAt.gt(now))
        .order_by_desc(game_session::Column::CreatedAt)
        .one(records.connection())
        .await?;
    Ok(row.map(GameSession::from))
}

/// Removes sessions that were over before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let over = Condition::any()
        .add(game_session::Column::ExpiresAt.lt(before))
        .add(game_session::Column::EndedAt.lt(before));
    Ok(game_session::Entity::delete_many().filter(over).exec(records.connection()).await?.rows_affected)
}
