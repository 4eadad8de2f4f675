//! Characters as a region has them, and what play leaves to them.

use std::sync::Arc;

use async_trait::async_trait;
use game::{Aftermath, Change, CharacterKeeper, Deal, Exchanged, Heap, KeepError, Kept, Page};
use grid::{CharacterId, EntityId, RegionId};
use rules::content::srd;
use store::{
    Store, StoreError,
    events::{self, Context, Happening},
};

use super::{
    build::{self, Built},
    exchange, heaps,
};
use crate::{Domain, Error, rules::known};

/// Under this name it is noted which aftermaths and deals were kept.
pub(super) const CONSUMER: &str = "characters.aftermath";
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
        let kept = anew(|| keep(&self.store, aftermath)).await;
        kept.map_err(|error| match (&aftermath.change, error) {
            (Change::TookUp { heap, .. }, Error::NotFound("heap")) => KeepError::Taken(*heap),
            (_, error) => failure(aftermath.character, error),
        })
    }

    async fn chronicle(&self, page: &Page) -> Result<(), KeepError> {
        let written = super::chronicle::chronicle(&self.store, page).await;
        written.map_err(|error| KeepError::Unavailable(Box::new(error)))
    }

    async fn leave(&self, heap: &Heap) -> Result<(), KeepError> {
        heaps::leave(&self.store, heap).await.map_err(unavailable)
    }

    async fn clear(&self, heap: EntityId) -> Result<(), KeepError> {
        heaps::clear(&self.store, heap).await.map_err(unavailable)
    }

    async fn heaps(&self, region: RegionId) -> Result<Vec<Heap>, KeepError> {
        heaps::list(&self.store, region).await.map_err(unavailable)
    }

    async fn exchange(&self, deal: &Deal) -> Result<Exchanged, KeepError> {
        let [(one, _), _] = deal.sides;
        anew(|| exchange::exchange(&self.store, deal)).await.map_err(|error| failure(one, error))
    }
}

/// Does it again as long as somebody else writes between its reading and writing: what is kept by then is read anew.
async fn anew<T, F: Future<Output = Result<T, Error>>>(attempt: impl Fn() -> F) -> Result<T, Error> {
    let mut attempts = 1;
    loop {
        match attempt().await {
            Err(Error::Conflict(_)) if attempts < ATTEMPTS => attempts += 1,
            outcome => return outcome,
        }
    }
}

pub(super) async fn find(records: &impl store::Records, id: CharacterId) -> Result<Built, Error> {
    let record = store::characters::find(records, id).await?.ok_or(Error::NotFound("character"))?;
    build::load(records, record).await
}

/// Keeps it together with the note that it was kept, so that it is kept once however often it comes.
async fn keep(store: &Store, aftermath: &Aftermath) -> Result<Kept, Error> {
    let (transaction, now, id) = (store.begin().await?, store::now(), aftermath.id.uuid());
    let mut built = find(&transaction, aftermath.character).await?;
    let unseen = events::filter_unseen(&transaction, CONSUMER, &[id]).await?;
    if unseen.contains(&id) {
        let happenings = match &aftermath.change {
            Change::TookUp { heap, .. } => heaps::take(&transaction, &mut built, *heap).await?,
            change => befall(&mut built, change).into_iter().collect(),
        };
        build::save(&transaction, &built, now).await?;
        for happening in happenings {
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
        Change::TookUp { .. } => None,
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

fn unavailable(error: Error) -> KeepError {
    KeepError::Unavailable(Box::new(error))
}

fn failure(id: CharacterId, error: Error) -> KeepError {
    match error {
        Error::NotFound(_) => KeepError::Gone(id),
        Error::Store(StoreError::Unreadable { .. }) => KeepError::Unreadable { id, source: Box::new(error) },
        error => KeepError::Unavailable(Box::new(error)),
    }
}
