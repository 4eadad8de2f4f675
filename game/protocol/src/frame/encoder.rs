//! The sending end of one cell's stream.

use super::{Cell, EntityState, Segment, SegmentKind, body};
use crate::limits::{CELL_ENTITIES_MAX, CELL_UNITS, NAME_BYTES_MAX};

/// Remembers what was sent of one cell and encodes what changed since.
///
/// Keep it for as long as anyone watches the cell: a new encoder counts its sequence from 0 again, and what watchers
/// have then needs a keyframe.
#[derive(Clone, Debug)]
pub struct CellEncoder {
    cell: Cell,
    sequence: u32,
    sent: Vec<EntityState>,
}

impl CellEncoder {
    /// The encoder of a cell of which nothing was sent.
    #[must_use]
    pub const fn new(cell: Cell) -> Self {
        Self { cell, sequence: 0, sent: Vec::new() }
    }

    /// The cell.
    #[must_use]
    pub const fn cell(&self) -> Cell {
        self.cell
    }

    /// The sequence of the last delta; 0 before the first.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// Whether the cell was empty when it was last sent.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// Takes the cell's present entities and encodes what changed, or `None` if nothing did.
    ///
    /// They come in any order. What the wire can't hold is brought into its limits: offsets and names are cut, of two
    /// entities with one net id the first stays, and those over [`CELL_ENTITIES_MAX`] are left out.
    pub fn update(&mut self, mut current: Vec<EntityState>) -> Option<Segment> {
        current.iter_mut().for_each(fit);
        current.sort_by_key(|entity| entity.net_id);
        current.dedup_by_key(|entity| entity.net_id);
        current.truncate(CELL_ENTITIES_MAX);
        let body = body::write_delta(&self.sent, &current)?;
        self.sequence = self.sequence.wrapping_add(1);
        self.sent = current;
        Some(Segment {
            cell: self.cell,
            kind: SegmentKind::Delta,
            sequence: self.sequence,
            body: body.into(),
        })
    }

    /// Encodes everything that was sent so far. The next delta builds upon it.
    #[must_use]
    pub fn keyframe(&self) -> Segment {
        Segment {
            cell: self.cell,
            kind: SegmentKind::Keyframe,
            sequence: self.sequence,
            body: body::write_keyframe(self.sent.iter()).into(),
        }
    }
}

fn fit(entity: &mut EntityState) {
    const OFFSET_MAX: u16 = CELL_UNITS as u16 - 1;
    entity.net_id = entity.net_id.max(1);
    entity.x = entity.x.min(OFFSET_MAX);
    entity.z = entity.z.min(OFFSET_MAX);
    if entity.name.len() > NAME_BYTES_MAX {
        entity.name = entity.name[..entity.name.floor_char_boundary(NAME_BYTES_MAX)].into();
    }
}
