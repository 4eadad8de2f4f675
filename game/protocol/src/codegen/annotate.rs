//! Takes encoded messages apart by their description, piece by piece: for the document's worked examples and for the
//! golden vectors' expected fields.
//!
//! It walks the schema and not the Rust types, so that it disagrees where a codec and its description do.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{DecodeError, MessageSchema, WireType, frame::mask, msgpack::Reader, varint::Cursor};

/// Some consecutive bytes and what they say.
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    pub(super) meaning: String,
}

/// A control message taken apart.
pub(super) struct Control {
    pub(super) pieces: Vec<Piece>,
    /// Name and value of each field; 64-bit integers as text, as JSON numbers lose their last digits.
    pub(super) fields: Vec<(&'static str, Value)>,
}

/// Takes a control message apart.
pub(super) fn control(schema: &MessageSchema, message: &[u8]) -> Result<Control, DecodeError> {
    let mut pieces = vec![piece(&message[..1], "channel: control")];
    let body = &message[1..];
    let mut reader = Reader::new(body);
    let mut start = 0;
    let mut take = |reader: &Reader<'_>, meaning: String| {
        let end = body.len() - reader.remaining();
        pieces.push(Piece { bytes: body[start..end].to_vec(), meaning });
        start = end;
    };
    let items = reader.array()?;
    take(&reader, format!("array of {items}"));
    reader.integer()?;
    take(&reader, format!("kind {}: {}", schema.kind, schema.name));
    let mut fields = Vec::new();
    for field in schema.fields {
        let value = read_value(&mut reader, field.wire)?;
        take(&reader, format!("{}: {}", field.name, shown(&value)));
        fields.push((field.name, value));
    }
    reader.finish()?;
    Ok(Control { pieces, fields })
}

fn read_value(reader: &mut Reader<'_>, wire: WireType) -> Result<Value, DecodeError> {
    Ok(match wire {
        WireType::Bool => json!(reader.boolean()?),
        WireType::U8 | WireType::U16 | WireType::U32 | WireType::Enum(_) => {
            json!(u32::try_from(reader.integer()?).map_err(|_| DecodeError::OutOfRange)?)
        }
        WireType::U64 | WireType::I64 => json!(reader.integer()?.to_string()),
        WireType::Text => json!(reader.text()?),
        WireType::Uuid => json!(reader.uuid()?.to_string()),
        WireType::Uuids => {
            let uuids = (0..reader.array()?).map(|_| reader.uuid().map(|uuid| uuid.to_string()));
            json!(uuids.collect::<Result<Vec<_>, _>>()?)
        }
        WireType::Records(schema) => {
            let mut records = Vec::new();
            for _ in 0..reader.array()? {
                reader.array()?;
                let fields = schema.fields.iter().map(|field| read_value(reader, field.wire));
                records.push(json!(fields.collect::<Result<Vec<_>, _>>()?));
            }
            json!(records)
        }
        WireType::Optional(inner) => match reader.take_nil()? {
            true => Value::Null,
            false => read_value(reader, *inner)?,
        },
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nil".to_owned(),
        Value::String(text) if text.parse::<i128>().is_ok() => text.clone(),
        other => other.to_string(),
    }
}

/// Takes a frame apart.
pub(super) fn frame(message: &[u8]) -> Result<Vec<Piece>, DecodeError> {
    let mut walk = Walk { cursor: Cursor::new(message), message, start: 0, pieces: Vec::new() };
    walk.byte("channel: frame")?;
    walk.unsigned("tick")?;
    walk.unsigned("move_seq")?;
    let segments = walk.unsigned("segments")?;
    for _ in 0..segments {
        walk.signed("segment: cell x")?;
        walk.signed("segment: cell z")?;
        let kind = walk.cursor.byte()?;
        walk.take(format!("segment: kind {kind}, {}", ["delta", "keyframe", "leave"][usize::from(kind)]));
        walk.unsigned("segment: sequence")?;
        if walk.unsigned("segment: body length")? > 0 {
            walk.body()?;
        }
    }
    walk.cursor.finish()?;
    Ok(walk.pieces)
}

struct Walk<'a> {
    cursor: Cursor<'a>,
    message: &'a [u8],
    start: usize,
    pieces: Vec<Piece>,
}

impl Walk<'_> {
    fn body(&mut self) -> Result<(), DecodeError> {
        let removed = self.unsigned("  removed")?;
        self.net_ids(removed, |walk, net_id, gap| {
            walk.take(format!("    gap {gap}: net id {net_id}"));
            Ok(())
        })?;
        let records = self.unsigned("  records")?;
        self.net_ids(records, |walk, net_id, gap| {
            walk.take(format!("    gap {gap}: net id {net_id}"));
            walk.record()
        })
    }

    fn net_ids(
        &mut self,
        count: u64,
        each: impl Fn(&mut Self, u64, u64) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut net_id = 0;
        for _ in 0..count {
            let gap = self.cursor.unsigned()?;
            net_id += gap;
            each(self, net_id, gap)?;
        }
        Ok(())
    }

    fn record(&mut self) -> Result<(), DecodeError> {
        let bits = self.cursor.byte()?;
        let names = [
            (mask::SPAWN, "spawn"),
            (mask::GROUND, "ground"),
            (mask::HEIGHT, "height"),
            (mask::YAW, "yaw"),
            (mask::FLAGS, "flags"),
            (mask::VITALS, "vitals"),
        ];
        let set: Vec<_> = names.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| *name).collect();
        self.take(format!("      mask: {}", set.join(", ")));
        if bits & mask::SPAWN != 0 {
            let uuid = Uuid::from_bytes(self.cursor.array()?);
            self.take(format!("      uuid: {uuid}"));
            self.byte("      kind")?;
            self.byte("      variant")?;
            self.unsigned("      faction")?;
            let length = self.byte("      name length")?;
            let name = String::from_utf8_lossy(self.cursor.take(length.into())?).into_owned();
            self.take(format!("      name: {name:?}"));
        }
        if bits & mask::GROUND != 0 {
            self.signed("      dx")?;
            self.signed("      dz")?;
        }
        if bits & mask::HEIGHT != 0 {
            self.signed("      dy")?;
        }
        if bits & mask::YAW != 0 {
            self.byte("      yaw")?;
        }
        if bits & mask::FLAGS != 0 {
            self.byte("      flags")?;
        }
        if bits & mask::VITALS != 0 {
            self.byte("      health")?;
            self.unsigned("      conditions")?;
        }
        Ok(())
    }

    fn byte(&mut self, name: &str) -> Result<u8, DecodeError> {
        let value = self.cursor.byte()?;
        self.take(if name.contains("channel") { name.to_owned() } else { format!("{name}: {value}") });
        Ok(value)
    }

    fn unsigned(&mut self, name: &str) -> Result<u64, DecodeError> {
        let value = self.cursor.unsigned()?;
        self.take(format!("{name}: {value}"));
        Ok(value)
    }

    fn signed(&mut self, name: &str) -> Result<(), DecodeError> {
        let value = self.cursor.signed()?;
        self.take(format!("{name}: {value}"));
        Ok(())
    }

    fn take(&mut self, meaning: String) {
        let end = self.cursor.offset();
        self.pieces.push(Piece { bytes: self.message[self.start..end].to_vec(), meaning });
        self.start = end;
    }
}

fn piece(bytes: &[u8], meaning: &str) -> Piece {
    Piece { bytes: bytes.to_vec(), meaning: meaning.to_owned() }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
