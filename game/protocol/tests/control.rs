//! Control messages: every one survives the way there and back, and no bytes upset a decoder.

use proptest::{collection::vec, option, prelude::*, sample::select};
use protocol::{
    Ability, Act, AttackOutcome, AttackWith, Audience, ClientMessage, CloseCode, DamageType, DecodeError,
    Goods, Member, MoveRefusal, OrderRefusal, PartyRefusal, SayRefusal, ServerMessage, TradeEnding,
    TradeRefusal, limits,
};
use uuid::Uuid;

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,100}"
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn goods() -> impl Strategy<Value = Vec<Goods>> {
    let some = ("[a-z:-]{1,40}", any::<u32>()).prop_map(|(item, count)| Goods { item, count });
    vec(some, 0..=limits::RECORDS_MAX)
}

fn client_message() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        (any::<u16>(), any::<u64>(), option::of(text()), option::of(text()), text()).prop_map(
            |(protocol_version, schema_hash, ticket, resume_token, client)| ClientMessage::Hello {
                protocol_version,
                schema_hash,
                ticket,
                resume_token,
                client,
            }
        ),
        Just(ClientMessage::Join {}),
        (any::<u32>(), any::<i64>(), any::<i64>(), any::<u8>())
            .prop_map(|(seq, x, z, yaw)| ClientMessage::Move { seq, x, z, yaw }),
        any::<u8>().prop_map(|radius_cells| ClientMessage::Interest { radius_cells }),
        any::<u64>().prop_map(|client_time_ms| ClientMessage::Heartbeat { client_time_ms }),
        Just(ClientMessage::Goodbye {}),
        order(),
        company(),
    ]
}

/// What is wanted of others.
fn company() -> impl Strategy<Value = ClientMessage> {
    prop_oneof![
        text().prop_map(|name| ClientMessage::PartyInvite { name }),
        (uuid(), any::<bool>()).prop_map(|(party_id, joins)| ClientMessage::PartyAnswer { party_id, joins }),
        Just(ClientMessage::PartyLeave {}),
        uuid().prop_map(|member_id| ClientMessage::PartyKick { member_id }),
        uuid().prop_map(|member_id| ClientMessage::PartyLead { member_id }),
        uuid().prop_map(|with_id| ClientMessage::TradeAsk { with_id }),
        (any::<u32>(), goods()).prop_map(|(money_cp, goods)| ClientMessage::TradeOffer { money_cp, goods }),
        any::<u32>().prop_map(|revision| ClientMessage::TradeConfirm { revision }),
        Just(ClientMessage::TradeCancel {}),
    ]
}

fn order() -> impl Strategy<Value = ClientMessage> {
    let aim = || {
        (vec(uuid(), 0..=limits::TARGETS_MAX), any::<(Option<i64>, Option<i64>, Option<i64>)>(), any::<u8>())
    };
    prop_oneof![
        (any::<u32>(), uuid(), select(AttackWith::ALL), any::<(u8, bool)>()).prop_map(
            |(order, target_id, with, (held, approach))| ClientMessage::Attack {
                order,
                target_id,
                with,
                held,
                approach,
            }
        ),
        (any::<(u32, u8)>(), text(), aim(), option::of(text())).prop_map(
            |((order, slot), spell, (target_ids, (x, y, z), choice), monster)| ClientMessage::Cast {
                order,
                spell,
                slot,
                target_ids,
                x,
                y,
                z,
                choice,
                monster,
            }
        ),
        (any::<u32>(), text(), aim()).prop_map(|(order, action, (target_ids, (x, y, z), choice))| {
            ClientMessage::Use { order, action, target_ids, x, y, z, choice }
        }),
        (any::<u32>(), select(Act::ALL), option::of(uuid()))
            .prop_map(|(order, act, target_id)| ClientMessage::Do { order, act, target_id }),
        any::<u32>().prop_map(|order| ClientMessage::Halt { order }),
        any::<u32>().prop_map(|order| ClientMessage::Release { order }),
        (any::<u32>(), uuid()).prop_map(|(order, heap_id)| ClientMessage::Take { order, heap_id }),
        (select(Audience::ALL), option::of(text()), text()).prop_map(|(to, name, text)| ClientMessage::Say {
            to,
            name,
            text
        }),
    ]
}

