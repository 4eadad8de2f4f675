//! What gateways and Unifications say to each other, as bytes on the bus: they may be one process or forty.
//!
//! Topics: `region.<RegionId>.commands` to the region's owner, `region.<RegionId>.frames` from it to all gateways,
//! `gateway.<NodeId>.replies` from it to one of them. Commands and replies are MessagePack; frames have a form of their own
//! in [`bundle`](crate::replication). Both ends are built from the same revision, so the forms carry no versions.

use bytes::Bytes;
use grid::{EntityId, NodeId, Position, RegionId, SessionId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use simulation::Race;

use crate::{company::Wish, orders::PlayerOrder};

/// Where word goes round that an account's standing has changed: its UUID as 16 bytes. Gateways close the sockets of
/// accounts that may not play any more.
pub const ACCOUNTS_TOPIC: &str = "accounts.changed";

/// Where a region's owner listens.
#[must_use]
pub fn commands_topic(region: RegionId) -> String {
    format!("region.{region}.commands")
}

/// Where a region's frames appear.
#[must_use]
pub fn frames_topic(region: RegionId) -> String {
    format!("region.{region}.frames")
}

/// Where a gateway listens.
#[must_use]
pub fn replies_topic(gateway: NodeId) -> String {
    format!("gateway.{gateway}.replies")
}

/// One socket of one gateway, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct SocketKey {
    pub(crate) gateway: NodeId,
    pub(crate) number: u64,
}

/// From a gateway to a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RegionCommand {
    /// A player's character enters, or a new socket takes it over.
    Enter(Enter),
    /// The player of this socket asks to be elsewhere.
    Move { socket: SocketKey, seq: u32, x: i64, z: i64, yaw: u8 },
    /// The player of this socket orders the character to do something.
    Order { socket: SocketKey, number: u32, order: PlayerOrder },
    /// The player of this socket says something to others.
    Say { socket: SocketKey, line: Line },
    /// The player of this socket wants something of others.
    Wish { socket: SocketKey, wish: Wish },
    /// The socket is gone; its player may come back.
    Drop { socket: SocketKey },
    /// The player of this socket said goodbye.
    Exit { socket: SocketKey },
    /// A gateway has lost track of what the region looks like.
    Resync { gateway: NodeId },
    /// A gateway runs. The players of one that falls silent count as dropped.
    Alive { gateway: NodeId },
}

/// Who enters by which socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Enter {
    pub(crate) socket: SocketKey,
    pub(crate) session: SessionId,
    pub(crate) entity: EntityId,
    pub(crate) name: String,
    pub(crate) race: Race,
    /// Where the character was saved.
    pub(crate) at: Position,
}

/// What a player says, as others may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Number of the client protocol's `Audience`.
    pub(crate) to: u8,
    /// Whom it is whispered to.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
}

/// From a region to the gateway of one socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reply {
    /// The socket's number at its gateway.
    pub(crate) socket: u64,
    pub(crate) body: ReplyBody,
}

/// What a region tells a socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ReplyBody {
    Entered {
        entity: EntityId,
        net_id: u32,
        position: Position,
        units_per_second: u32,
        move_seq: u32,
        tick: u64,
    },
    NoGround,
    /// The character is gone, or can't be read.
    NoCharacter,
    /// The character can't be had just now.
    CharacterAway,
    /// The character earned experience, and that is kept.
    Earned {
        experience: u32,
        total: u32,
        by: EntityId,
    },
    OrderTaken {
        order: u32,
    },
    OrderRefused {
        order: u32,
        /// Number of the client protocol's `OrderRefusal`.
        code: u8,
        reason: String,
    },
    /// A whole message of the client protocol for this player, encoded once for all who get it.
    Message(Vec<u8>),
    SayRefused {
        /// Number of the client protocol's `SayRefusal`.
        code: u8,
        reason: String,
    },
    /// The player's own character stands so from now on.
    Standing {
        hit_points: u32,
        hit_points_max: u32,
        temporary: u32,
        units_per_second: u32,
    },
    MoveRefused {
        seq: u32,
        code: u8,
        reason: String,
        position: Position,
    },
    /// Another socket steers the character now.
    Replaced,
    /// The region knows no player of this socket: it was started anew.
    Unknown,
    /// The region stops; its players are saved.
    Stopping,
}

/// A message as bytes for the bus.
pub(crate) fn encode<T: Serialize>(message: &T) -> Bytes {
    rmp_serde::to_vec(message).expect("messages of ours hold nothing that MessagePack can't").into()
}

/// A message from the bus; `None` if it is none of ours.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    rmp_serde::from_slice(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn commands_survive_the_bus() {
        let socket = SocketKey { gateway: NodeId::from_uuid(uuid::Uuid::from_u128(5)), number: 7 };
        let command = RegionCommand::Enter(Enter {
            socket,
            session: SessionId::from_uuid(uuid::Uuid::from_u128(6)),
            entity: EntityId::from_uuid(uuid::Uuid::from_u128(8)),
            name: "Ëowyn".into(),
            race: Race::HalfElf,
            at: Position::new(-1, 2, i64::MAX),
        });
        assert_eq!(decode::<RegionCommand>(&encode(&command)), Some(command));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_message_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode::<RegionCommand>(&bytes);
            let _ = decode::<Reply>(&bytes);
        }
    }
}
