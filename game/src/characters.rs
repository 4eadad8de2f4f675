//! Where a region has its players' characters from, and where it has kept what becomes of them and of their things.
//!
//! How someone could get it wrong: telling a player of something that is worth anything before it is kept. What fails to be
//! kept is handed over again under the same id, so whoever keeps it must take each id once.

use std::sync::Arc;

use async_trait::async_trait;
use grid::{CharacterId, EntityId, EventId, RegionId};
use simulation::{Character, Wear};

use crate::{
    belongings::{Deal, Exchanged, Heap, Lot},
    chronicle::Page,
};

/// Keeps the characters that play in a region, and what lies on its ground.
#[async_trait]
pub trait CharacterKeeper: Send + Sync {
    /// The character as it was kept last.
    ///
    /// # Errors
    /// There is none, or it can't be had now.
    async fn character(&self, id: CharacterId) -> Result<Arc<Character>, KeepError>;

    /// Keeps what happened to a character. One that was kept before changes nothing.
    ///
    /// # Errors
    /// It can't be kept: for good, or for now.
    async fn keep(&self, aftermath: &Aftermath) -> Result<Kept, KeepError>;

    /// Writes down what happened in fights. A feat that was written before changes nothing.
    ///
    /// # Errors
    /// It can't be written now.
    async fn chronicle(&self, page: &Page) -> Result<(), KeepError>;

    /// Keeps what was left behind. A heap that is kept already stays as it is.
    ///
    /// # Errors
    /// It can't be kept: for good, or for now.
    async fn leave(&self, heap: &Heap) -> Result<(), KeepError>;

    /// Forgets a heap that has vanished.
    ///
    /// # Errors
    /// The records don't answer.
    async fn clear(&self, heap: EntityId) -> Result<(), KeepError>;

    /// What lies in a region, from before it was started.
    ///
    /// # Errors
    /// It can't be had: for good, or for now.
    async fn heaps(&self, region: RegionId) -> Result<Vec<Heap>, KeepError>;

    /// Lets two characters exchange what they have agreed on: both or neither, and each deal once.
    ///
    /// # Errors
    /// It can't be told whether they can: for good, or for now. Nothing has changed hands that a second try would not find so.
    async fn exchange(&self, deal: &Deal) -> Result<Exchanged, KeepError>;
}

/// What play leaves to a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aftermath {
    /// Its id: the same however often it is handed over.
    pub id: EventId,
    /// Where it happened.
    pub region: RegionId,
    /// To whom.
    pub character: CharacterId,
    /// What.
    pub change: Change,
}

/// How a character is changed by play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Wounds, spent slots and the like are these from now on.
    Worn(Arc<Wear>),
    /// It earned experience.
    Earned {
        /// Points.
        experience: u32,
        /// By whose death.
        by: EntityId,
    },
    /// It was handed things, or used them up.
    Handed {
        /// Id of the thing, such as `srd:holy-water`.
        item: String,
        /// How many; below zero, so many are gone.
        count: i32,
    },
    /// It took up a heap, with all that is in it.
    TookUp {
        /// Which.
        heap: EntityId,
        /// What the region says that it holds.
        lot: Lot,
    },
}

/// How a character is once something was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// All its experience points.
    pub experience: u32,
}

/// Why a character can't be had, or something not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// It exists no more. Asking again is of no use.
    #[error("character {0} is gone")]
    Gone(CharacterId),
    /// What is kept of it can't be used. Asking again is of no use.
    #[error("character {id} can't be read")]
    Unreadable {
        /// Which.
        id: CharacterId,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Somebody else has the heap. Asking again is of no use.
    #[error("heap {0} is gone")]
    Taken(EntityId),
    /// The records don't answer; they may do so later.
    #[error("characters can't be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}
