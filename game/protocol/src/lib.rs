//! What a game client and a gateway say to each other: the single source of messages, frames and close codes.
//!
//! One WebSocket message is one binary message of ours. Its first byte names the [`Channel`]: *control* messages are
//! MessagePack arrays ([`ClientMessage`], [`ServerMessage`]), *frames* carry what moved in a compact form of their own
//! ([`frame`]). Everything that other languages need is written from the same declarations by [`codegen`].
//!
//! Invariants: this crate imports nothing of ours, does no IO, knows no clock and no floating point. Every decoder is
//! total: any bytes give a value or a [`DecodeError`], and never more memory than the bytes justify.

mod declare;
mod schema;

pub mod chat;
pub mod client;
pub mod codegen;
pub mod control;
pub mod fight;
pub mod frame;
pub mod goods;
pub mod limits;
pub mod msgpack;
pub mod party;
pub mod server;
pub mod trade;
pub mod varint;

use bytes::Bytes;

pub use chat::{Audience, SayRefusal};
pub use client::ClientMessage;
pub use control::{CloseCode, EntityKind, MoveRefusal};
pub use fight::{Ability, Act, AttackOutcome, AttackWith, Condition, DamageType, OrderRefusal};
pub use goods::Goods;
pub use party::{Member, PartyRefusal};
pub use schema::{
    EnumSchema, EnumVariant, FieldSchema, MessageSchema, RecordSchema, WireType, canonical_schema,
    schema_hash,
};
pub use server::ServerMessage;
pub use trade::{TradeEnding, TradeRefusal};

/// The version that [`ClientMessage::Hello`] names. It rises when the meaning of a message changes; a change of shape
/// is found by [`schema_hash`] as well.
pub const PROTOCOL_VERSION: u16 = 1;

/// The WebSocket subprotocol that both sides must agree on.
pub const SUBPROTOCOL: &str = "realmkeep.v1";

/// The path of the players' socket.
pub const SOCKET_PATH: &str = "/ws/game";

/// The first byte of every WebSocket message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Channel {
    /// A MessagePack array follows.
    Control = 0,
    /// A frame follows; only a server sends it.
    Frame = 1,
}

impl Channel {
    /// The channel that `byte` names.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Control),
            1 => Some(Self::Frame),
            _ => None,
        }
    }
}

/// One WebSocket message as a client receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromServer {
    /// A control message.
    Control(ServerMessage),
    /// A frame: its header and its segments.
    Frame(frame::Frame),
}

impl FromServer {
    /// Decodes one whole WebSocket message.
    ///
    /// # Errors
    /// When the bytes are no message of this protocol.
    pub fn decode(message: &Bytes) -> Result<Self, DecodeError> {
        match message.first().copied().and_then(Channel::from_byte) {
            Some(Channel::Control) => ServerMessage::decode(message).map(Self::Control),
            Some(Channel::Frame) => frame::Frame::decode(message).map(Self::Frame),
            None if message.is_empty() => Err(DecodeError::Truncated),
            None => Err(DecodeError::UnknownChannel),
        }
    }
}

/// Why bytes are no message of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end before the message does.
    #[error("the message ends too early")]
    Truncated,
    /// Bytes follow the end of the message.
    #[error("bytes follow the end of the message")]
    TrailingBytes,
    /// The message is longer than its limit.
    #[error("the message is longer than its limit")]
    TooLong,
    /// The first byte names no channel that is valid in this direction.
    #[error("the first byte names no channel that is valid here")]
    UnknownChannel,
    /// The message kind is not known in this direction.
    #[error("the message kind is not known")]
    UnknownKind,
    /// A field has another type than declared.
    #[error("a field is of the wrong type")]
    WrongType,
    /// The message has more or fewer fields than declared.
    #[error("the message has the wrong number of fields")]
    WrongFieldCount,
    /// A value lies outside its field's range.
    #[error("a value lies outside its range")]
    OutOfRange,
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
    /// A count or a length is over its limit.
    #[error("a count or a length is over its limit")]
    OverLimit,
    /// Net ids do not rise, or a record contradicts the state that it builds on.
    #[error("a record contradicts the state that it builds on")]
    Inconsistent,
}
