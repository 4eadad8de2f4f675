//! Things that are worth something, as a region hands them to those who keep them.

use std::time::Duration;

use grid::{CharacterId, EntityId, EventId, Position, RegionId};
use serde::{Deserialize, Serialize};

/// Some pieces of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// Id of the thing, such as `srd:torch`.
    pub item: String,
    /// How many.
    pub count: u32,
}

/// Coins and things that go together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Coins, in copper pieces.
    pub money_cp: u32,
    /// Things; each kind once.
    pub goods: Vec<Goods>,
}

/// What was left behind, and lies on the ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heap {
    /// Its id, and that of its entity.
    pub id: EntityId,
    /// Where it lies.
    pub region: RegionId,
    /// The name of who left it.
    pub name: String,
    /// Where in the region.
    pub at: Position,
    /// Who has the first right to it.
    pub belongs_to: Option<CharacterId>,
    /// What is in it.
    pub lot: Lot,
    /// How long it lies there yet.
    pub lasts: Duration,
}

/// What two characters have agreed to exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Its id: the same however often it is handed over.
    pub id: EventId,
    /// Where it was made.
    pub region: RegionId,
    /// Who gives what to the other.
    pub sides: [(CharacterId, Lot); 2],
}

/// What became of a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exchanged {
    /// Each has what the other gave.
    Done,
    /// Nothing has changed hands: somebody doesn't have what was offered. The text says who and what.
    Impossible(String),
}
