//! Frames: what a client sees is what the server has, whatever moved, and no bytes upset a decoder.

use std::collections::BTreeMap;

use bytes::Bytes;
use proptest::{collection::vec, prelude::*, sample::select};
use protocol::{
    DecodeError, EntityKind, FromServer,
    frame::{
        Applied, Cell, CellEncoder, CellMirror, EntityState, Frame, FrameHeader, Segment, SegmentKind,
        ViewEvent, WorldView, write_frames,
    },
    limits::{CELL_UNITS, FRAME_SEGMENTS_MAX, SERVER_MESSAGE_BYTES_MAX},
};
use uuid::Uuid;

const HERE: Cell = Cell { x: -3, z: 70_000 };
const NAMES: &[&str] = &["", "Grey wolf", "Füchsin", "世界"];
const EAST: Cell = Cell { x: -2, z: 70_000 };

fn wolf(net_id: u32) -> EntityState {
    EntityState {
        net_id,
        uuid: Uuid::from_u128(net_id.into()),
        kind: EntityKind::Npc,
        variant: 3,
        faction: 3,
        name: "Grey wolf".into(),
        x: 100,
        z: 200,
        y: -5,
        yaw: 64,
        flags: 0,
        health: 255,
        conditions: 0,
    }
}

fn entity() -> impl Strategy<Value = EntityState> {
    let place = (0..CELL_UNITS as u16, 0..CELL_UNITS as u16, any::<i32>(), any::<u8>(), any::<u8>());
    let vitals = (0..2_u16, any::<u8>(), any::<u32>());
    // Few net ids and uuids, so that histories remove, change and replace entities often.
    (1..40_u32, 0..2_u128, select(EntityKind::ALL), select(NAMES), place, vitals).prop_map(
        |(net_id, uuid, kind, name, (x, z, y, yaw, flags), (faction, health, conditions))| EntityState {
            net_id,
            uuid: Uuid::from_u128(uuid),
            kind,
            variant: 7,
            faction,
            name: name.into(),
            x,
            z,
            y,
            yaw,
            flags,
            health,
            conditions,
        },
    )
}

fn cell_history() -> impl Strategy<Value = Vec<Vec<EntityState>>> {
    vec(vec(entity(), 0..12), 1..8)
}

fn frame_of(segments: &[Segment]) -> Frame {
    let [message] = write_frames(FrameHeader { tick: 9, move_seq: 4 }, segments)
        .try_into()
        .expect("a few segments fit one message");
    Frame::decode(&message).expect("what was encoded is decoded")
}

