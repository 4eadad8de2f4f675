//! The two macros by which a message or an enumeration is declared once: the Rust type, its codec and its description.

use uuid::Uuid;

use crate::{
    DecodeError,
    limits::TARGETS_MAX,
    msgpack::{Reader, Writer},
    schema::WireType,
};

/// A type that can stand in a control message.
pub(crate) trait Field: Sized {
    /// How the type is described to other languages.
    const WIRE: WireType;
    fn write(&self, writer: &mut Writer);
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

macro_rules! integer_fields {
    ($($integer:ident, $wire:ident, $write:ident as $wide:ident;)+) => {$(
        impl Field for $integer {
            const WIRE: WireType = WireType::$wire;

            fn write(&self, writer: &mut Writer) {
                writer.$write($wide::from(*self));
            }

            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.integer()?.try_into().map_err(|_| DecodeError::OutOfRange)
            }
        }
    )+};
}

integer_fields! {
    u8, U8, unsigned as u64;
    u16, U16, unsigned as u64;
    u32, U32, unsigned as u64;
    u64, U64, unsigned as u64;
    i64, I64, signed as i64;
}

impl Field for bool {
    const WIRE: WireType = WireType::Bool;

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.boolean()
    }
}

impl Field for String {
    const WIRE: WireType = WireType::Text;

    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.text().map(Self::from)
    }
}

impl Field for Uuid {
    const WIRE: WireType = WireType::Uuid;

    fn write(&self, writer: &mut Writer) {
        writer.uuid(*self);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.uuid()
    }
}

impl Field for Vec<Uuid> {
    const WIRE: WireType = WireType::Uuids;

    fn write(&self, writer: &mut Writer) {
        let uuids = &self[..self.len().min(TARGETS_MAX)];
        writer.array(uuids.len() as u16);
        uuids.iter().for_each(|uuid| writer.uuid(*uuid));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let count = reader.array()?;
        if count as usize > TARGETS_MAX {
            return Err(DecodeError::OverLimit);
        }
        (0..count).map(|_| reader.uuid()).collect()
    }
}

impl<T: Field + 'static> Field for Option<T> {
    const WIRE: WireType = WireType::Optional(&T::WIRE);

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.nil(),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.take_nil()? { Ok(None) } else { T::read(reader).map(Some) }
    }
}

