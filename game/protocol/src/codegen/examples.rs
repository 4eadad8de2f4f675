//! The messages and frames that golden vectors and the document show.

use bytes::Bytes;
use uuid::Uuid;

use crate::{
    ClientMessage, CloseCode, EntityKind, MoveRefusal, PROTOCOL_VERSION, ServerMessage,
    frame::{Cell, CellEncoder, EntityState, FrameHeader, Segment, flag, write_frames},
    schema_hash,
};

/// One example of each client message, and the edges of what they can hold.
pub(super) fn client_messages() -> Vec<ClientMessage> {
    vec![
        ClientMessage::Hello {
            protocol_version: PROTOCOL_VERSION,
            schema_hash: schema_hash(),
            ticket: Some("tck_4Jk9".into()),
            resume_token: None,
            client: "example/1.0".into(),
        },
        ClientMessage::Join {},
        ClientMessage::Move { seq: 7, x: 25_600, z: -300, yaw: 64 },
        ClientMessage::Interest { radius_cells: 2 },
        ClientMessage::Heartbeat { client_time_ms: 123_456 },
        ClientMessage::Goodbye {},
        ClientMessage::Hello {
            protocol_version: u16::MAX,
            schema_hash: u64::MAX,
            ticket: None,
            resume_token: Some("r".repeat(300)),
            client: "Grüße, 世界".into(),
        },
        ClientMessage::Move { seq: u32::MAX, x: i64::MIN, z: i64::MAX, yaw: 255 },
        ClientMessage::Move { seq: 128, x: -33, z: -32_769, yaw: 0 },
        ClientMessage::Move { seq: 65_536, x: -129, z: 4_294_967_296, yaw: 128 },
    ]
}

/// One example of each server message, and the edges of what they can hold.
pub(super) fn server_messages() -> Vec<ServerMessage> {
    vec![
        ServerMessage::Welcome {
            session_id: uuid(1),
            world_id: uuid(2),
            region_id: uuid(3),
            resume_token: "rsm_9fQ2".into(),
            resumed: false,
            tick_hz: 60,
            net_hz: 20,
            heartbeat_ms: 2_000,
            resume_ttl_ms: 30_000,
        },
        ServerMessage::Joined {
            entity_id: uuid(4),
            net_id: 12,
            character_name: "Mira".into(),
            x: 25_600,
            y: 1_280,
            z: -300,
            units_per_second: 1_536,
            move_seq: 0,
            tick: 3_600,
        },
        ServerMessage::MoveRefused {
            seq: 7,
            code: MoveRefusal::TooFast,
            reason: "too far for one step".into(),
            x: 25_600,
            y: 1_280,
            z: -300,
        },
        ServerMessage::HeartbeatAck { client_time_ms: 123_456, tick: 3_720 },
        ServerMessage::Goodbye { code: CloseCode::ServerStopping, reason: "the server is stopping".into() },
        ServerMessage::Goodbye { code: CloseCode::Farewell, reason: String::new() },
    ]
}

/// One step of a story: a whole WebSocket message, and what it shows.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) message: Bytes,
}

/// A player's first frames: a keyframe, a step, a crossing into the next cell, a lost delta and its repair, a farewell.
pub(super) fn frame_story() -> Vec<Step> {
    let mut west = CellEncoder::new(Cell { x: 1, z: -1 });
    let mut east = CellEncoder::new(Cell { x: 2, z: -1 });
    let (mut mira, mut wolf) = (mira(), wolf());
    let mut steps = Vec::new();
    let mut show = |title, tick, segments: &[Segment]| {
        let header = FrameHeader { tick, move_seq: (tick / 3) as u32 - 1_200 };
        steps.extend(write_frames(header, segments).into_iter().map(|message| Step { title, message }));
    };

    west.update(vec![mira.clone(), wolf.clone()]);
    show(
        "Two cells come into view: a keyframe of each; the second is empty",
        3_600,
        &[west.keyframe(), east.keyframe()],
    );
    show("Nothing in view changed: the header alone", 3_603, &[]);

    (mira.x, mira.z, mira.y, mira.flags) = (mira.x + 26, mira.z - 3, mira.y + 1, flag::WALKING);
    (wolf.yaw, wolf.flags) = (65, 0);
    show(
        "Mira walks, the wolf turns: one delta",
        3_606,
        &present(west.update(vec![mira.clone(), wolf.clone()])),
    );

    let leaves = west.update(vec![wolf.clone()]);
    (mira.x, mira.z) = (10, 16_080);
    let enters = east.update(vec![mira.clone()]);
    let crossing: Vec<_> = leaves.into_iter().chain(enters).collect();
    show("Mira crosses the border: removed from one cell, spawned in the other", 3_609, &crossing);

    mira.x += 300;
    east.update(vec![mira.clone()]);
    mira.x += 300;
    show("A delta is missing: the cell is stale", 3_615, &present(east.update(vec![mira.clone()])));
    show("A keyframe repairs it", 3_618, &[east.keyframe()]);

    let fox = EntityState { net_id: 300, uuid: uuid(6), name: "Füchsin".into(), y: -70_000, ..wolf };
    let last = [present(east.update(vec![fox])), vec![Segment::leave(west.cell())]].concat();
    show("Mira goes, a fox comes, and the western cell leaves the area of interest", 3_621, &last);
    steps
}