proptest! {
    #[test]
    fn a_mirror_follows_its_cell(history in cell_history()) {
        let mut encoder = CellEncoder::new(HERE);
        let mut mirror = CellMirror::new_empty(HERE);
        for current in history {
            let mut expected = BTreeMap::new();
            for entity in &current {
                expected.entry(entity.net_id).or_insert_with(|| entity.clone());
            }
            if let Some(segment) = encoder.update(current) {
                let frame = frame_of(&[segment]);
                prop_assert!(matches!(mirror.apply(&frame.segments[0]), Ok(Applied::Changed(_))));
            }
            prop_assert!(mirror.entities().eq(expected.values()));
            prop_assert_eq!(mirror.keyframe(), Some(encoder.keyframe()));
        }
    }

    #[test]
    fn a_late_watcher_catches_up_by_a_keyframe(history in cell_history(), tail in vec(entity(), 0..12)) {
        let mut encoder = CellEncoder::new(HERE);
        for current in history {
            encoder.update(current);
        }
        let mut mirror = CellMirror::new(HERE);
        mirror.apply(&encoder.keyframe()).unwrap();
        if let Some(delta) = encoder.update(tail) {
            prop_assert!(matches!(mirror.apply(&delta), Ok(Applied::Changed(_))));
        }
        prop_assert_eq!(mirror.keyframe(), Some(encoder.keyframe()));
    }

    #[test]
    fn random_bytes_are_refused_or_understood_but_never_fatal(mut bytes: Vec<u8>) {
        let body = Bytes::copy_from_slice(&bytes);
        for kind in [SegmentKind::Delta, SegmentKind::Keyframe, SegmentKind::Leave] {
            let segment = Segment { cell: HERE, kind, sequence: 1, body: body.clone() };
            let _ = CellMirror::new_empty(HERE).apply(&segment);
        }
        bytes.insert(0, 1);
        if let Ok(FromServer::Frame(frame)) = FromServer::decode(&bytes.into()) {
            let _ = WorldView::new().apply(&frame);
        }
    }

    #[test]
    fn a_damaged_frame_is_refused_or_understood_but_never_fatal(
        history in cell_history(),
        at in any::<prop::sample::Index>(),
        byte: u8,
        is_cut: bool,
    ) {
        let mut encoder = CellEncoder::new(HERE);
        let mut segments = vec![encoder.keyframe()];
        segments.extend(history.into_iter().filter_map(|current| encoder.update(current)));
        let mut bytes = write_frames(FrameHeader::default(), &segments).remove(0).to_vec();
        let at = at.index(bytes.len());
        if is_cut {
            bytes.truncate(at);
            prop_assert!(Frame::decode(&bytes.into()).is_err());
        } else {
            bytes[at] = byte;
            if let Ok(frame) = Frame::decode(&bytes.into()) {
                let _ = WorldView::new().apply(&frame);
            }
        }
    }

    #[test]
    fn a_frame_survives_the_wire(
        tick: u64,
        move_seq: u32,
        parts in vec((any::<(i32, i32)>(), any::<u32>(), vec(any::<u8>(), 0..40)), 0..20),
    ) {
        let segments: Vec<_> = parts.into_iter().map(|((x, z), sequence, body)| Segment {
            cell: Cell { x, z }, kind: SegmentKind::Keyframe, sequence, body: body.into(),
        }).collect();
        let header = FrameHeader { tick, move_seq };
        let messages = write_frames(header, &segments);
        prop_assert_eq!(messages.len(), 1);
        prop_assert_eq!(Frame::decode(&messages[0]), Ok(Frame { header, segments }));
    }
}

#[test]
fn nothing_is_sent_while_nothing_changes() {
    let mut encoder = CellEncoder::new(HERE);
    assert!(encoder.update(vec![wolf(2), wolf(1)]).is_some());
    assert_eq!(encoder.update(vec![wolf(1), wolf(2)]), None);
    assert_eq!(encoder.sequence(), 1);
}

#[test]
fn a_step_of_one_entity_costs_six_bytes() {
    let mut encoder = CellEncoder::new(HERE);
    encoder.update(vec![wolf(1), wolf(2)]);
    let stepped = EntityState { x: 120, z: 190, ..wolf(2) };
    let delta = encoder.update(vec![wolf(1), stepped]).unwrap();
    // No removal, one record: net id 2, ground changed, 20 east, 10 north.
    assert_eq!(&delta.body[..], [0, 1, 2, 2, 40, 19]);
}

#[test]
fn an_entity_that_crosses_into_the_next_cell_moves_and_does_not_vanish() {
    let (mut here, mut east) = (CellEncoder::new(HERE), CellEncoder::new(EAST));
    here.update(vec![wolf(5)]);
    let mut view = WorldView::new();
    let events = view.apply(&frame_of(&[here.keyframe(), east.keyframe()])).unwrap();
    assert_eq!(events, [ViewEvent::Appeared(5)]);

    let leaves = here.update(Vec::new()).unwrap();
    let enters = east.update(vec![wolf(5)]).unwrap();
    for segments in [[leaves.clone(), enters.clone()], [enters, leaves]] {
        let mut view = view.clone();
        assert_eq!(view.apply(&frame_of(&segments)).unwrap(), [ViewEvent::Changed(5)]);
        assert_eq!(view.entity(5).map(|(cell, _)| cell), Some(EAST));
        assert_eq!(view.entities().count(), 1);
    }
}