/// What comes of it.
fn news_of_company() -> impl Strategy<Value = ServerMessage> {
    let member = (uuid(), text(), any::<bool>()).prop_map(|(id, name, here)| Member { id, name, here });
    prop_oneof![
        (uuid(), uuid(), text()).prop_map(|(party_id, from_id, from)| ServerMessage::PartyInvited {
            party_id,
            from_id,
            from
        }),
        (option::of(uuid()), option::of(uuid()), vec(member, 0..=limits::RECORDS_MAX)).prop_map(
            |(party_id, leader_id, members)| ServerMessage::PartyChanged { party_id, leader_id, members }
        ),
        (select(PartyRefusal::ALL), text())
            .prop_map(|(code, reason)| ServerMessage::PartyRefused { code, reason }),
        (uuid(), text()).prop_map(|(from_id, from)| ServerMessage::TradeAsked { from_id, from }),
        (
            (uuid(), text(), any::<u32>()),
            (any::<u32>(), goods(), any::<bool>()),
            (any::<u32>(), goods(), any::<bool>())
        )
            .prop_map(|((with_id, with, revision), own, their)| ServerMessage::TradeChanged {
                with_id,
                with,
                revision,
                own_money_cp: own.0,
                own_goods: own.1,
                own_agreed: own.2,
                their_money_cp: their.0,
                their_goods: their.1,
                their_agreed: their.2,
            }),
        (uuid(), select(TradeEnding::ALL), text())
            .prop_map(|(with_id, ending, reason)| ServerMessage::TradeEnded { with_id, ending, reason }),
        (select(TradeRefusal::ALL), text())
            .prop_map(|(code, reason)| ServerMessage::TradeRefused { code, reason }),
    ]
}

/// What happens in fights, and what becomes of orders.
fn fight() -> impl Strategy<Value = ServerMessage> {
    prop_oneof![
        any::<u32>().prop_map(|order| ServerMessage::OrderTaken { order }),
        (any::<u32>(), select(OrderRefusal::ALL), text())
            .prop_map(|(order, code, reason)| ServerMessage::OrderRefused { order, code, reason }),
        any::<(u32, u32, u32, u32)>().prop_map(
            |(hit_points, hit_points_max, temporary, units_per_second)| ServerMessage::Standing {
                hit_points,
                hit_points_max,
                temporary,
                units_per_second,
            }
        ),
        (any::<(u64, u32, u32)>(), select(AttackOutcome::ALL), any::<(u8, i64, i64)>()).prop_map(
            |((tick, attacker, target), outcome, (die, bonus, against))| ServerMessage::Attacked {
                tick,
                attacker,
                target,
                outcome,
                die,
                bonus,
                against,
            }
        ),
        (any::<(u64, u32, u32)>(), select(DamageType::ALL), any::<(u32, u32)>()).prop_map(
            |((tick, target, by), damage_type, (dealt, lost))| ServerMessage::Damaged {
                tick,
                target,
                by,
                damage_type,
                dealt,
                lost,
            }
        ),
        any::<(u64, u32, u32, u32)>().prop_map(|(tick, target, by, amount)| ServerMessage::Healed {
            tick,
            target,
            by,
            amount
        }),
        (any::<(u64, u32, u64)>(), text()).prop_map(|((tick, caster, until_tick), spell)| {
            ServerMessage::CastBegan { tick, caster, spell, until_tick }
        }),
        (any::<(u64, u32, u8)>(), text()).prop_map(|((tick, caster, level), spell)| {
            ServerMessage::SpellCast { tick, caster, spell, level }
        }),
        (any::<(u64, u32)>(), text()).prop_map(|((tick, caster), spell)| ServerMessage::SpellCountered {
            tick,
            caster,
            spell
        }),
        (any::<(u64, u32, bool)>(), select(Ability::ALL), any::<(u8, i64, i64)>()).prop_map(
            |((tick, target, success), ability, (die, bonus, against))| ServerMessage::Saved {
                tick,
                target,
                ability,
                success,
                die,
                bonus,
                against,
            }
        ),
        (any::<(u64, u32, u32)>(), text()).prop_map(|((tick, target, by), effect)| {
            ServerMessage::EffectBegan { tick, target, by, effect }
        }),
        (any::<(u64, u32)>(), text()).prop_map(|((tick, target), effect)| ServerMessage::EffectEnded {
            tick,
            target,
            effect
        }),
        any::<(u64, u32, u32)>().prop_map(|(tick, target, by)| ServerMessage::Fell { tick, target, by }),
        any::<(u64, u32, u32)>().prop_map(|(tick, target, by)| ServerMessage::Died { tick, target, by }),
        any::<(u64, u32)>().prop_map(|(tick, target)| ServerMessage::Revived { tick, target }),
        (select(Audience::ALL), uuid(), text(), option::of(text()), text()).prop_map(
            |(to, from_id, from, name, text)| ServerMessage::Said { to, from_id, from, name, text }
        ),
        (uuid(), any::<u32>(), goods()).prop_map(|(heap_id, money_cp, goods)| ServerMessage::Looted {
            heap_id,
            money_cp,
            goods
        }),
        (select(SayRefusal::ALL), text())
            .prop_map(|(code, reason)| ServerMessage::SayRefused { code, reason }),
    ]
}