/// What no client may accept: a name and the message.
pub(super) fn refused_by_clients() -> Vec<(&'static str, Vec<u8>)> {
    let goodbye = ServerMessage::Goodbye { code: CloseCode::Farewell, reason: "bye".into() }.encode();
    let keyframe = frame_story().remove(0).message;
    let mut unknown_enum = goodbye.to_vec();
    unknown_enum[4] = 0xff;
    let mut trailing = goodbye.to_vec();
    trailing.push(0);
    vec![
        ("nothing", vec![]),
        ("an unknown channel", vec![2, 0x91, 1]),
        ("an unknown kind", vec![0, 0x91, 99]),
        ("no array", vec![0, 0xc0]),
        ("too few fields", vec![0, 0x92, 5, 1]),
        ("a message that ends early", goodbye[..goodbye.len() - 1].to_vec()),
        ("bytes after the end", trailing),
        ("an unknown close code", unknown_enum),
        (
            "a text that claims four gigabytes",
            vec![0, 0x93, 5, 0xcd, 0x0f, 0xa0, 0xdb, 0xff, 0xff, 0xff, 0xff],
        ),
        ("a text that is not UTF-8", vec![0, 0x93, 5, 0xcd, 0x0f, 0xa0, 0xa1, 0xff]),
        ("a negative number where none can be", vec![0, 0x93, 4, 1, 0xd0, 0xff]),
        ("a frame that ends early", keyframe[..keyframe.len() - 1].to_vec()),
        ("a frame with bytes after the end", [&keyframe[..], &[0]].concat()),
        ("a varint of more than 64 bits", [&[1][..], &[0xff; 9], &[2, 0, 0]].concat()),
        ("a frame of 2,000 segments", vec![1, 1, 1, 0xd0, 0x0f]),
        ("a segment of an unknown kind", vec![1, 1, 1, 1, 0, 0, 3, 0, 0]),
        ("a keyframe with a removal", vec![1, 1, 1, 1, 0, 0, 1, 0, 3, 1, 1, 0]),
        ("a keyframe with a record that is no spawn", vec![1, 1, 1, 1, 0, 0, 1, 0, 5, 0, 1, 1, 8, 9]),
        ("a record whose mask is empty", vec![1, 1, 1, 1, 0, 0, 1, 0, 4, 0, 1, 1, 0]),
    ]
}

fn mira() -> EntityState {
    EntityState {
        net_id: 12,
        uuid: uuid(4),
        kind: EntityKind::Player,
        variant: 4,
        name: "Mira".into(),
        x: 9_216,
        z: 16_084,
        y: 1_280,
        yaw: 64,
        flags: 0,
    }
}

fn wolf() -> EntityState {
    EntityState {
        net_id: 15,
        uuid: uuid(5),
        kind: EntityKind::Npc,
        variant: 3,
        name: "Wolf".into(),
        x: 0,
        z: 16_383,
        y: -3,
        yaw: 200,
        flags: flag::WALKING,
    }
}

fn present(segment: Option<Segment>) -> Vec<Segment> {
    segment.into_iter().collect()
}

fn uuid(number: u8) -> Uuid {
    Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0000 | u128::from(number))
}
