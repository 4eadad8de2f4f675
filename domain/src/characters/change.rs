//! The one way in which people change a character: read, let the rules do it, keep, note, tell the region where it plays.
//!
//! What a character that plays has been through is known by its region alone, so the region is asked first. It answers when
//! everything before is kept; what happens between its answer and the change counts nevertheless, unless the change is one of
//! wear, such as a rest.
//!
//! What staff change is noted with what it was, what it is, and why.

use std::sync::Arc;

use api::{Permission, character::CharacterRecord};
use game::{DeskError, Standing};
use grid::{CharacterId, EntityId};
use rules::character::Character;
use serde_json::Value;
use store::events::Happening;

use super::{
    build::{self, Built},
    find::find_for,
    view,
};
use crate::{
    Actor, Domain, Error, LiveRegion,
    audit::{self, Alteration},
    events,
};

/// What is done to a character.
pub(super) struct Deed {
    /// Such as `character.level_up`.
    pub(super) action: &'static str,
    /// For the audit.
    pub(super) details: Value,
    /// Noted, and asked a reason for, even if it is the actor's own character: what only staff can do.
    pub(super) is_staffs: bool,
    /// How long the character's last fight must be over, in seconds.
    pub(super) calm_s: u64,
}

/// What else comes of a deed.
pub(super) struct Outcome<T> {
    /// For the reply.
    pub(super) reply: T,
    /// What is told to the log of events.
    pub(super) happenings: Vec<Happening>,
}

impl<T> From<T> for Outcome<T> {
    fn from(reply: T) -> Self {
        Self { reply, happenings: Vec::new() }
    }
}

/// Changes a character, or leaves it wholly as it was.
///
/// # Errors
/// Those of `act`; [`Error::InvalidField`] for staff who don't say why; [`Error::Conflict`] for players while it is in a fight, in which nobody levels, rests or changes armour;
/// [`Error::NotFound`] for somebody else's character.
pub(super) async fn change<T>(
    domain: &Domain,
    actor: &Actor,
    id: CharacterId,
    deed: Deed,
    act: impl FnOnce(&mut Built) -> Result<Outcome<T>, Error>,
) -> Result<(CharacterRecord, T), Error> {
    let standing = standing(domain, id).await?;
    let transaction = domain.store().begin().await?;
    let record = find_for(&transaction, actor, id, Permission::EditEntities).await?;
    let is_noted = deed.is_staffs || Some(record.account_id) != actor.account;
    if is_noted {
        actor.says_why("what staff change of a character has a reason")?;
    }
    let mut built = build::load(&transaction, record).await?;
    if let Some(standing) = standing {
        if standing.fights && !deed.is_staffs {
            let message = "the character is in a fight; wait until it is over".to_owned();
            return Err(Error::Conflict(message));
        }
        let calm_s = standing.calm_ticks.map(|ticks| ticks / u64::from(game::TICK_HZ));
        if let Some(left_s) =
            calm_s.and_then(|calm_s| deed.calm_s.checked_sub(calm_s)).filter(|left| *left > 0)
        {
            let message = format!("the last fight is not over for long; wait {left_s} s");
            return Err(Error::Conflict(message));
        }
        built.character.wear = standing.wear;
    }
    let before = built.character.clone();
    let Outcome { reply, happenings } = act(&mut built)?;
    build::save(&transaction, &built, store::now()).await?;
    for happening in &happenings {
        events::tell(&transaction, actor, happening).await?;
    }
    if is_noted {
        let (was, is) = differences(&before, &built.character)?;
        let alteration = Alteration {
            action: deed.action,
            subject: format!("character {id}"),
            details: deed.details,
            before: was,
            after: is,
        };
        audit::alteration(&transaction, actor, alteration).await?;
    }
    transaction.commit().await?;
    if fights_otherwise(&before, &built.character)
        && let Some(region) = domain.region()
    {
        let with_wear = before.wear != built.character.wear;
        let character = Arc::new(built.character.clone());
        // A region that has stopped meanwhile lets the character in as it is kept.
        let _ = region.desk.resheet(entity(id), character, with_wear).await;
    }
    Ok((view::record(&built)?, reply))
}

/// How the character stands where it plays.
async fn standing(domain: &Domain, id: CharacterId) -> Result<Option<Standing>, Error> {
    let Some(LiveRegion { desk, .. }) = domain.region() else { return Ok(None) };
    desk.standing(entity(id)).await.map_err(|error| match error {
        DeskError::NoAnswer => Error::Unavailable("the region gives no answer; try again later"),
        DeskError::Refused(refusal) => Error::Conflict(refusal.to_string()),
    })
}

/// What of a character has changed, part by part: what it was, and what it is.
fn differences(before: &Character, after: &Character) -> Result<(Value, Value), Error> {
    let parts = |character: &Character| match serde_json::to_value(character) {
        Ok(Value::Object(parts)) => Ok(parts),
        other => Err(Error::Internal(format!("a character can't be written as parts: {other:?}"))),
    };
    let (mut was, mut is) = (parts(before)?, parts(after)?);
    let same: Vec<String> =
        was.iter().filter(|(name, part)| is.get(*name) == Some(part)).map(|(name, _)| name.clone()).collect();
    for name in same {
        was.remove(&name);
        is.remove(&name);
    }
    Ok((Value::Object(was), Value::Object(is)))
}

/// Whether anything has changed that counts in a fight.
fn fights_otherwise(before: &Character, after: &Character) -> bool {
    let counts = |character: &Character| Character { experience: 0, money_cp: 0, ..character.clone() };
    counts(before) != counts(after)
}

/// A character plays as the entity of the same id.
const fn entity(id: CharacterId) -> EntityId {
    EntityId::from_uuid(id.uuid())
}
