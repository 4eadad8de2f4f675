//! Who may come in: tickets, and tokens of sessions whose socket dropped.

use std::sync::Arc;

use chrono::TimeDelta;
use grid::{AccountId, CharacterId, EntityId, SessionId};
use protocol::{CloseCode, PROTOCOL_VERSION, schema_hash};
use simulation::Race;
use store::{StoreError, characters, game_sessions, game_sessions::GameSession, tickets};
use uuid::Uuid;

use super::{
    hall::Hall,
    socket::Ending,
    stays::{self, Parting},
};

/// How long a session whose socket is open counts as live. A gateway that dies without a word leaves it that long.
const OPEN_SESSION_HOURS: i64 = 24;

/// A player who may enter.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) character: characters::Character,
    pub(super) race: Race,
    /// What the client resumes with.
    pub(super) resume_token: String,
    pub(super) resumed: bool,
}

impl Session {
    /// A character's body carries the character's UUID.
    pub(super) fn entity(&self) -> EntityId {
        EntityId::from_uuid(self.character.id.uuid())
    }
}

/// What a client's `Hello` says.
#[derive(Debug)]
pub(super) struct Hello {
    pub(super) protocol_version: u16,
    pub(super) schema_hash: u64,
    pub(super) ticket: Option<String>,
    pub(super) resume_token: Option<String>,
}

/// Judges a `Hello`.
pub(super) async fn admit(hall: &Arc<Hall>, hello: Hello) -> Result<Session, Ending> {
    if hello.protocol_version != PROTOCOL_VERSION {
        let reason = format!("protocol version {} is spoken here", PROTOCOL_VERSION);
        return Err(Ending::close(CloseCode::Incompatible, reason));
    }
    if hello.schema_hash != schema_hash() {
        return Err(Ending::close(
            CloseCode::Incompatible,
            "the client was built from other message declarations",
        ));
    }
    match (hello.ticket, hello.resume_token) {
        (Some(ticket), None) => begin(hall, &ticket).await,
        (None, Some(token)) => resume(hall, &token).await,
        _ => Err(Ending::close(CloseCode::Malformed, "exactly one of ticket and resume_token is needed")),
    }
}

async fn begin(hall: &Arc<Hall>, ticket: &str) -> Result<Session, Ending> {
    let now = store::now();
    let holder = tickets::consume(&hall.store, &hash(ticket), now).await?;
    let Some(holder) = holder else {
        return Err(Ending::close(CloseCode::TicketRefused, "the ticket is unknown, used or expired"));
    };
    let (character, race) = load(hall, holder.account_id, holder.character_id).await?;
    let id = SessionId::from_uuid(Uuid::now_v7());
    let resume_token = new_token();
    let session = GameSession {
        id,
        account_id: holder.account_id,
        character_id: character.id,
        entity_id: EntityId::from_uuid(character.id.uuid()),
        world_id: hall.settings.world,
        region_id: hall.region,
        resume_token_hash: hash(&resume_token),
        created_at: now,
        expires_at: now + TimeDelta::hours(OPEN_SESSION_HOURS),
        ended_at: None,
        sign_in: holder.sign_in,
    };
    stays::begin(hall, &session).await?;
    Ok(Session { id, character, race, resume_token, resumed: false })
}

async fn resume(hall: &Arc<Hall>, token: &str) -> Result<Session, Ending> {
    let now = store::now();
    let resume_token = new_token();
    let until = now + TimeDelta::hours(OPEN_SESSION_HOURS);
    let session = game_sessions::resume(&hall.store, &hash(token), &hash(&resume_token), now, until).await?;
    let Some(session) = session.filter(|session| session.region_id == hall.region) else {
        return Err(Ending::close(CloseCode::ResumeRefused, "the resume token is unknown, used or expired"));
    };
    let (character, race) = load(hall, session.account_id, session.character_id).await?;
    Ok(Session { id: session.id, character, race, resume_token, resumed: true })
}

/// The session's socket is gone: it can be resumed for a while, or it is over.
pub(super) async fn leave(hall: &Hall, session: SessionId, may_resume: bool) {
    let now = store::now();
    let outcome = if may_resume {
        let ttl = TimeDelta::from_std(hall.settings.resume_ttl).unwrap_or(TimeDelta::MAX);
        game_sessions::keep_until(&hall.store, session, now + ttl).await
    } else {
        stays::end(hall, session, now, Parting::Left).await
    };
    if let Err(error) = outcome {
        tracing::warn!(%session, %error, "a session's end could not be noted");
    }
}

/// Whether the session was ended, by whoever may.
pub(super) async fn is_over(hall: &Hall, session: SessionId) -> Result<bool, StoreError> {
    Ok(game_sessions::find(&hall.store, session).await?.is_none_or(|session| session.ended_at.is_some()))
}

async fn load(
    hall: &Hall,
    account: AccountId,
    id: CharacterId,
) -> Result<(characters::Character, Race), Ending> {
    let character = characters::find(&hall.store, id).await?;
    let Some(character) = character.filter(|character| character.account_id == account) else {
        return Err(Ending::close(CloseCode::JoinRefused, "the character is gone"));
    };
    if character.world_id != hall.settings.world {
        return Err(Ending::close(CloseCode::JoinRefused, "the character lives in another world"));
    }
    match race_named(&character.race) {
        Some(race) => Ok((character, race)),
        None => {
            tracing::error!(character = %id, race = character.race, "a character's race is none of the rules'");
            Err(Ending::close(CloseCode::JoinRefused, "the character's race is unknown"))
        }
    }
}

fn race_named(name: &str) -> Option<Race> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the gateway can't reach the database");
        Self::close(CloseCode::Internal, "the server can't reach its records; try again")
    }
}

/// Tokens and tickets are kept as hashes alone.
fn hash(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

fn new_token() -> String {
    blake3::Hash::from_bytes(rand::random::<[u8; 32]>()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_are_known_by_their_names_in_records() {
        assert_eq!(race_named("half_elf"), Some(Race::HalfElf));
        assert_eq!(race_named("Half-Elf"), None);
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, two) = (new_token(), new_token());
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        assert_ne!(hash(&one), one);
    }
}
