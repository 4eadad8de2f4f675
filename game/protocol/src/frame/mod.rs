//! Frames: what moved, cell by cell.
//!
//! A cell's stream is a *keyframe* (everything in the cell) followed by *deltas*, each counted by the stream's
//! sequence. A delta is encoded once ([`CellEncoder`]) and shared by all who watch the cell; a frame is a header and
//! the segments of the cells that one client watches. The baseline of a delta is what was sent last: the socket is
//! ordered and reliable, so nothing is acknowledged. Who skips a delta must send a keyframe next.
//!
//! Values are quantised before they are subtracted, so that a client's copy never drifts from the server's.

mod body;
mod encoder;
mod mirror;
mod view;

use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use crate::{
    Channel, DecodeError,
    control::EntityKind,
    limits::{CELL_UNITS, FRAME_SEGMENTS_MAX, SERVER_MESSAGE_BYTES_MAX},
    varint::{self, Cursor},
};

pub use encoder::CellEncoder;
pub use mirror::{Applied, CellChanges, CellMirror};
pub use view::{ViewEvent, WorldView};

/// The layout of frames, as far as it is not told by the control messages: part of the schema hash. Change it with
/// every change of what this module writes.
pub const LAYOUT: &str = "\
frame(tick:varint64,move_seq:varint32,segments:count)
segment(x:signed32,z:signed32,kind:u8[delta=0,keyframe=1,leave=2],sequence:varint32,length:varint,body)
body(removed:count,gap:varint32*,records:count,record*)
record(gap:varint32,mask:u8[spawn=1,ground=2,height=4,yaw=8,flags=16,vitals=32],\
[uuid:16,kind:u8,variant:u8,faction:varint16,name:text8],[dx:signed,dz:signed],[dy:signed],[yaw:u8],[flags:u8],\
[health:u8,conditions:varint32])
flags(walking=1,linkdead=2,fighting=4,casting=8,down=16,dead=32)
";

/// Bits of a record's change mask.
pub mod mask {
    /// The record brings the entity into the cell and holds all of its fields.
    pub const SPAWN: u8 = 1;
    /// The place on the ground changed.
    pub const GROUND: u8 = 2;
    /// The height changed.
    pub const HEIGHT: u8 = 4;
    /// The direction changed.
    pub const YAW: u8 = 8;
    /// The flags changed.
    pub const FLAGS: u8 = 16;
    /// Health or conditions changed.
    pub const VITALS: u8 = 32;
    /// What a spawn record's mask must be.
    pub const EVERYTHING: u8 = SPAWN | GROUND | HEIGHT | YAW | FLAGS | VITALS;
}

/// Bits of an entity's flags. A client ignores those that it does not know.
pub mod flag {
    /// The entity is walking.
    pub const WALKING: u8 = 1;
    /// The player's socket dropped; the character stands for a while.
    pub const LINKDEAD: u8 = 2;
    /// The entity is in a fight.
    pub const FIGHTING: u8 = 4;
    /// The entity casts a spell.
    pub const CASTING: u8 = 8;
    /// The entity lies at 0 hit points, dying or out of danger.
    pub const DOWN: u8 = 16;
    /// The entity is dead.
    pub const DEAD: u8 = 32;
}

/// A cell's coordinate in the world, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Eastward.
    pub x: i32,
    /// Southward.
    pub z: i32,
}

/// One entity as it is sent: quantised, relative to its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityState {
    /// Its number in frames, from 1; unique in the region and not used again while anyone may remember it.
    pub net_id: u32,
    /// Its id everywhere else.
    pub uuid: Uuid,
    /// What it is.
    pub kind: EntityKind,
    /// Which of its kind: a player's race or a creature's kind, by the rules' numbering.
    pub variant: u8,
    /// Whom it fights for: entities of one faction are allies. 0 of who fights for nobody.
    pub faction: u16,
    /// Its name, at most [`crate::limits::NAME_BYTES_MAX`] bytes.
    pub name: Arc<str>,
    /// Offset eastward from the cell's corner in 1/256 m, below [`CELL_UNITS`].
    pub x: u16,
    /// Offset southward from the cell's corner in 1/256 m, below [`CELL_UNITS`].
    pub z: u16,
    /// Height in 1/256 m.
    pub y: i32,
    /// Direction faced: 256 steps clockwise from north.
    pub yaw: u8,
    /// Bits of [`flag`].
    pub flags: u8,
    /// Its hit points as a part of its most, from 0 to [`crate::limits::HEALTH_FULL`]; above 0 while it has any.
    pub health: u8,
    /// Bits of [`crate::Condition`].
    pub conditions: u32,
}

impl EntityState {
    /// The position in the world, in 1/256 m: east, up, south.
    #[must_use]
    pub const fn position(&self, cell: Cell) -> [i64; 3] {
        [
            cell.x as i64 * CELL_UNITS + self.x as i64,
            self.y as i64,
            cell.z as i64 * CELL_UNITS + self.z as i64,
        ]
    }
}

