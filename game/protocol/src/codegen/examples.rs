//! The messages and frames that golden vectors and the document show.

use bytes::Bytes;
use uuid::Uuid;

use crate::{
    Ability, Act, AttackOutcome, AttackWith, Audience, ClientMessage, CloseCode, Condition, DamageType,
    EntityKind, Goods, Member, MoveRefusal, OrderRefusal, PROTOCOL_VERSION, PartyRefusal, SayRefusal,
    ServerMessage, TradeEnding, TradeRefusal,
    frame::{Cell, CellEncoder, EntityState, FrameHeader, Segment, flag, write_frames},
    limits::{HEALTH_FULL, RECORDS_MAX, TARGETS_MAX},
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
        ClientMessage::Attack {
            order: 1,
            target_id: uuid(5),
            with: AttackWith::Best,
            held: 0,
            approach: true,
        },
        ClientMessage::Cast {
            order: 2,
            spell: "srd:magic-missile".into(),
            slot: 1,
            target_ids: vec![uuid(5), uuid(5), uuid(6)],
            x: None,
            y: None,
            z: None,
            choice: 0,
            monster: None,
        },
        ClientMessage::Use {
            order: 3,
            action: "srd:second-wind".into(),
            target_ids: Vec::new(),
            x: None,
            y: None,
            z: None,
            choice: 0,
        },
        ClientMessage::Do { order: 4, act: Act::Dodge, target_id: None },
        ClientMessage::Halt { order: 5 },
        ClientMessage::Release { order: 6 },
        ClientMessage::Say { to: Audience::Near, name: None, text: "Hail and well met!".into() },
        ClientMessage::Say { to: Audience::Whisper, name: Some("Füchsin".into()), text: "世界".into() },
        ClientMessage::Take { order: 9, heap_id: uuid(7) },
        ClientMessage::PartyInvite { name: "Füchsin".into() },
        ClientMessage::PartyAnswer { party_id: uuid(8), joins: true },
        ClientMessage::PartyLeave {},
        ClientMessage::PartyKick { member_id: uuid(6) },
        ClientMessage::PartyLead { member_id: uuid(6) },
        ClientMessage::TradeAsk { with_id: uuid(6) },
        ClientMessage::TradeOffer { money_cp: 250, goods: vec![goods("srd:torch", 3)] },
        ClientMessage::TradeConfirm { revision: 4 },
        ClientMessage::TradeCancel {},
        ClientMessage::TradeOffer { money_cp: 0, goods: Vec::new() },
        ClientMessage::Attack {
            order: u32::MAX,
            target_id: uuid(5),
            with: AttackWith::Held,
            held: 3,
            approach: false,
        },
        ClientMessage::Cast {
            order: 7,
            spell: "srd:fireball".into(),
            slot: 3,
            target_ids: vec![uuid(6); TARGETS_MAX],
            x: Some(i64::MIN),
            y: Some(-3),
            z: Some(i64::MAX),
            choice: 255,
            monster: Some("srd:wolf".into()),
        },
        ClientMessage::Do { order: 8, act: Act::ShoveProne, target_id: Some(uuid(6)) },
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
        ServerMessage::Earned { experience: 50, total: 350, by: uuid(5) },
        ServerMessage::OrderTaken { order: 1 },
        ServerMessage::OrderRefused {
            order: 2,
            code: OrderRefusal::OutOfRange,
            reason: "out of range: 95 ft, reach 60 ft".into(),
        },
        ServerMessage::Standing { hit_points: 9, hit_points_max: 12, temporary: 5, units_per_second: 1_170 },
        ServerMessage::Attacked {
            tick: 3_606,
            attacker: 12,
            target: 15,
            outcome: AttackOutcome::Hit,
            die: 14,
            bonus: 5,
            against: 13,
        },
        ServerMessage::Damaged {
            tick: 3_606,
            target: 15,
            by: 12,
            damage_type: DamageType::Slashing,
            dealt: 9,
            lost: 9,
        },
        ServerMessage::Healed { tick: 3_610, target: 12, by: 12, amount: 7 },
        ServerMessage::CastBegan {
            tick: 3_612,
            caster: 12,
            spell: "srd:magic-missile".into(),
            until_tick: 3_672,
        },
        ServerMessage::SpellCast { tick: 3_672, caster: 12, spell: "srd:magic-missile".into(), level: 1 },
        ServerMessage::SpellCountered { tick: 3_672, caster: 15, spell: "srd:fireball".into() },
        ServerMessage::Saved {
            tick: 3_672,
            target: 15,
            ability: Ability::Dexterity,
            success: false,
            die: 3,
            bonus: -1,
            against: 14,
        },
        ServerMessage::EffectBegan { tick: 3_672, target: 15, by: 12, effect: "srd:prone".into() },
        ServerMessage::EffectEnded { tick: 3_700, target: 15, effect: "srd:prone".into() },
        ServerMessage::Fell { tick: 3_710, target: 12, by: 15 },
        ServerMessage::Died { tick: 3_712, target: 15, by: 12 },
        ServerMessage::Revived { tick: 3_900, target: 12 },
        ServerMessage::Said {
            to: Audience::Near,
            from_id: uuid(4),
            from: "Mira".into(),
            name: None,
            text: "Hail and well met!".into(),
        },
        ServerMessage::SayRefused { code: SayRefusal::TooOften, reason: "take a breath".into() },
        ServerMessage::Looted {
            heap_id: uuid(7),
            money_cp: 55,
            goods: vec![goods("srd:leather-armor", 1), goods("srd:shield", 1)],
        },
        ServerMessage::PartyInvited { party_id: uuid(8), from_id: uuid(4), from: "Mira".into() },
        ServerMessage::PartyChanged {
            party_id: Some(uuid(8)),
            leader_id: Some(uuid(4)),
            members: vec![member(4, "Mira", true), member(6, "Füchsin", false)],
        },
        ServerMessage::PartyRefused { code: PartyRefusal::NotLeader, reason: "Mira leads".into() },
        ServerMessage::TradeAsked { from_id: uuid(4), from: "Mira".into() },
        ServerMessage::TradeChanged {
            with_id: uuid(6),
            with: "Füchsin".into(),
            revision: 4,
            own_money_cp: 250,
            own_goods: vec![goods("srd:torch", 3)],
            own_agreed: true,
            their_money_cp: 0,
            their_goods: Vec::new(),
            their_agreed: false,
        },
        ServerMessage::TradeEnded {
            with_id: uuid(6),
            ending: TradeEnding::Done,
            reason: "it is done".into(),
        },
        ServerMessage::TradeRefused {
            code: TradeRefusal::TooFar,
            reason: "too far away to trade: 45 ft, at most 30 ft".into(),
        },
        ServerMessage::PartyChanged { party_id: None, leader_id: None, members: Vec::new() },
        ServerMessage::Attacked {
            tick: u64::MAX,
            attacker: u32::MAX,
            target: 0,
            outcome: AttackOutcome::Critical,
            die: 20,
            bonus: i64::MIN,
            against: i64::MAX,
        },
        ServerMessage::Goodbye { code: CloseCode::Farewell, reason: String::new() },
        ServerMessage::Looted {
            heap_id: uuid(7),
            money_cp: u32::MAX,
            goods: vec![goods("srd:torch", u32::MAX); RECORDS_MAX],
        },
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

    (wolf.health, wolf.conditions, wolf.flags) = (96, Condition::Prone.bit(), flag::FIGHTING);
    mira.flags = flag::FIGHTING;
    show(
        "Mira strikes the wolf, which falls prone",
        3_608,
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

    let fox = EntityState {
        net_id: 300,
        uuid: uuid(6),
        name: "Füchsin".into(),
        y: -70_000,
        flags: 0,
        health: HEALTH_FULL,
        conditions: 0,
        ..wolf
    };
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
        faction: 1,
        name: "Mira".into(),
        x: 9_216,
        z: 16_084,
        y: 1_280,
        yaw: 64,
        flags: 0,
        health: HEALTH_FULL,
        conditions: 0,
    }
}

fn wolf() -> EntityState {
    EntityState {
        net_id: 15,
        uuid: uuid(5),
        kind: EntityKind::Npc,
        variant: 3,
        faction: 3,
        name: "Wolf".into(),
        x: 0,
        z: 16_383,
        y: -3,
        yaw: 200,
        flags: flag::WALKING,
        health: HEALTH_FULL,
        conditions: 0,
    }
}

fn present(segment: Option<Segment>) -> Vec<Segment> {
    segment.into_iter().collect()
}

fn member(number: u8, name: &str, here: bool) -> Member {
    Member { id: uuid(number), name: name.into(), here }
}

fn goods(item: &str, count: u32) -> Goods {
    Goods { item: item.into(), count }
}

fn uuid(number: u8) -> Uuid {
    Uuid::from_u128(0x0190_a1b2_c3d4_7000_8000_0000_0000_0000 | u128::from(number))
}