fn server_message() -> impl Strategy<Value = ServerMessage> {
    let welcome = (uuid(), uuid(), uuid(), text(), any::<bool>(), any::<(u16, u16, u32, u32)>()).prop_map(
        |(session_id, world_id, region_id, resume_token, resumed, numbers)| ServerMessage::Welcome {
            session_id,
            world_id,
            region_id,
            resume_token,
            resumed,
            tick_hz: numbers.0,
            net_hz: numbers.1,
            heartbeat_ms: numbers.2,
            resume_ttl_ms: numbers.3,
        },
    );
    let joined = (uuid(), text(), any::<(i64, i64, i64)>(), any::<(u32, u32, u32, u64)>()).prop_map(
        |(entity_id, character_name, (x, y, z), (net_id, units_per_second, move_seq, tick))| {
            ServerMessage::Joined {
                entity_id,
                net_id,
                character_name,
                x,
                y,
                z,
                units_per_second,
                move_seq,
                tick,
            }
        },
    );
    let refused = (any::<u32>(), select(MoveRefusal::ALL), text(), any::<(i64, i64, i64)>())
        .prop_map(|(seq, code, reason, (x, y, z))| ServerMessage::MoveRefused { seq, code, reason, x, y, z });
    prop_oneof![
        welcome,
        joined,
        refused,
        any::<(u64, u64)>()
            .prop_map(|(client_time_ms, tick)| ServerMessage::HeartbeatAck { client_time_ms, tick }),
        (select(CloseCode::ALL), text()).prop_map(|(code, reason)| ServerMessage::Goodbye { code, reason }),
        fight(),
        news_of_company(),
        (any::<(u32, u32)>(), uuid()).prop_map(|((experience, total), by)| ServerMessage::Earned {
            experience,
            total,
            by
        }),
    ]
}

