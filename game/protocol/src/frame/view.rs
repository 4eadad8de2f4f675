//! A client's copy of everything that it sees.

use std::collections::BTreeMap;

use super::{Applied, Cell, CellMirror, EntityState, Frame, FrameHeader, SegmentKind};
use crate::{DecodeError, limits::FRAME_SEGMENTS_MAX};

/// The cells in a client's area of interest, and its entities across them.
///
/// An entity that walks from one cell into the next is removed from the first and spawned in the second by the same
/// frame. The view knows it by its net id, so that it moves and does not vanish.
#[derive(Clone, Debug, Default)]
pub struct WorldView {
    header: FrameHeader,
    cells: BTreeMap<Cell, CellMirror>,
    homes: BTreeMap<u32, Cell>,
}

/// What a frame changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewEvent {
    /// The entity of this net id came into view.
    Appeared(u32),
    /// The entity of this net id moved or changed.
    Changed(u32),
    /// The entity of this net id left the view.
    Disappeared(u32),
    /// A delta of this cell is missing; the cell stands still until a keyframe comes. `Interest` asks for one.
    Gap(Cell),
}

impl WorldView {
    /// A view of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The header of the last frame.
    #[must_use]
    pub const fn header(&self) -> FrameHeader {
        self.header
    }

    /// The cells in view.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &CellMirror> {
        self.cells.values()
    }

    /// All entities in view with their cells, rising by net id.
    pub fn entities(&self) -> impl Iterator<Item = (Cell, &EntityState)> {
        self.homes.keys().filter_map(|net_id| self.entity(*net_id))
    }

    /// One entity and its cell.
    #[must_use]
    pub fn entity(&self, net_id: u32) -> Option<(Cell, &EntityState)> {
        let cell = *self.homes.get(&net_id)?;
        Some((cell, self.cells.get(&cell)?.entity(net_id)?))
    }

    /// Applies one frame and tells what changed, by net id, gaps last.
    ///
    /// # Errors
    /// When a body can't be decoded; that cell then waits for a keyframe, and the frame's later segments are lost.
    pub fn apply(&mut self, frame: &Frame) -> Result<Vec<ViewEvent>, DecodeError> {
        self.header = frame.header;
        // Whether each touched entity was in view before the frame.
        let mut touched = BTreeMap::new();
        let mut gaps = Vec::new();
        for segment in &frame.segments {
            if segment.kind == SegmentKind::Keyframe && !self.cells.contains_key(&segment.cell) {
                if self.cells.len() >= FRAME_SEGMENTS_MAX {
                    return Err(DecodeError::OverLimit);
                }
                self.cells.insert(segment.cell, CellMirror::new(segment.cell));
            }
            // A delta of a cell that was left, or not entered yet, is of no use.
            let Some(mirror) = self.cells.get_mut(&segment.cell) else { continue };
            match mirror.apply(segment)? {
                Applied::Gap => gaps.push(ViewEvent::Gap(segment.cell)),
                Applied::Changed(changes) => {
                    for net_id in changes.present {
                        let before = self.homes.insert(net_id, segment.cell);
                        touched.entry(net_id).or_insert(before.is_some());
                    }
                    for net_id in changes.removed {
                        // The next cell may have claimed it already.
                        if self.homes.get(&net_id) == Some(&segment.cell) {
                            self.homes.remove(&net_id);
                            touched.entry(net_id).or_insert(true);
                        }
                    }
                }
            }
            if segment.kind == SegmentKind::Leave {
                self.cells.remove(&segment.cell);
            }
        }
        let mut events: Vec<_> = touched
            .into_iter()
            .filter_map(|(net_id, was_in_view)| match (was_in_view, self.homes.contains_key(&net_id)) {
                (false, true) => Some(ViewEvent::Appeared(net_id)),
                (true, true) => Some(ViewEvent::Changed(net_id)),
                (true, false) => Some(ViewEvent::Disappeared(net_id)),
                (false, false) => None,
            })
            .collect();
        events.append(&mut gaps);
        Ok(events)
    }
}
