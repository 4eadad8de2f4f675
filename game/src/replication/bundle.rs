//! One net tick of a region as bytes: which moves took effect, and each dirty cell's segment once.
//!
//! Layout: flags, count of moves and the moves (net id, seq) as varints, count of news and of each whether it has cells, its
//! two cells and its message after its length, then frames of the client protocol, each after its length. Segments and messages are forwarded as they
//! are, so the bytes are never copied between bus and socket.

use bytes::Bytes;
use protocol::{
    DecodeError,
    frame::{Cell, Frame, FrameHeader, Segment, write_frames},
    limits::SERVER_MESSAGE_BYTES_MAX,
    varint::{self, Cursor},
};

use super::{NEWS_MAX, News};

/// The receiver forgets what it knew: all that exists follows.
const FLAG_COMPLETE: u8 = 1;
/// Most moves that a bundle reports: more players than a region holds.
const MOVES_MAX: usize = 65_536;
/// Most segments of a bundle: each cell of a region, as delta and as keyframe.
const SEGMENTS_MAX: usize = 2 * 64 * 64;

/// One net tick of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bundle {
    pub(crate) tick: u64,
    /// Whether the segments are keyframes of all cells that ever held anyone.
    pub(crate) complete: bool,
    /// For each player who moved since the last bundle: net id, and the number of the last move that was taken.
    pub(crate) moves: Vec<(u32, u32)>,
    /// What happened in fights.
    pub(crate) news: Vec<News>,
    pub(crate) segments: Vec<Segment>,
}

/// Why bytes are no bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a region's bundle: {0}")]
pub(crate) struct BundleError(#[from] DecodeError);

impl Bundle {
    pub(crate) fn encode(&self) -> Bytes {
        let mut out = vec![u8::from(self.complete) * FLAG_COMPLETE];
        varint::write(&mut out, self.moves.len() as u64);
        for &(net_id, seq) in &self.moves {
            varint::write(&mut out, net_id.into());
            varint::write(&mut out, seq.into());
        }
        varint::write(&mut out, self.news.len() as u64);
        for News { cells, message } in &self.news {
            out.push(u8::from(cells.is_some()));
            for cell in cells.iter().flatten() {
                varint::write_signed(&mut out, cell.x.into());
                varint::write_signed(&mut out, cell.z.into());
            }
            varint::write(&mut out, message.len() as u64);
            out.extend_from_slice(message);
        }
        for frame in write_frames(FrameHeader { tick: self.tick, move_seq: 0 }, &self.segments) {
            varint::write(&mut out, frame.len() as u64);
            out.extend_from_slice(&frame);
        }
        out.into()
    }

    pub(crate) fn decode(bytes: &Bytes) -> Result<Self, BundleError> {
        let mut cursor = Cursor::new(bytes);
        let complete = cursor.byte()? & FLAG_COMPLETE != 0;
        let moves = (0..cursor.count(MOVES_MAX)?)
            .map(|_| Ok((cursor.unsigned_32()?, cursor.unsigned_32()?)))
            .collect::<Result<_, DecodeError>>()?;
        let mut news = Vec::new();
        for _ in 0..cursor.count(NEWS_MAX)? {
            let cells = match cursor.byte()? {
                0 => None,
                _ => Some([read_cell(&mut cursor)?, read_cell(&mut cursor)?]),
            };
            let length = cursor.count(SERVER_MESSAGE_BYTES_MAX)?;
            let start = cursor.offset();
            cursor.take(length)?;
            news.push(News { cells, message: bytes.slice(start..start + length) });
        }
        let mut bundle = Self { tick: 0, complete, moves, news, segments: Vec::new() };
        while cursor.remaining() > 0 {
            let length = cursor.count(bytes.len())?;
            let start = cursor.offset();
            cursor.take(length)?;
            let mut frame = Frame::decode(&bytes.slice(start..start + length))?;
            bundle.tick = frame.header.tick;
            bundle.segments.append(&mut frame.segments);
            if bundle.segments.len() > SEGMENTS_MAX {
                return Err(DecodeError::OverLimit.into());
            }
        }
        Ok(bundle)
    }
}

fn read_cell(cursor: &mut Cursor<'_>) -> Result<Cell, DecodeError> {
    Ok(Cell { x: cursor.signed_32()?, z: cursor.signed_32()? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use protocol::frame::SegmentKind;

    use super::*;

    #[test]
    fn a_bundle_of_many_cells_survives_the_bus() {
        let segments = (0..3_000)
            .map(|x| Segment {
                cell: Cell { x, z: -x },
                kind: SegmentKind::Keyframe,
                sequence: 9,
                body: vec![0, 0].into(),
            })
            .collect();
        let cells = Some([Cell { x: -7, z: 8 }, Cell { x: i32::MIN, z: i32::MAX }]);
        let struck = News { cells, message: Bytes::from_static(b"struck") };
        let said = News { cells: None, message: Bytes::from_static(b"said") };
        let news = vec![struck, said];
        let bundle = Bundle { tick: 77, complete: true, moves: vec![(1, 2), (3, u32::MAX)], news, segments };
        assert_eq!(Bundle::decode(&bundle.encode()), Ok(bundle));
    }

    #[test]
    fn an_empty_bundle_still_tells_the_tick() {
        let bundle = Bundle { tick: 5, ..Bundle::default() };
        assert_eq!(Bundle::decode(&bundle.encode()), Ok(bundle));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_bundle_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Bundle::decode(&bytes.into());
        }
    }
}
