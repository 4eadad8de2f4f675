//! One player in the world, as its socket sees it: what the client knows, and what it is told next.

use bytes::Bytes;
use grid::CellCoord;
use protocol::frame::{Cell, FrameHeader, Segment, SegmentKind, write_frames};

use super::outbox::OutgoingFrame;
use crate::replication::{FeedUpdate, Interest, News, RegionMirror};

/// A player in the world.
#[derive(Debug)]
pub(super) struct Player {
    net_id: u32,
    interest: Interest,
    /// Cells that the client must yet be told to forget.
    left: Vec<Cell>,
    move_seq: u32,
    move_seq_told: u32,
    /// A frame was not taken in time: nothing is built until the write that is under way has ended.
    pub(super) is_behind: bool,
}

impl Player {
    pub(super) fn new(net_id: u32, cell: CellCoord, move_seq: u32) -> Self {
        let mut interest = Interest::new();
        interest.move_to(cell);
        Self { net_id, interest, left: Vec::new(), move_seq, move_seq_told: move_seq, is_behind: false }
    }

    /// The client asks for another area, or for its repair.
    pub(super) fn set_radius(&mut self, radius: u8) {
        self.left.append(&mut self.interest.set_radius(radius));
    }

    /// The client missed updates.
    pub(super) fn lose_track(&mut self) {
        self.interest.forget_sequences();
    }

    /// A frame was built but will never be sent.
    pub(super) fn take_back(&mut self, frame: OutgoingFrame) {
        self.left.extend(frame.left);
        // Else the number of the move that it told would be told no more.
        self.move_seq_told = 0;
        self.interest.forget_sequences();
    }

    /// Notes what an update says about this player, whether a frame follows or not.
    pub(super) fn note(&mut self, update: &FeedUpdate) {
        if let Some(&seq) = update.moves.get(&self.net_id) {
            self.move_seq = seq;
        }
        if update.complete {
            self.interest.forget_sequences();
        }
    }

    /// The messages of an update that this player may see.
    pub(super) fn news<'a>(&self, update: &'a FeedUpdate) -> impl Iterator<Item = &'a Bytes> {
        let watches = |cells: &[Cell; 2]| cells.iter().any(|cell| self.interest.watches(*cell));
        let is_seen = move |news: &&News| news.cells.as_ref().is_none_or(watches);
        update.news.iter().filter(is_seen).map(|news| &news.message)
    }

    /// What the client is told at this net tick; `None` if there is nothing.
    pub(super) fn frame(&mut self, update: &FeedUpdate, mirror: &RegionMirror) -> Option<OutgoingFrame> {
        if let Some(cell) = self.interest.middle().and_then(|last| mirror.cell_of(self.net_id, last)) {
            self.left.append(&mut self.interest.move_to(cell));
        }
        let left = std::mem::take(&mut self.left);
        let mut segments: Vec<_> = left.iter().copied().map(Segment::leave).collect();
        segments.extend(update.segments.iter().filter(|segment| self.is_next(segment)).cloned());
        let waiting: Vec<_> = self.interest.waiting().collect();
        for cell in waiting {
            let keyframe = mirror.keyframe(cell);
            if let Some(sequence) = self.interest.sequence_mut(cell) {
                *sequence = Some(keyframe.sequence);
            }
            segments.push(keyframe);
        }
        if segments.is_empty() && self.move_seq == self.move_seq_told {
            return None;
        }
        self.move_seq_told = self.move_seq;
        let header = FrameHeader { tick: update.tick, move_seq: self.move_seq };
        Some(OutgoingFrame { messages: write_frames(header, &segments), left })
    }

    /// Whether a segment continues the client's copy of its cell. A gap makes the cell wait for a keyframe.
    fn is_next(&mut self, segment: &Segment) -> bool {
        let Some(known) = self.interest.sequence_mut(segment.cell) else {
            return false;
        };
        let Some(sequence) = *known else {
            return false;
        };
        // A keyframe from the mirror may be newer than the update that is looked at.
        let ahead = segment.sequence.wrapping_sub(sequence) as i32;
        match segment.kind {
            SegmentKind::Delta if ahead == 1 => *known = Some(segment.sequence),
            SegmentKind::Delta if ahead <= 0 => return false,
            SegmentKind::Keyframe if ahead == 0 => return false,
            SegmentKind::Delta | SegmentKind::Keyframe | SegmentKind::Leave => {
                *known = None;
                return false;
            }
        }
        true
    }
}
