//! Control messages: every one survives the way there and back, and no bytes upset a decoder.

use proptest::{option, prelude::*};
use protocol::{ClientMessage, CloseCode, DecodeError, MoveRefusal, ServerMessage, limits};
use uuid::Uuid;

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,100}"
}

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
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
    let refused =
        (any::<u32>(), proptest::sample::select(MoveRefusal::ALL), text(), any::<(i64, i64, i64)>())
            .prop_map(|(seq, code, reason, (x, y, z))| ServerMessage::MoveRefused {
                seq,
                code,
                reason,
                x,
                y,
                z,
            });
    prop_oneof![
        welcome,
        joined,
        refused,
        any::<(u64, u64)>()
            .prop_map(|(client_time_ms, tick)| ServerMessage::HeartbeatAck { client_time_ms, tick }),
        (proptest::sample::select(CloseCode::ALL), text())
            .prop_map(|(code, reason)| ServerMessage::Goodbye { code, reason }),
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