/// What a segment does to its cell's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SegmentKind {
    /// Changes since the segment before it.
    Delta = 0,
    /// Everything in the cell; what was known of it is replaced.
    Keyframe = 1,
    /// The cell left the area of interest: forget it. The body is empty, the sequence 0.
    Leave = 2,
}

/// One cell's part of a frame. Cloning shares the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The cell.
    pub cell: Cell,
    /// What the body is.
    pub kind: SegmentKind,
    /// The cell's sequence after the segment. A delta's is one more than that of the segment before it.
    pub sequence: u32,
    /// Removals and records.
    pub body: Bytes,
}

impl Segment {
    /// The segment by which a client forgets `cell`.
    #[must_use]
    pub const fn leave(cell: Cell) -> Self {
        Self { cell, kind: SegmentKind::Leave, sequence: 0, body: Bytes::new() }
    }

    fn write(&self, out: &mut Vec<u8>) {
        varint::write_signed(out, self.cell.x.into());
        varint::write_signed(out, self.cell.z.into());
        out.push(self.kind as u8);
        varint::write(out, self.sequence.into());
        varint::write(out, self.body.len() as u64);
        out.extend_from_slice(&self.body);
    }

    fn read(cursor: &mut Cursor<'_>, message: &Bytes, offset: usize) -> Result<Self, DecodeError> {
        let cell = Cell { x: cursor.signed_32()?, z: cursor.signed_32()? };
        let kind = match cursor.byte()? {
            0 => SegmentKind::Delta,
            1 => SegmentKind::Keyframe,
            2 => SegmentKind::Leave,
            _ => return Err(DecodeError::UnknownKind),
        };
        let sequence = cursor.unsigned_32()?;
        let length = cursor.count(SERVER_MESSAGE_BYTES_MAX)?;
        let start = offset + cursor.offset();
        cursor.take(length)?;
        if kind == SegmentKind::Leave && (length, sequence) != (0, 0) {
            return Err(DecodeError::Inconsistent);
        }
        Ok(Self { cell, kind, sequence, body: message.slice(start..start + length) })
    }
}

/// What stands before the segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameHeader {
    /// The simulation's tick that the frame shows.
    pub tick: u64,
    /// The receiver's last `Move.seq` that took effect; 0 when none did.
    pub move_seq: u32,
}

/// One decoded frame; the segments share the message's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Tick and last move.
    pub header: FrameHeader,
    /// The cells' parts.
    pub segments: Vec<Segment>,
}

impl Frame {
    /// Decodes one whole WebSocket message, the channel byte included. The bodies are decoded when they are applied.
    ///
    /// # Errors
    /// When the bytes are no frame.
    pub fn decode(message: &Bytes) -> Result<Self, DecodeError> {
        if message.len() > SERVER_MESSAGE_BYTES_MAX {
            return Err(DecodeError::TooLong);
        }
        let (&channel, rest) = message.split_first().ok_or(DecodeError::Truncated)?;
        if channel != Channel::Frame as u8 {
            return Err(DecodeError::UnknownChannel);
        }
        let mut cursor = Cursor::new(rest);
        let header = FrameHeader { tick: cursor.unsigned()?, move_seq: cursor.unsigned_32()? };
        let count = cursor.count(FRAME_SEGMENTS_MAX)?;
        let mut segments = Vec::new();
        for _ in 0..count {
            segments.push(Segment::read(&mut cursor, message, 1)?);
        }
        cursor.finish()?;
        Ok(Self { header, segments })
    }
}

/// Encodes `segments` as whole WebSocket messages: nearly always one, more only where a single one would pass a
/// limit. Without segments it is one message that holds the header alone.
#[must_use]
pub fn write_frames(header: FrameHeader, segments: &[Segment]) -> Vec<Bytes> {
    // Channel, two varints of at most 10 and 5 bytes, and the count.
    const HEADER_BYTES_MAX: usize = 1 + 10 + 5 + 2;
    // Two coordinates, kind, sequence and length.
    const SEGMENT_HEADER_BYTES_MAX: usize = 5 + 5 + 1 + 5 + 5;

    let mut messages = Vec::with_capacity(1);
    let (mut first, mut bytes) = (0, HEADER_BYTES_MAX);
    for (index, segment) in segments.iter().enumerate() {
        let segment_bytes = SEGMENT_HEADER_BYTES_MAX + segment.body.len();
        let is_full = index - first == FRAME_SEGMENTS_MAX || bytes + segment_bytes > SERVER_MESSAGE_BYTES_MAX;
        if is_full && index > first {
            messages.push(write_frame(header, &segments[first..index], bytes));
            (first, bytes) = (index, HEADER_BYTES_MAX);
        }
        bytes += segment_bytes;
    }
    messages.push(write_frame(header, &segments[first..], bytes));
    messages
}

fn write_frame(header: FrameHeader, segments: &[Segment], capacity: usize) -> Bytes {
    let mut out = Vec::with_capacity(capacity);
    out.push(Channel::Frame as u8);
    varint::write(&mut out, header.tick);
    varint::write(&mut out, header.move_seq.into());
    varint::write(&mut out, segments.len() as u64);
    for segment in segments {
        segment.write(&mut out);
    }
    out.into()
}
