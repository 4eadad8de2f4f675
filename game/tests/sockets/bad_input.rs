//! Whatever bytes come, the socket closes with a code, and the server lives on.

use std::time::Duration;

use bytes::Bytes;
use protocol::{ClientMessage, CloseCode, limits};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    client::hello,
    stage::{Setup, Stage},
};

#[tokio::test(flavor = "multi_thread")]
async fn garbage_closes_the_socket_and_not_the_server() {
    let stage = Stage::start().await;
    let mut noise = 0x9e37_79b9_u32;
    for length in [0, 1, 2, 3, 7, 40, 300, 4_000] {
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (noise >> 24) as u8
            })
            .collect();
        let mut client = stage.connect().await;
        client.send_raw(Message::Binary(bytes.into())).await;
        assert_eq!(client.until_closed().await, CloseCode::Malformed, "{length} bytes");
    }
    stage.player("Wren").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_message_is_malformed_at_every_length() {
    let stage = Stage::start().await;
    let whole = hello(Some("ticket"), None).encode();
    for length in [1, 2, whole.len() / 2, whole.len() - 1] {
        let mut client = stage.connect().await;
        client.send_raw(Message::Binary(whole.slice(..length))).await;
        assert_eq!(client.until_closed().await, CloseCode::Malformed, "{length} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_message_is_too_large_and_an_absurd_one_breaks_the_stream() {
    let stage = Stage::start().await;
    let mut client = stage.connect().await;
    client.send_raw(Message::Binary(vec![0; limits::CLIENT_MESSAGE_BYTES_MAX + 1].into())).await;
    assert_eq!(client.until_closed().await, CloseCode::TooLarge);
    let mut client = stage.connect().await;
    client.send_raw(Message::Binary(vec![0; 80 * 1024].into())).await;
    client.until_cut_off().await;
    stage.player("Wren").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_malformed() {
    let stage = Stage::start().await;
    let mut client = stage.connect().await;
    client.send_raw(Message::Text("{\"hello\":true}".into())).await;
    assert_eq!(client.until_closed().await, CloseCode::Malformed);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_obeyed_before_a_hello() {
    let stage = Stage::start().await;
    let early = [
        ClientMessage::Join {},
        ClientMessage::Move { seq: 1, x: 0, z: 0, yaw: 0 },
        ClientMessage::Interest { radius_cells: 1 },
        ClientMessage::Heartbeat { client_time_ms: 1 },
    ];
    for message in early {
        let mut client = stage.connect().await;
        client.send(&message).await;
        assert_eq!(client.until_closed().await, CloseCode::OutOfOrder, "{message:?}");
    }
    assert!(stage.region.entities().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_hello_or_join_is_out_of_order() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    wren.send(&hello(Some("another"), None)).await;
    assert_eq!(wren.until_closed().await, CloseCode::OutOfOrder);
    let mut finch = stage.player("Finch").await;
    finch.send(&ClientMessage::Join {}).await;
    assert_eq!(finch.until_closed().await, CloseCode::OutOfOrder);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hello_with_both_or_neither_proof_is_malformed() {
    let stage = Stage::start().await;
    for message in [hello(None, None), hello(Some("ticket"), Some("token"))] {
        let mut client = stage.connect().await;
        client.send(&message).await;
        assert_eq!(client.until_closed().await, CloseCode::Malformed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_messages_is_cut_off() {
    let stage = Setup::new()
        .with_gateway(|settings| {
            settings.messages_per_second = 1;
            settings.messages_burst = 50;
        })
        .start()
        .await;
    let mut wren = stage.player("Wren").await;
    for _ in 0..100 {
        wren.send_raw(Message::Ping(Bytes::new())).await;
        wren.walk(0, 0).await;
    }
    assert_eq!(wren.until_closed().await, CloseCode::TooManyMessages);
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_instead_of_a_hello_is_cut_off() {
    let stage = Setup::new()
        .with_gateway(|settings| settings.hello_within = Duration::from_millis(100))
        .start()
        .await;
    let mut client = stage.connect().await;
    assert_eq!(client.until_closed().await, CloseCode::HelloTimeout);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_gateway_says_so() {
    let stage = Setup::new().with_gateway(|settings| settings.sockets_max = 1).start().await;
    let wren = stage.player("Wren").await;
    let mut finch = stage.connect().await;
    assert_eq!(finch.until_closed().await, CloseCode::Full);
    wren.pull_plug();
    stage.until("room", |stage| stage.gateway.status().sockets == 0).await;
    stage.player("Robin").await;
}