proptest! {
    #[test]
    fn a_client_message_survives_the_wire(message in client_message()) {
        let bytes = message.encode();
        prop_assert!(bytes.len() <= limits::CLIENT_MESSAGE_BYTES_MAX);
        prop_assert_eq!(ClientMessage::decode(&bytes), Ok(message));
    }

    #[test]
    fn a_server_message_survives_the_wire(message in server_message()) {
        prop_assert_eq!(ServerMessage::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn random_bytes_are_refused_or_understood_but_never_fatal(mut bytes: Vec<u8>) {
        let _ = (ClientMessage::decode(&bytes), ServerMessage::decode(&bytes));
        bytes.insert(0, 0);
        let _ = (ClientMessage::decode(&bytes), ServerMessage::decode(&bytes));
    }

    #[test]
    fn a_cut_message_is_an_error(message in client_message(), cut in any::<prop::sample::Index>()) {
        let bytes = message.encode();
        prop_assert!(ClientMessage::decode(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn a_mutated_message_is_refused_or_understood_but_never_fatal(
        message in server_message(),
        at in any::<prop::sample::Index>(),
        byte: u8,
    ) {
        let mut bytes = message.encode().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = ServerMessage::decode(&bytes);
    }

    /// A peer with another MessagePack library reads what we write.
    #[test]
    fn a_move_is_plain_messagepack(seq: u32, x: i64, z: i64, yaw: u8) {
        let bytes = ClientMessage::Move { seq, x, z, yaw }.encode();
        let (kind, read_seq, read_x, read_z, read_yaw): (u8, u32, i64, i64, u8) =
            rmp_serde::from_slice(&bytes[1..]).unwrap();
        prop_assert_eq!((kind, read_seq, read_x, read_z, read_yaw), (3, seq, x, z, yaw));
    }
}

#[test]
fn any_valid_form_of_an_integer_is_read() {
    // [5, 7], once with the shortest forms and once with 64-bit ones.
    let shortest = [0, 0x92, 5, 7];
    let widest = [0, 0xdd, 0, 0, 0, 2, 0xd3, 0, 0, 0, 0, 0, 0, 0, 5, 0xcf, 0, 0, 0, 0, 0, 0, 0, 7];
    let heartbeat = Ok(ClientMessage::Heartbeat { client_time_ms: 7 });
    assert_eq!(ClientMessage::decode(&shortest), heartbeat);
    assert_eq!(ClientMessage::decode(&widest), heartbeat);
}

#[test]
fn what_is_wrong_with_a_message_is_told() {
    assert_eq!(ClientMessage::decode(&[]), Err(DecodeError::Truncated));
    assert_eq!(ClientMessage::decode(&[1, 0x91, 2]), Err(DecodeError::UnknownChannel));
    assert_eq!(ClientMessage::decode(&[0, 0x91, 99]), Err(DecodeError::UnknownKind));
    assert_eq!(ClientMessage::decode(&[0, 0x92, 2, 0]), Err(DecodeError::WrongFieldCount));
    assert_eq!(ClientMessage::decode(&[0, 0x91, 2, 0]), Err(DecodeError::TrailingBytes));
    assert_eq!(ClientMessage::decode(&[0, 0x92, 4, 0xcd, 1, 0]), Err(DecodeError::OutOfRange));
    assert_eq!(ClientMessage::decode(&[0, 0x92, 5, 0xa1, b'x']), Err(DecodeError::WrongType));
    let oversized = vec![0; limits::CLIENT_MESSAGE_BYTES_MAX + 1];
    assert_eq!(ClientMessage::decode(&oversized), Err(DecodeError::TooLong));
}

#[test]
fn a_text_that_claims_gigabytes_is_refused_before_it_is_read() {
    // [1, version, hash, text of 2^32-1 bytes …]
    let bytes = [0, 0x96, 1, 1, 1, 0xdb, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(ClientMessage::decode(&bytes), Err(DecodeError::OverLimit));
}

#[test]
fn an_overlong_text_is_cut_between_characters() {
    let message = ServerMessage::Goodbye { code: CloseCode::Internal, reason: "ü".repeat(400) };
    let Ok(ServerMessage::Goodbye { reason, .. }) = ServerMessage::decode(&message.encode()) else {
        panic!("the message is decoded");
    };
    assert_eq!(reason, "ü".repeat(limits::TEXT_BYTES_MAX / 2));
}

#[test]
fn more_targets_than_an_order_has_are_refused_before_they_are_read() {
    // [9, order, action, array of 2^32-1 targets …]
    let bytes = [0, 0x98, 9, 1, 0xa1, b'x', 0xdd, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(ClientMessage::decode(&bytes), Err(DecodeError::OverLimit));
}
