//! The one way in which a character changes: read, let the rules do it, keep, note.

use api::{Permission, character::CharacterRecord};
use grid::CharacterId;
use serde_json::Value;
use store::events::Happening;

use super::{
    build::{self, Built},
    find::find_for,
    view,
};
use crate::{Actor, Domain, Error, audit, events};

/// What is done to a character.
pub(super) struct Deed {
    /// Such as `character.level_up`.
    pub(super) action: &'static str,
    /// For the audit.
    pub(super) details: Value,
    /// Noted even if it is the actor's own character: what only staff can do.
    pub(super) is_staffs: bool,
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
pub(super) async fn change<T>(
    domain: &Domain,
    actor: &Actor,
    id: CharacterId,
    deed: Deed,
    act: impl FnOnce(&mut Built) -> Result<Outcome<T>, Error>,
) -> Result<(CharacterRecord, T), Error> {
    let transaction = domain.store().begin().await?;
    let record = find_for(&transaction, actor, id, Permission::EditEntities).await?;
    let is_noted = deed.is_staffs || Some(record.account_id) != actor.account;
    let mut built = build::load(&transaction, record).await?;
    let Outcome { reply, happenings } = act(&mut built)?;
    build::save(&transaction, &built, store::now()).await?;
    for happening in &happenings {
        events::tell(&transaction, actor, happening).await?;
    }
    if is_noted {
        audit::note(&transaction, actor, deed.action, format!("character {id}"), deed.details).await?;
    }
    transaction.commit().await?;
    Ok((view::record(&built)?, reply))
}