#[test]
fn a_cell_that_is_left_takes_its_entities_along() {
    let mut encoder = CellEncoder::new(HERE);
    encoder.update(vec![wolf(1), wolf(2)]);
    let mut view = WorldView::new();
    view.apply(&frame_of(&[encoder.keyframe()])).unwrap();
    let events = view.apply(&frame_of(&[Segment::leave(HERE)])).unwrap();
    assert_eq!(events, [ViewEvent::Disappeared(1), ViewEvent::Disappeared(2)]);
    assert_eq!(view.cells().len(), 0);
}

#[test]
fn a_missing_delta_is_noticed_and_a_keyframe_repairs_it() {
    let mut encoder = CellEncoder::new(HERE);
    let mut view = WorldView::new();
    view.apply(&frame_of(&[encoder.keyframe()])).unwrap();
    encoder.update(vec![wolf(1)]).expect("the segment that gets lost");
    let next = encoder.update(vec![wolf(1), wolf(2)]).unwrap();
    assert_eq!(view.apply(&frame_of(&[next])).unwrap(), [ViewEvent::Gap(HERE)]);
    assert_eq!(view.entities().count(), 0);

    let events = view.apply(&frame_of(&[encoder.keyframe()])).unwrap();
    assert_eq!(events, [ViewEvent::Appeared(1), ViewEvent::Appeared(2)]);
    let delta = encoder.update(vec![wolf(2)]).unwrap();
    assert_eq!(view.apply(&frame_of(&[delta])).unwrap(), [ViewEvent::Disappeared(1)]);
}

#[test]
fn contradictions_are_refused() {
    let apply = |body: &[u8]| {
        let body = Bytes::copy_from_slice(body);
        let segment = Segment { cell: HERE, kind: SegmentKind::Delta, sequence: 1, body };
        CellMirror::new_empty(HERE).apply(&segment)
    };
    assert_eq!(apply(&[1, 5, 0]), Err(DecodeError::Inconsistent), "removes what was never there");
    assert_eq!(apply(&[0, 1, 5, 2, 1, 1]), Err(DecodeError::Inconsistent), "moves what was never there");
    assert_eq!(apply(&[0, 1, 0, 63]), Err(DecodeError::Inconsistent), "net id 0");
    assert_eq!(apply(&[0, 1, 5, 64]), Err(DecodeError::OutOfRange), "an unknown bit in the mask");
    assert_eq!(apply(&[0, 1, 5, 1]), Err(DecodeError::OutOfRange), "a spawn without all fields");
    assert_eq!(apply(&[0, 0, 0]), Err(DecodeError::TrailingBytes));
    assert_eq!(apply(&[0x80, 0x80, 4, 0]), Err(DecodeError::OverLimit), "65,536 removals");
}

#[test]
fn too_much_for_one_message_goes_in_several() {
    let body: Bytes = vec![0; 300_000].into();
    let segment = Segment { cell: HERE, kind: SegmentKind::Keyframe, sequence: 1, body };
    let messages = write_frames(FrameHeader::default(), &vec![segment; 10]);
    assert!(messages.iter().all(|message| message.len() <= SERVER_MESSAGE_BYTES_MAX));
    let segments: usize = messages.iter().map(|message| Frame::decode(message).unwrap().segments.len()).sum();
    assert_eq!((messages.len(), segments), (4, 10));

    let leaves = vec![Segment::leave(HERE); FRAME_SEGMENTS_MAX + 1];
    assert_eq!(write_frames(FrameHeader::default(), &leaves).len(), 2);
}

#[test]
fn a_wound_of_one_entity_costs_six_bytes() {
    let mut encoder = CellEncoder::new(HERE);
    encoder.update(vec![wolf(1), wolf(2)]);
    let hurt = EntityState { health: 96, ..wolf(2) };
    let delta = encoder.update(vec![wolf(1), hurt]).unwrap();
    // No removal, one record: net id 2, vitals changed, health, no condition.
    assert_eq!(&delta.body[..], [0, 1, 2, 32, 96, 0]);
}
