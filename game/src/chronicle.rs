//! What happens in fights, for those who make figures of it.
//!
//! Nothing of value hangs on it: it is written down after the tick, in batches, and each piece once.

use chrono::{DateTime, Utc};
use grid::{EntityId, EventId, RegionId};
use simulation::{Blow, Rank};

/// What happened in a region since the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where.
    pub region: RegionId,
    /// What, in order.
    pub feats: Vec<Feat>,
}

/// Something that somebody did in a fight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feat {
    /// Its id: the same however often it is handed over.
    pub id: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// What they count as who did it; `None` if they are gone.
    pub rank: Option<Rank>,
    /// To whom.
    pub target: EntityId,
    /// What.
    pub deed: FeatDeed,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatDeed {
    /// Struck, or missed.
    Struck {
        /// Who.
        by: EntityId,
        /// With what, and what it cost.
        blow: Blow,
    },
    /// Killed.
    Killed {
        /// Who; nobody, if they are gone.
        by: Option<EntityId>,
    },
}
