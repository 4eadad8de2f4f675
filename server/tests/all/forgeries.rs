//! The game socket meets tickets that are none and frames that mean nothing: each socket is closed with a code, and the
//! server goes on.

use bytes::Bytes;
use futures::{SinkExt as _, StreamExt as _};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{RngSeed, TestRunner},
};
use protocol::{ClientMessage, FromServer, PROTOCOL_VERSION, SOCKET_PATH, SUBPROTOCOL, ServerMessage};
use reqwest::StatusCode;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

use crate::{
    player::Player,
    test_server::{PATIENCE, TestServer},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const CASES: usize = 60;

async fn open(server: &TestServer) -> Socket {
    let address = format!("{}{SOCKET_PATH}", server.origin.replacen("http", "ws", 1));
    let mut request = address.into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().expect("a header"));
    connect_async(request).await.expect("opens").0
}

/// Says the first thing, and reads to the end. True if the server took it for a player.
async fn was_welcomed(server: &TestServer, first: Message) -> bool {
    let mut socket = open(server).await;
    // The server may have hung up already.
    let _ = socket.send(first).await;
    let heard = async {
        let mut welcomed = false;
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Binary(bytes) = message {
                let message = FromServer::decode(&bytes).expect("what the server says is understood");
                welcomed |= matches!(message, FromServer::Control(ServerMessage::Welcome { .. }));
            }
        }
        welcomed
    };
    timeout(PATIENCE, heard).await.expect("ends in time")
}

fn hello(ticket: Option<String>, resume_token: Option<String>) -> Message {
    let hello = ClientMessage::Hello {
        protocol_version: PROTOCOL_VERSION,
        schema_hash: protocol::schema_hash(),
        ticket,
        resume_token,
        client: "forgeries".to_owned(),
    };
    Message::Binary(hello.encode())
}

/// First messages of those who are no players.
fn forgery() -> impl Strategy<Value = Message> {
    let secret = prop_oneof!["[0-9a-f]{64}", "\\PC{0,100}", "[A-Z0-9]{1,128}"];
    let secret = prop::option::of(secret);
    // The rest of a good message, cut or spoilt somewhere.
    let spoilt = (any::<prop::sample::Index>(), any::<u8>(), any::<bool>()).prop_map(|(at, byte, cut)| {
        let Message::Binary(good) = hello(Some("0".repeat(64)), None) else { unreachable!("is binary") };
        let mut bytes = good.to_vec();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        Message::Binary(bytes.into())
    });
    prop_oneof![
        3 => (secret.clone(), secret).prop_map(|(ticket, token)| hello(ticket, token)),
        2 => spoilt,
        2 => vec(any::<u8>(), 0..600).prop_map(|bytes| Message::Binary(Bytes::from(bytes))),
        1 => "\\PC{0,80}".prop_map(Message::text),
    ]
}

#[tokio::test]
async fn no_ticket_but_ours_lets_a_player_in_and_nothing_brings_the_server_down() {
    let server = TestServer::start().await;
    let mut runner =
        TestRunner::new(ProptestConfig { rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() });
    for _ in 0..CASES {
        let first = forgery().new_tree(&mut runner).expect("a value").current();
        assert!(!was_welcomed(&server, first.clone()).await, "{first:?}");
    }
    assert_eq!(server.readiness().await, StatusCode::OK);
    Player::join(&server).await.leave().await;
}

#[tokio::test]
async fn frames_that_mean_nothing_end_the_players_own_socket_alone() {
    let server = TestServer::start().await;
    let mut watcher = Player::join(&server).await;
    let mut runner =
        TestRunner::new(ProptestConfig { rng_seed: RngSeed::Fixed(8), ..ProptestConfig::default() });
    for _ in 0..CASES / 4 {
        let frame = vec(any::<u8>(), 1..200).new_tree(&mut runner).expect("a value").current();
        let mut socket = open(&server).await;
        let _ = socket.send(Message::Binary(frame.into())).await;
        let ended = async { while let Some(Ok(_)) = socket.next().await {} };
        timeout(PATIENCE, ended).await.expect("ends in time");
    }
    watcher.say(ClientMessage::Heartbeat { client_time_ms: 1 }).await;
    assert_eq!(server.readiness().await, StatusCode::OK);
    watcher.leave().await;
}
