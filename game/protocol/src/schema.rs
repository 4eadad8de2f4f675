//! The description of all messages as data: what code generation, the documents and the schema hash walk.

use std::fmt::{self, Write as _};

use crate::{
    ClientMessage, ServerMessage,
    chat::{Audience, SayRefusal},
    control::{CloseCode, EntityKind, MoveRefusal},
    fight::{Ability, Act, AttackOutcome, AttackWith, Condition, DamageType, OrderRefusal},
    frame::LAYOUT,
    goods::Goods,
    party::{Member, PartyRefusal},
    trade::{TradeEnding, TradeRefusal},
};

/// One control message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageSchema {
    /// First item of the array.
    pub kind: u8,
    /// Name in `PascalCase`.
    pub name: &'static str,
    /// What the message means.
    pub doc: &'static str,
    /// The items that follow the kind, in order.
    pub fields: &'static [FieldSchema],
}

/// One field of a control message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSchema {
    /// Name in `snake_case`.
    pub name: &'static str,
    /// What the field means, with its unit.
    pub doc: &'static str,
    /// How it is written.
    pub wire: WireType,
}

/// Some fields that stand together in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordSchema {
    /// Name in `PascalCase`.
    pub name: &'static str,
    /// What one of them is.
    pub doc: &'static str,
    /// The items of its array, in order.
    pub fields: &'static [FieldSchema],
}

/// An enumeration whose numbers go over the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumSchema {
    /// Name in `PascalCase`.
    pub name: &'static str,
    /// What it tells.
    pub doc: &'static str,
    /// All of its values.
    pub variants: &'static [EnumVariant],
}

/// One value of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumVariant {
    /// Name in `PascalCase`.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Its number on the wire.
    pub number: u16,
}

/// How a field is written in MessagePack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireType {
    /// A boolean.
    Bool,
    /// An integer of 0 to 2⁸−1.
    U8,
    /// An integer of 0 to 2¹⁶−1.
    U16,
    /// An integer of 0 to 2³²−1.
    U32,
    /// An integer of 0 to 2⁶⁴−1.
    U64,
    /// An integer of −2⁶³ to 2⁶³−1.
    I64,
    /// A text of at most [`crate::limits::TEXT_BYTES_MAX`] bytes.
    Text,
    /// A byte string of 16.
    Uuid,
    /// An array of at most [`crate::limits::TARGETS_MAX`] UUIDs.
    Uuids,
    /// An array of at most [`crate::limits::RECORDS_MAX`] records, each an array of its fields.
    Records(&'static RecordSchema),
    /// The number of one of the enumeration's values.
    Enum(&'static EnumSchema),
    /// Nil, or the inner type.
    Optional(&'static Self),
}

impl fmt::Display for WireType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::U8 => f.write_str("u8"),
            Self::U16 => f.write_str("u16"),
            Self::U32 => f.write_str("u32"),
            Self::U64 => f.write_str("u64"),
            Self::I64 => f.write_str("i64"),
            Self::Text => f.write_str("text"),
            Self::Uuid => f.write_str("uuid"),
            Self::Uuids => f.write_str("uuid*"),
            Self::Records(schema) => write!(f, "{}*", schema.name),
            Self::Enum(schema) => f.write_str(schema.name),
            Self::Optional(inner) => write!(f, "{inner}?"),
        }
    }
}

/// All enumerations of the protocol.
pub(crate) const ENUMS: [&EnumSchema; 15] = [
    &CloseCode::SCHEMA,
    &EntityKind::SCHEMA,
    &MoveRefusal::SCHEMA,
    &AttackWith::SCHEMA,
    &Act::SCHEMA,
    &OrderRefusal::SCHEMA,
    &AttackOutcome::SCHEMA,
    &DamageType::SCHEMA,
    &Ability::SCHEMA,
    &Condition::SCHEMA,
    &Audience::SCHEMA,
    &SayRefusal::SCHEMA,
    &PartyRefusal::SCHEMA,
    &TradeEnding::SCHEMA,
    &TradeRefusal::SCHEMA,
];

/// All records of the protocol.
pub(crate) const RECORDS: [&RecordSchema; 2] = [&Goods::SCHEMA, &Member::SCHEMA];

/// The description that the schema hash is taken of: one line for each message, enumeration and frame part, without
/// the comments, so that a better wording does not lock anybody out.
#[must_use]
pub fn canonical_schema() -> String {
    let mut text = String::new();
    for (direction, messages) in [("client", ClientMessage::SCHEMA), ("server", ServerMessage::SCHEMA)] {
        for message in messages {
            let fields = canonical_fields(message.fields);
            writeln!(text, "{direction} {} {}({fields})", message.kind, message.name)
                .expect("a String takes any text");
        }
    }
    for record in RECORDS {
        writeln!(text, "record {}({})", record.name, canonical_fields(record.fields))
            .expect("a String takes any text");
    }
    for schema in ENUMS {
        let values: Vec<_> = schema.variants.iter().map(|v| format!("{}={}", v.name, v.number)).collect();
        writeln!(text, "enum {}({})", schema.name, values.join(",")).expect("a String takes any text");
    }
    text.push_str(LAYOUT);
    text
}

fn canonical_fields(fields: &[FieldSchema]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| format!("{}:{}", field.name, field.wire)).collect();
    fields.join(",")
}

/// The first eight bytes (big-endian) of the BLAKE3 hash of [`canonical_schema`]. Both sides compare it in `Hello`:
/// peers that were built from other declarations part at once instead of misreading each other.
#[must_use]
pub fn schema_hash() -> u64 {
    let hash = blake3::hash(canonical_schema().as_bytes());
    let (head, _) = hash.as_bytes().split_first_chunk::<8>().expect("a BLAKE3 hash has 32 bytes");
    u64::from_be_bytes(*head)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn kinds_are_unique_in_each_direction() {
        for messages in [ClientMessage::SCHEMA, ServerMessage::SCHEMA] {
            let kinds: HashSet<_> = messages.iter().map(|message| message.kind).collect();
            assert_eq!(kinds.len(), messages.len());
        }
    }

    #[test]
    fn close_codes_stay_in_the_block_that_is_ours() {
        assert!(CloseCode::SCHEMA.variants.iter().all(|code| (4000..4100).contains(&code.number)));
    }

    #[test]
    fn everything_is_explained() {
        for message in ClientMessage::SCHEMA.iter().chain(ServerMessage::SCHEMA) {
            assert!(!message.doc.is_empty(), "{}", message.name);
            for field in message.fields {
                assert!(!field.doc.is_empty(), "{}.{}", message.name, field.name);
            }
        }
    }
}
