//! A player in the game, over the real socket.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures::{SinkExt as _, StreamExt as _};
use protocol::{
    ClientMessage, CloseCode, FromServer, PROTOCOL_VERSION, SOCKET_PATH, SUBPROTOCOL, ServerMessage,
};
use serde_json::{Value, json};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::{Instant, sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};
use uuid::Uuid;

use crate::test_server::{PATIENCE, Setup, TestServer};

/// Well below what a gateway bears with.
const HEARTBEAT: Duration = Duration::from_secs(3);

/// A player whose character stands in the world.
pub(crate) struct Player {
    socket: WebSocketStream<TcpStream>,
    /// When it last said that it is still there.
    beat_at: Instant,
    /// Of the account.
    pub(crate) token: String,
    /// The character's, and its entity's.
    pub(crate) id: Uuid,
    /// Where it joined: eastward and southward, in 1/256 m.
    pub(crate) at: (i64, i64),
}

impl Player {
    /// Registers, makes a character, joins and sees a first frame.
    pub(crate) async fn join(server: &TestServer) -> Self {
        let token = server.player("Mira").await;
        let body = json!({"name": "Mira", "race": "human"});
        let character =
            server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
        let character: Value = character.json().await.expect("JSON");
        let id = character["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        Self::enter(server, token, id).await
    }

    /// Joins with a character that is there, and sees a first frame.
    pub(crate) async fn enter(server: &TestServer, token: String, id: Uuid) -> Self {
        let body = json!({ "character_id": id });
        let ticket =
            server.post("/api/v1/game/tickets", &body).bearer_auth(&token).send().await.expect("answers");
        let ticket: Value = ticket.json().await.expect("JSON");
        let mut player = Self { socket: open(server).await, beat_at: Instant::now(), token, id, at: (0, 0) };
        player.greet(ticket["ticket"].as_str().expect("a ticket")).await;
        player.hear(|message| matches!(message, FromServer::Control(ServerMessage::Welcome { .. }))).await;
        player.say(ClientMessage::Join {}).await;
        let joined =
            |message: &FromServer| matches!(message, FromServer::Control(ServerMessage::Joined { .. }));
        if let FromServer::Control(ServerMessage::Joined { x, z, .. }) = player.hear(joined).await {
            player.at = (x, z);
        }
        player.say(ClientMessage::Interest { radius_cells: 1 }).await;
        player.sees_a_frame().await;
        player
    }

    /// Comes with a ticket that lets nobody in; the close code.
    pub(crate) async fn refused(server: &TestServer, ticket: &str) -> Option<u16> {
        let (token, id) = (String::new(), Uuid::nil());
        let mut player = Self { socket: open(server).await, beat_at: Instant::now(), token, id, at: (0, 0) };
        player.greet(ticket).await;
        player.read_to_close().await
    }

    async fn greet(&mut self, ticket: &str) {
        self.say(ClientMessage::Hello {
            protocol_version: PROTOCOL_VERSION,
            schema_hash: protocol::schema_hash(),
            ticket: Some(ticket.to_owned()),
            resume_token: None,
            client: "server tests".to_owned(),
        })
        .await;
    }

    /// Reads until something of the world comes.
    pub(crate) async fn sees_a_frame(&mut self) {
        self.hear(|message| matches!(message, FromServer::Frame(_))).await;
    }

    /// Plays while something else goes on, for however long that takes.
    pub(crate) async fn plays_while<T>(&mut self, something: impl Future<Output = T>) -> T {
        let mut something = pin!(something);
        loop {
            tokio::select! {
                done = &mut something => return done,
                () = self.sees_a_frame() => {}
            }
        }
    }

    pub(crate) async fn say(&mut self, message: ClientMessage) {
        self.socket.send(Message::Binary(message.encode())).await.expect("is sent");
    }

    /// Says that it is still there.
    async fn beat(&mut self) {
        self.say(ClientMessage::Heartbeat { client_time_ms: 1 }).await;
    }

    /// Reads until `wanted` comes.
    pub(crate) async fn hear(&mut self, wanted: impl Fn(&FromServer) -> bool) -> FromServer {
        let heard = async {
            while let Some(message) = self.socket.next().await {
                if self.beat_at.elapsed() > HEARTBEAT {
                    self.beat().await;
                    self.beat_at = Instant::now();
                }
                match message.expect("reads") {
                    Message::Binary(bytes) => {
                        let message = FromServer::decode(&bytes).expect("is understood");
                        if wanted(&message) {
                            return message;
                        }
                    }
                    Message::Close(frame) => panic!("closed: {frame:?}"),
                    _ => {}
                }
            }
            panic!("the socket ended");
        };
        timeout(PATIENCE, heard).await.expect("comes in time")
    }

    /// Reads until the server closes; the close code, if it gave one.
    pub(crate) async fn read_to_close(&mut self) -> Option<u16> {
        let closed = async {
            while let Some(Ok(message)) = self.socket.next().await {
                if let Message::Close(frame) = message {
                    return frame.map(|frame| frame.code.into());
                }
            }
            None
        };
        timeout(PATIENCE, closed).await.expect("closes in time")
    }

    /// Says goodbye and waits for the close.
    pub(crate) async fn leave(mut self) {
        self.say(ClientMessage::Goodbye {}).await;
        assert_eq!(self.read_to_close().await, Some(CloseCode::Farewell as u16));
    }

    /// Sends bytes as they are.
    pub(crate) async fn send_raw(&mut self, bytes: &[u8]) {
        self.socket.send(Message::Binary(Bytes::copy_from_slice(bytes))).await.expect("is sent");
    }
}

async fn open(server: &TestServer) -> WebSocketStream<TcpStream> {
    let mut request = format!("{}{SOCKET_PATH}", server.origin.replacen("http", "ws", 1))
        .into_client_request()
        .expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().expect("a header"));
    let address = server.origin.trim_start_matches("http://").parse().expect("an address");
    let stream = TcpSocket::new_v4().expect("a socket");
    // So small that a player who does not read is a burden to the server at once, and not first to this machine.
    stream.set_recv_buffer_size(4 * 1024).expect("a small buffer");
    let stream = stream.connect(address).await.expect("connects");
    client_async(request, stream).await.expect("opens").0
}

#[tokio::test]
async fn a_player_joins_and_leaves() {
    let server = TestServer::start().await;
    Player::join(&server).await.leave().await;
}

#[tokio::test]
async fn rubbish_closes_the_socket_and_not_the_server() {
    let server = TestServer::start().await;
    let mut player = Player::join(&server).await;
    player.send_raw(&[0, 0xC1, 0xFF, 0xFF]).await;
    assert_eq!(player.read_to_close().await, Some(CloseCode::Malformed as u16));
    assert_eq!(server.readiness().await, reqwest::StatusCode::OK);
}

#[tokio::test]
async fn a_player_who_does_not_read_is_noticed_before_megabytes_wait_for_them() {
    let server = Setup::new().with("REALMKEEP_GAME__NPCS", "300").start().await;
    let _deaf = Player::join(&server).await;
    let noticed = async {
        while server.figure("realmkeep_gateway_frames_skipped_total").await == 0.0 {
            sleep(Duration::from_millis(200)).await;
        }
    };
    timeout(PATIENCE, noticed).await.expect("frames are skipped");
    let sent = server.figure("realmkeep_gateway_sent_bytes_total").await;
    assert!(sent < 256.0 * 1024.0, "{sent} bytes were sent to a player who reads none");
}