/// Declares a record: fields that stand together in lists.
macro_rules! wire_record {
    (
        $(#[doc = $record_doc:literal])+
        pub struct $record:ident {
            $( $(#[doc = $doc:literal])+ $field:ident: $type:ty, )+
        }
    ) => {
        $(#[doc = $record_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $record {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl $record {
            /// The description of the record.
            pub const SCHEMA: $crate::schema::RecordSchema = $crate::schema::RecordSchema {
                name: stringify!($record),
                doc: concat!($($record_doc),+),
                fields: &[$( $crate::schema::FieldSchema {
                    name: stringify!($field),
                    doc: concat!($($doc),+),
                    wire: <$type as $crate::declare::Field>::WIRE,
                }, )+],
            };
        }

        impl $crate::declare::Field for Vec<$record> {
            const WIRE: $crate::schema::WireType = $crate::schema::WireType::Records(&$record::SCHEMA);

            fn write(&self, writer: &mut $crate::msgpack::Writer) {
                let records = &self[..self.len().min($crate::limits::RECORDS_MAX)];
                writer.array(records.len() as u16);
                for record in records {
                    writer.array($record::SCHEMA.fields.len() as u16);
                    $( $crate::declare::Field::write(&record.$field, writer); )+
                }
            }

            fn read(reader: &mut $crate::msgpack::Reader<'_>) -> Result<Self, $crate::DecodeError> {
                let count = reader.array()?;
                if count as usize > $crate::limits::RECORDS_MAX {
                    return Err($crate::DecodeError::OverLimit);
                }
                let mut records = Self::new();
                for _ in 0..count {
                    if reader.array()? as usize != $record::SCHEMA.fields.len() {
                        return Err($crate::DecodeError::WrongFieldCount);
                    }
                    records.push($record { $( $field: <$type as $crate::declare::Field>::read(reader)?, )+ });
                }
                Ok(records)
            }
        }
    };
}

/// Declares the control messages of one direction.
macro_rules! messages {
    (
        $(#[doc = $enum_doc:literal])+
        pub enum $enum:ident, at most $bytes_max:expr => {
            $(
                $(#[doc = $doc:literal])+
                $kind:literal $name:ident { $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )* },
            )+
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $enum {$(
            $(#[doc = $doc])+
            $name { $( $(#[doc = $field_doc])+ $field: $type, )* },
        )+}

        impl $enum {
            /// The description of every message, in order of kind.
            pub const SCHEMA: &'static [$crate::schema::MessageSchema] = &[$(
                $crate::schema::MessageSchema {
                    kind: $kind,
                    name: stringify!($name),
                    doc: concat!($($doc),+),
                    fields: &[$( $crate::schema::FieldSchema {
                        name: stringify!($field),
                        doc: concat!($($field_doc),+),
                        wire: <$type as $crate::declare::Field>::WIRE,
                    }, )*],
                },
            )+];

            /// The message's name, for logs and metrics.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name { .. } => stringify!($name), )+ }
            }

            /// Encodes one whole WebSocket message, the channel byte included.
            #[must_use]
            pub fn encode(&self) -> bytes::Bytes {
                let mut writer = $crate::msgpack::Writer::with_prefix($crate::Channel::Control as u8);
                match self {$(
                    Self::$name { $($field,)* } => {
                        const FIELDS: &[&str] = &[$(stringify!($field)),*];
                        writer.array(1 + FIELDS.len() as u16);
                        writer.unsigned($kind);
                        $( $crate::declare::Field::write($field, &mut writer); )*
                    }
                )+}
                writer.finish().into()
            }

            /// Decodes one whole WebSocket message, the channel byte included.
            ///
            /// # Errors
            /// When the bytes are no message of this direction.
            pub fn decode(message: &[u8]) -> Result<Self, $crate::DecodeError> {
                use $crate::DecodeError;

                if message.len() > $bytes_max {
                    return Err(DecodeError::TooLong);
                }
                let (&channel, body) = message.split_first().ok_or(DecodeError::Truncated)?;
                if channel != $crate::Channel::Control as u8 {
                    return Err(DecodeError::UnknownChannel);
                }
                let mut reader = $crate::msgpack::Reader::new(body);
                let items = reader.array()?;
                let kind = reader.integer()?;
                let decoded = match kind {
                    $( $kind => {
                        const FIELDS: &[&str] = &[$(stringify!($field)),*];
                        if items as usize != 1 + FIELDS.len() {
                            return Err(DecodeError::WrongFieldCount);
                        }
                        Self::$name { $( $field: <$type as $crate::declare::Field>::read(&mut reader)?, )* }
                    } )+
                    _ => return Err(DecodeError::UnknownKind),
                };
                reader.finish()?;
                Ok(decoded)
            }
        }
    };
}

/// Declares an enumeration whose numbers go over the wire.
macro_rules! wire_enum {
    (
        $(#[doc = $enum_doc:literal])+
        pub enum $enum:ident: $repr:ident {
            $( $(#[doc = $doc:literal])+ $name:ident = $number:literal, )+
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr($repr)]
        pub enum $enum {
            $( $(#[doc = $doc])+ $name = $number, )+
        }

        impl $enum {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The description of the enumeration.
            pub const SCHEMA: $crate::schema::EnumSchema = $crate::schema::EnumSchema {
                name: stringify!($enum),
                doc: concat!($($enum_doc),+),
                variants: &[$( $crate::schema::EnumVariant {
                    name: stringify!($name),
                    doc: concat!($($doc),+),
                    number: $number,
                }, )+],
            };

            /// The number on the wire.
            #[must_use]
            pub const fn number(self) -> $repr {
                self as $repr
            }

            /// The value's name, for logs and metrics.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => stringify!($name), )+ }
            }

            /// The value that `number` stands for.
            #[must_use]
            pub const fn from_number(number: $repr) -> Option<Self> {
                match number {
                    $( $number => Some(Self::$name), )+
                    _ => None,
                }
            }
        }

        impl $crate::declare::Field for $enum {
            const WIRE: $crate::schema::WireType = $crate::schema::WireType::Enum(&Self::SCHEMA);

            fn write(&self, writer: &mut $crate::msgpack::Writer) {
                writer.unsigned(u64::from(self.number()));
            }

            fn read(reader: &mut $crate::msgpack::Reader<'_>) -> Result<Self, $crate::DecodeError> {
                let number = reader.integer()?.try_into().map_err(|_| $crate::DecodeError::OutOfRange)?;
                Self::from_number(number).ok_or($crate::DecodeError::OutOfRange)
            }
        }
    };
}

pub(crate) use {messages, wire_enum, wire_record};
