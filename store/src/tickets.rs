//! Tickets for the game socket: short-lived, and good once. Only their hashes are kept.

use chrono::{DateTime, Utc};
use grid::{AccountId, CharacterId, SessionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, prelude::Expr};

use crate::{Records, StoreError, entity::game_ticket, game_sessions::EndedSignIns};

/// Who a ticket lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketHolder {
    /// The account that asked for it.
    pub account_id: AccountId,
    /// The character to play.
    pub character_id: CharacterId,
    /// The sign-in that it was asked for with; none if that was an API key.
    pub sign_in: Option<SessionId>,
}

/// Adds a ticket, under the hex hash of its secret.
///
/// # Errors
/// The database failed.
pub async fn insert(
    records: &impl Records,
    token_hash: &str,
    holder: TicketHolder,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = game_ticket::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        account_id: Set(holder.account_id.uuid()),
        character_id: Set(holder.character_id.uuid()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        consumed_at: Set(None),
        sign_in: Set(holder.sign_in.map(SessionId::uuid)),
    };
    game_ticket::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// Uses all tickets of an account up, for nobody.
///
/// # Errors
/// The database failed.
pub async fn void_of_account(
    records: &impl Records,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    game_ticket::Entity::update_many()
        .col_expr(game_ticket::Column::ConsumedAt, Expr::value(now))
        .filter(game_ticket::Column::AccountId.eq(account.uuid()))
        .filter(game_ticket::Column::ConsumedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Uses the tickets up that were asked for with these sign-ins, for nobody.
///
/// # Errors
/// The database failed.
pub async fn void_of_sign_ins(
    records: &impl Records,
    ended: EndedSignIns,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    game_ticket::Entity::update_many()
        .col_expr(game_ticket::Column::ConsumedAt, Expr::value(now))
        .filter(ended.condition(game_ticket::Column::SignIn, game_ticket::Column::AccountId))
        .filter(game_ticket::Column::ConsumedAt.is_null())
        .exec(records.connection())
        .await?;
    Ok(())
}

/// Uses a ticket up. Of all who come with the same one, exactly one gets its holder; `None` if it is unknown, used or
/// too old.
///
/// # Errors
/// The database failed.
pub async fn consume(
    records: &impl Records,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<TicketHolder>, StoreError> {
    let outcome = game_ticket::Entity::update_many()
        .col_expr(game_ticket::Column::ConsumedAt, Expr::value(now))
        .filter(game_ticket::Column::TokenHash.eq(token_hash))
        .filter(game_ticket::Column::ConsumedAt.is_null())
        .filter(game_ticket::Column::ExpiresAt.gt(now))
        .exec(records.connection())
        .await?;
    if outcome.rows_affected != 1 {
        return Ok(None);
    }
    let row = game_ticket::Entity::find_by_id(token_hash.to_owned()).one(records.connection()).await?;
    Ok(row.map(|row| TicketHolder {
        account_id: AccountId::from_uuid(row.account_id),
        character_id: CharacterId::from_uuid(row.character_id),
        sign_in: row.sign_in.map(SessionId::from_uuid),
    }))
}

/// Removes tickets that ended before `before`; returns how many.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let ended = game_ticket::Entity::delete_many().filter(game_ticket::Column::ExpiresAt.lt(before));
    Ok(ended.exec(records.connection()).await?.rows_affected)
}
