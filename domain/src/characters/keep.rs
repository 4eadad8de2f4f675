//! Characters as a region has them, and what play leaves to them.

use std::sync::Arc;

use async_trait::async_trait;
use game::{Aftermath, Change, CharacterKeeper, KeepError, Kept, Page};
use grid::CharacterId;
use rules::content::srd;
use store::{
    Store, StoreError,
    events::{self, Context, Happening},
};

use super::build::{self, Built};
use crate::{Domain, Error, rules::known};

/// Under this name it is noted which aftermaths were kept.
const CONSUMER: &str = "characters.aftermath";
/// How often it is tried anew when somebody else changes the character at the same time.
const ATTEMPTS: u32 = 5;

/// Where a region has its characters from, and has kept what becomes of them.
#[must_use]
pub fn keeper(domain: &Domain) -> Arc<dyn CharacterKeeper> {
    Arc::new(Keeper { store: domain.store().clone() })
}

struct Keeper {
    store: Store,
}

#[async_trait]
impl CharacterKeeper for Keeper {
    async fn character(&self, id: CharacterId) -> Result<Arc<rules::character::Character>, KeepError> {
        let found = find(&self.store, id).await;
        found.map(|built| Arc::new(built.character)).map_err(|error| failure(id, error))
    }

    async fn keep(&self, aftermath: &Aftermath) -> Result<Kept, KeepError> {
        let mut attempts = 1;
        loop {
            match keep(&self.store, aftermath).await {
                // Somebody wrote between our reading and writing: what is kept now is read anew.
                Err(Error::Conflict(_)) if attempts < ATTEMPTS => attempts += 1,
                outcome => return outcome.map_err(|error| failure(aftermath.character, error)),
            }
        }
    }

    async fn chronicle(&self, page: &Page) -> Result<(), KeepError> {
        let written = super::chronicle::chronicle(&self.store, page).await;
        written.map_err(|error| KeepError::Unavailable(Box::new(error)))
    }
}

async fn find(records: &impl store::Records, id: CharacterId) -> Result<Built, Error> {
    let record = store::characters::find(records, id).await?.ok_or(Error::NotFound("character"))?;
    build::load(records, record).await
}

/// Keeps it together with the note that it was kept, so that it is kept once however often it comes.
async fn keep(store: &Store, aftermath: &Aftermath) -> Result<Kept, Error> {
    let (transaction, now, id) = (store.begin().await?, store::now(), aftermath.id.uuid());
    let mut built = find(&transaction, aftermath.character).await?;
    let unseen = events::filter_unseen(&transaction, CONSUMER, &[id]).await?;
    if unseen.contains(&id) {
        let happening = befall(&mut built, &aftermath.change);
        build::save(&transaction, &built, now).await?;
        if let Some(happening) = happening {
            let context = Context { region: Some(aftermath.region), ..Context::default() };
            events::append(&transaction, &happening, now, context).await?;
        }
        events::mark_seen(&transaction, CONSUMER, [id], now).await?;
        transaction.commit().await?;
    }
    Ok(Kept { experience: built.character.experience })
}

/// Changes the character, and tells what that is worth being told as.
fn befall(built: &mut Built, change: &Change) -> Option<Happening> {
    let (id, character) = (built.record.id, &mut built.character);
    match change {
        Change::Worn(wear) => {
            character.wear = (**wear).clone();
            None
        }
        Change::Earned { experience, by } => {
            character.gain_experience(*experience);
            Some(Happening::CharacterEarned {
                character_id: id,
                experience: *experience,
                total: character.experience,
                by: *by,
            })
        }
        Change::Handed { item, count } => {
            let thing = known(item)?;
            let (gains, number) = (*count > 0, count.unsigned_abs());
            let outcome = if gains {
                character.gain_item(srd(), thing, number)
            } else {
                character.lose_item(thing, number)
            };
            if let Err(refusal) = outcome {
                // What is not owned can't be used up: a conjured thing was never among the belongings.
                tracing::debug!(character = %id, item, count, ?refusal, "nothing changes hands");
                return None;
            }
            let (from, to) = if gains { (None, Some(id)) } else { (Some(id), None) };
            let reason = if gains { "play" } else { "used" }.to_owned();
            Some(Happening::EconomyTransferred {
                from,
                to,
                reason,
                item: item.clone(),
                quantity: number.into(),
            })
        }
    }
}

fn failure(id: CharacterId, error: Error) -> KeepError {
    match error {
        Error::NotFound(_) => KeepError::Gone(id),
        Error::Store(StoreError::Unreadable { .. }) => KeepError::Unreadable { id, source: Box::new(error) },
        error => KeepError::Unavailable(Box::new(error)),
    }
}
