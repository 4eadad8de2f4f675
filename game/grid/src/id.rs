//! Typed ids: a UUID that cannot be mistaken for another kind's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that is known to name this kind of thing.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for storage and for the wire.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_ids! {
    /// One seed, one recipe, an unbounded grid of regions.
    WorldId,
    /// 8×8 blocks, 4,096 m square; owned by exactly one Unification at any time.
    RegionId,
    /// 8×8 cells, 512 m square.
    BlockId,
    /// 64×64 m: one terrain chunk and one replication stream.
    CellId,
    /// A live thing in a simulation: player, NPC, monster.
    EntityId,
    /// Someone who can sign in.
    AccountId,
    /// A player's persistent alter ego.
    CharacterId,
    /// One sign-in, or one game session.
    SessionId,
    /// A running infrastructure component or process.
    NodeId,
    /// A background job.
    JobId,
    /// Something that happened.
    EventId,
    /// One request, from the edge to the row that it wrote.
    RequestId,
}
