//! The beginning and the end of a stay in the game, each told as an event in the transaction that makes it so.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use grid::SessionId;
use store::{
    Records, StoreError, characters,
    events::{self, Context, Happening},
    game_sessions::{self, GameSession},
};
use tokio::time::{Duration, interval};

use super::hall::Hall;

/// How often to look for stays that nobody came back to.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// Stays that are ended at one look.
const BATCH: u64 = 200;

/// How a stay ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parting {
    /// The player left.
    Left,
    /// The socket dropped, and nobody came back in time.
    Dropped,
    /// The character was taken into the game anew.
    Replaced,
}

impl Parting {
    const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Dropped => "dropped",
            Self::Replaced => "replaced",
        }
    }
}

/// Begins a stay; the one before it ends, since a character is played once.
pub(super) async fn begin(hall: &Hall, stay: &GameSession) -> Result<(), StoreError> {
    let now = stay.created_at;
    let transaction = hall.store.begin().await?;
    if let Some(before) = game_sessions::find_live_of_character(&transaction, stay.character_id, now).await? {
        end_on(&transaction, &before, now, Parting::Replaced).await?;
    }
    game_sessions::insert(&transaction, stay).await?;
    characters::note_played(&transaction, stay.character_id, now).await?;
    let joined = Happening::SessionJoined {
        session_id: stay.id,
        account_id: stay.account_id,
        character_id: stay.character_id,
        world_id: stay.world_id,
        region_id: stay.region_id,
    };
    events::append(&transaction, &joined, now, context(stay)).await?;
    transaction.commit().await
}

/// Ends a stay, if it has not ended.
pub(super) async fn end(
    hall: &Hall,
    id: SessionId,
    now: DateTime<Utc>,
    parting: Parting,
) -> Result<(), StoreError> {
    let transaction = hall.store.begin().await?;
    if let Some(stay) = game_sessions::find(&transaction, id).await? {
        end_on(&transaction, &stay, now, parting).await?;
    }
    transaction.commit().await
}

/// Ends stays whose time to be resumed is over, until the hall closes. All gateways do so; each stay ends once.
pub(super) async fn end_forgotten(hall: Arc<Hall>) {
    let mut look = interval(LOOK_EVERY);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            () = hall.shutdown.cancelled() => return,
        }
        let forgotten = match game_sessions::list_expired(&hall.store, store::now(), BATCH).await {
            Ok(forgotten) => forgotten,
            Err(error) => {
                tracing::warn!(%error, "stays that are over can't be looked for");
                continue;
            }
        };
        for stay in forgotten {
            if let Err(error) = end(&hall, stay.id, stay.expires_at, Parting::Dropped).await {
                tracing::warn!(session = %stay.id, %error, "a stay's end could not be noted");
            }
        }
    }
}

async fn end_on(
    records: &impl Records,
    stay: &GameSession,
    now: DateTime<Utc>,
    parting: Parting,
) -> Result<(), StoreError> {
    if !game_sessions::end(records, stay.id, now).await? {
        return Ok(());
    }
    let left = Happening::SessionLeft {
        session_id: stay.id,
        account_id: stay.account_id,
        character_id: stay.character_id,
        world_id: stay.world_id,
        region_id: stay.region_id,
        seconds: (now - stay.created_at).as_seconds_f64().max(0.0),
        ending: parting.name().to_owned(),
    };
    events::append(records, &left, now, context(stay)).await.map(|_| ())
}

fn context(stay: &GameSession) -> Context {
    Context { actor: Some(stay.account_id), region: Some(stay.region_id), ..Context::default() }
}
