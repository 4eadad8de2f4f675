//! The receiving end at a gateway: a copy of the region, from which anyone can be given a keyframe at any time.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use grid::CellCoord;
use protocol::frame::{Applied, Cell, CellMirror, Segment, SegmentKind};

use super::{Bundle, News};

/// A gateway's copy of one region.
#[derive(Debug, Default)]
pub(crate) struct RegionMirror {
    cells: BTreeMap<Cell, MirroredCell>,
    tick: u64,
    /// Whether the copy is right: a complete bundle came, and none was missed since.
    synced: bool,
}

#[derive(Debug)]
struct MirroredCell {
    mirror: CellMirror,
    /// Encoded when the first client needs it, for all who need it before the next change.
    keyframe: OnceLock<Segment>,
}

/// What a bundle brought, for every socket to pick from.
#[derive(Debug)]
pub(crate) struct FeedUpdate {
    pub(crate) tick: u64,
    /// What the sockets sent before can't be built upon.
    pub(crate) complete: bool,
    pub(crate) segments: Vec<Segment>,
    /// By net id, the last move that was taken.
    pub(crate) moves: HashMap<u32, u32>,
    /// What happened in fights.
    pub(crate) news: Vec<News>,
}

impl RegionMirror {
    /// Takes a bundle in. `None` while the copy is not right: then a complete bundle must be asked for.
    pub(crate) fn apply(&mut self, bundle: Bundle) -> Option<FeedUpdate> {
        if bundle.complete {
            self.cells.clear();
            self.synced = true;
        } else if bundle.tick <= self.tick {
            // The region was started anew.
            self.synced = false;
        }
        self.tick = bundle.tick;
        if !self.synced {
            return None;
        }
        for segment in &bundle.segments {
            let cell = self.cells.entry(segment.cell).or_insert_with(|| MirroredCell::empty(segment.cell));
            cell.keyframe = OnceLock::new();
            if !matches!(cell.mirror.apply(segment), Ok(Applied::Changed(_))) {
                self.synced = false;
                return None;
            }
        }
        Some(FeedUpdate {
            tick: bundle.tick,
            complete: bundle.complete,
            segments: bundle.segments,
            moves: bundle.moves.into_iter().collect(),
            news: bundle.news,
        })
    }

    /// Bundles were missed.
    pub(crate) fn lose_track(&mut self) {
        self.synced = false;
    }

    /// Whether the copy is right.
    pub(crate) const fn is_synced(&self) -> bool {
        self.synced
    }

    /// The tick of the last bundle.
    pub(crate) const fn tick(&self) -> u64 {
        self.tick
    }

    /// Everything in `cell`, as a client that knows nothing of it needs it.
    pub(crate) fn keyframe(&self, cell: Cell) -> Segment {
        match self.cells.get(&cell) {
            Some(known) => known
                .keyframe
                .get_or_init(|| known.mirror.keyframe().unwrap_or_else(|| empty_keyframe(cell)))
                .clone(),
            None => empty_keyframe(cell),
        }
    }

    /// The cell in which an entity is; the search begins near where it was.
    pub(crate) fn cell_of(&self, net_id: u32, last: CellCoord) -> Option<CellCoord> {
        let holds = |coord: &CellCoord| {
            let cell = Cell { x: coord.x, z: coord.z };
            self.cells.get(&cell).is_some_and(|known| known.mirror.entity(net_id).is_some())
        };
        let around = (-1..=1).flat_map(|dz| {
            (-1..=1).map(move |dx| CellCoord::new(last.x.saturating_add(dx), last.z.saturating_add(dz)))
        });
        std::iter::once(last)
            .chain(around)
            .chain(self.cells.keys().map(|cell| CellCoord::new(cell.x, cell.z)))
            .find(|coord| holds(coord))
    }
}

impl MirroredCell {
    const fn empty(cell: Cell) -> Self {
        Self { mirror: CellMirror::new_empty(cell), keyframe: OnceLock::new() }
    }
}

/// A cell that never held anyone, as its encoder will begin.
fn empty_keyframe(cell: Cell) -> Segment {
    // No removals, no records.
    Segment { cell, kind: SegmentKind::Keyframe, sequence: 0, body: vec![0, 0].into() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use grid::{EntityId, Position};
    use simulation::{CreatureKind, EntityKind, EntityView, NetId};

    use super::*;
    use crate::replication::Publisher;

    fn wolf(net_id: u32, x: i64) -> EntityView {
        EntityView {
            net_id: NetId(net_id),
            entity: EntityId::from_uuid(uuid::Uuid::from_u128(net_id.into())),
            kind: EntityKind::Creature(CreatureKind::Wolf),
            name: Arc::from("Wolf"),
            position: Position::new(x, 10, 5),
            yaw: 0,
            units_per_second: 0,
            walking: false,
            linkdead: false,
            fighter: None,
        }
    }

    const HERE: Cell = Cell { x: 0, z: 0 };

    #[test]
    fn nothing_is_believed_before_a_complete_bundle() {
        let (mut publisher, mut mirror) = (Publisher::default(), RegionMirror::default());
        assert!(mirror.apply(publisher.publish(3, &[wolf(1, 5)], false)).is_none());
        assert!(mirror.apply(publisher.publish(6, &[wolf(1, 5)], true)).is_some());
        assert_eq!(mirror.cell_of(1, CellCoord::new(40, 40)), Some(CellCoord::new(0, 0)));
    }

    #[test]
    fn a_missed_bundle_is_noticed_by_the_next_change() {
        let (mut publisher, mut mirror) = (Publisher::default(), RegionMirror::default());
        mirror.apply(publisher.publish(3, &[wolf(1, 5)], true));
        publisher.publish(6, &[wolf(1, 6)], false);
        assert!(mirror.apply(publisher.publish(9, &[wolf(1, 7)], false)).is_none());
        assert!(!mirror.is_synced());
        assert!(mirror.apply(publisher.publish(12, &[wolf(1, 7)], true)).is_some());
        assert!(mirror.is_synced());
    }

    #[test]
    fn a_region_that_starts_anew_is_noticed() {
        let mut mirror = RegionMirror::default();
        mirror.apply(Publisher::default().publish(300, &[wolf(1, 5)], true));
        assert!(mirror.apply(Publisher::default().publish(3, &[], false)).is_none());
    }

    #[test]
    fn a_keyframe_is_encoded_once_until_the_cell_changes() {
        let (mut publisher, mut mirror) = (Publisher::default(), RegionMirror::default());
        mirror.apply(publisher.publish(3, &[wolf(1, 5)], true));
        let first = mirror.keyframe(HERE);
        assert_eq!(first.body.as_ptr(), mirror.keyframe(HERE).body.as_ptr(), "shared");
        mirror.apply(publisher.publish(6, &[wolf(1, 6)], false));
        assert_ne!(first, mirror.keyframe(HERE));
        assert_eq!(mirror.keyframe(Cell { x: 9, z: 9 }).sequence, 0);
    }

    #[test]
    fn moves_are_told_once() {
        let mut publisher = Publisher::default();
        publisher.note_move(wolf(1, 5).entity, 8);
        assert_eq!(publisher.publish(3, &[wolf(1, 5)], false).moves, [(1, 8)]);
        assert!(publisher.publish(6, &[wolf(1, 5)], false).moves.is_empty());
    }
}
