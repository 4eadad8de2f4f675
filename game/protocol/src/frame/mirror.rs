//! The receiving end of one cell's stream.

use std::collections::BTreeMap;

use super::{Cell, EntityState, Segment, SegmentKind, body};
use crate::{DecodeError, varint::Cursor};

/// A copy of one cell, kept up by its segments.
///
/// A gateway keeps one for each cell that it forwards, and so can give a late or slow client a keyframe without asking
/// the Unification.
#[derive(Clone, Debug)]
pub struct CellMirror {
    cell: Cell,
    /// `None` until a keyframe came, and after a gap.
    sequence: Option<u32>,
    entities: BTreeMap<u32, EntityState>,
}

/// What a segment did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The copy is up to date again.
    Changed(CellChanges),
    /// A delta is missing. The copy stays as it was, and deltas are ignored until a keyframe comes.
    Gap,
}

/// Net ids touched by a segment, each list rising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellChanges {
    /// New in the cell, or changed.
    pub present: Vec<u32>,
    /// No longer in the cell.
    pub removed: Vec<u32>,
}

impl CellMirror {
    /// A copy of which nothing is known yet.
    #[must_use]
    pub const fn new(cell: Cell) -> Self {
        Self { cell, sequence: None, entities: BTreeMap::new() }
    }

    /// A copy that begins with an empty cell at sequence 0, as a new [`super::CellEncoder`] does.
    #[must_use]
    pub const fn new_empty(cell: Cell) -> Self {
        Self { cell, sequence: Some(0), entities: BTreeMap::new() }
    }

    /// The cell.
    #[must_use]
    pub const fn cell(&self) -> Cell {
        self.cell
    }

    /// The sequence that the copy stands at, or `None` while it waits for a keyframe.
    #[must_use]
    pub const fn sequence(&self) -> Option<u32> {
        self.sequence
    }

    /// The cell's entities, rising by net id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &EntityState> {
        self.entities.values()
    }

    /// One of the cell's entities.
    #[must_use]
    pub fn entity(&self, net_id: u32) -> Option<&EntityState> {
        self.entities.get(&net_id)
    }

    /// Applies one segment of this cell. A `Leave` empties the copy.
    ///
    /// # Errors
    /// When the body can't be decoded; the copy then stays as it was and waits for a keyframe.
    pub fn apply(&mut self, segment: &Segment) -> Result<Applied, DecodeError> {
        let expected = self.sequence.take().map(|sequence| sequence.wrapping_add(1));
        let changes = match segment.kind {
            SegmentKind::Leave => return Ok(Applied::Changed(self.replace_all(Vec::new()))),
            SegmentKind::Keyframe => self.apply_keyframe(&segment.body)?,
            SegmentKind::Delta if expected == Some(segment.sequence) => self.apply_delta(&segment.body)?,
            SegmentKind::Delta => return Ok(Applied::Gap),
        };
        self.sequence = Some(segment.sequence);
        Ok(Applied::Changed(changes))
    }

    /// A keyframe of the copy, or `None` while it waits for one itself.
    #[must_use]
    pub fn keyframe(&self) -> Option<Segment> {
        let body = body::write_keyframe(self.entities.values()).into();
        Some(Segment { cell: self.cell, kind: SegmentKind::Keyframe, sequence: self.sequence?, body })
    }

    fn apply_keyframe(&mut self, bytes: &[u8]) -> Result<CellChanges, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        if !body::read_removed(&mut cursor)?.is_empty() {
            return Err(DecodeError::Inconsistent);
        }
        // Nothing is known before a keyframe, so that a record which is no spawn fails.
        let entities = body::read_records(&mut cursor, &BTreeMap::new())?;
        Ok(self.replace_all(entities))
    }

    fn apply_delta(&mut self, bytes: &[u8]) -> Result<CellChanges, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let removed = body::read_removed(&mut cursor)?;
        let records = body::read_records(&mut cursor, &self.entities)?;
        let is_unknown = |net_id: &u32| !self.entities.contains_key(net_id);
        let present: Vec<_> = records.iter().map(|entity| entity.net_id).collect();
        let is_both = |net_id: &u32| present.binary_search(net_id).is_ok();
        if removed.iter().any(|net_id| is_unknown(net_id) || is_both(net_id)) {
            return Err(DecodeError::Inconsistent);
        }
        for net_id in &removed {
            self.entities.remove(net_id);
        }
        self.entities.extend(records.into_iter().map(|entity| (entity.net_id, entity)));
        Ok(CellChanges { present, removed })
    }

    fn replace_all(&mut self, entities: Vec<EntityState>) -> CellChanges {
        let present: Vec<_> = entities.iter().map(|entity| entity.net_id).collect();
        let entities = entities.into_iter().map(|entity| (entity.net_id, entity)).collect();
        let before = std::mem::replace(&mut self.entities, entities);
        let removed = before.into_keys().filter(|net_id| !self.entities.contains_key(net_id)).collect();
        CellChanges { present, removed }
    }
}
