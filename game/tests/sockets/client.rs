//! A client that any language could have: it knows the protocol and nothing of the server.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use game::GroundPoint;
use protocol::{
    ClientMessage, CloseCode, FromServer, MoveRefusal, OrderRefusal, PROTOCOL_VERSION, SUBPROTOCOL,
    ServerMessage,
    frame::{EntityState, SegmentKind, WorldView},
    schema_hash,
};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest},
};
use uuid::Uuid;

use crate::stage::PATIENCE;

/// A player's program.
pub(crate) struct Client {
    socket: WebSocketStream<TcpStream>,
    pub(crate) view: WorldView,
    pub(crate) resume_token: String,
    pub(crate) session_id: Uuid,
    pub(crate) was_resumed: bool,
    pub(crate) net_id: u32,
    pub(crate) entity_id: Uuid,
    pub(crate) at: GroundPoint,
    pub(crate) units_per_second: u32,
    pub(crate) keyframes: usize,
    /// How she was last told to stand: hit points left and at most, and speed.
    pub(crate) standing: Option<(u32, u32, u32)>,
    /// What she was told of fights.
    pub(crate) news: Vec<ServerMessage>,
    move_seq: u32,
    last_order: u32,
}

/// What a server's message meant.
#[derive(Debug)]
pub(crate) enum Heard {
    Control(ServerMessage),
    Frame,
    Nothing,
    Closed(u16, String),
    /// The connection broke without a close.
    Lost,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let mut request =
            format!("ws://{address}{}", protocol::SOCKET_PATH).into_client_request().expect("an address");
        request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().expect("a header"));
        let tcp = TcpSocket::new_v4().expect("a socket");
        tcp.set_recv_buffer_size(4 * 1024).expect("a small receive buffer");
        let stream = tcp.connect(address).await.expect("the gateway listens");
        let opening = tokio_tungstenite::client_async(request, stream);
        let (socket, response) = timeout(PATIENCE, opening).await.expect("an answer").expect("a socket");
        assert_eq!(response.headers().get("sec-websocket-protocol").expect("a subprotocol"), SUBPROTOCOL);
        Self {
            socket,
            view: WorldView::new(),
            resume_token: String::new(),
            session_id: Uuid::nil(),
            was_resumed: false,
            net_id: 0,
            entity_id: Uuid::nil(),
            at: GroundPoint::default(),
            units_per_second: 0,
            keyframes: 0,
            standing: None,
            news: Vec::new(),
            move_seq: 0,
            last_order: 0,
        }
    }

    pub(crate) async fn send(&mut self, message: &ClientMessage) {
        self.send_raw(Message::Binary(message.encode())).await;
    }

    /// Sends whatever it is. A server that has closed already can't be told.
    pub(crate) async fn send_raw(&mut self, message: Message) {
        let _ = self.socket.send(message).await;
    }

    pub(crate) async fn hello_with_ticket(&mut self, ticket: &str) {
        self.send(&hello(Some(ticket), None)).await;
    }

    pub(crate) async fn hello_with_resume_token(&mut self, token: &str) {
        self.send(&hello(None, Some(token))).await;
    }

    /// Waits for `Welcome`.
    pub(crate) async fn welcome(&mut self) {
        match self.control().await {
            ServerMessage::Welcome { session_id, resume_token, resumed, .. } => {
                self.session_id = session_id;
                self.resume_token = resume_token;
                self.was_resumed = resumed;
            }
            other => panic!("expected a welcome, got {other:?}"),
        }
    }

    /// Enters the world.
    pub(crate) async fn join(&mut self) {
        self.send(&ClientMessage::Join {}).await;
        self.joined().await;
    }

    /// Waits for `Joined`.
    pub(crate) async fn joined(&mut self) {
        match self.control().await {
            ServerMessage::Joined { entity_id, net_id, x, z, units_per_second, move_seq, .. } => {
                self.entity_id = entity_id;
                self.net_id = net_id;
                self.at = GroundPoint::new(x, z);
                self.units_per_second = units_per_second;
                self.move_seq = move_seq;
            }
            other => panic!("expected to have joined, got {other:?}"),
        }
    }

    /// Asks to be elsewhere; returns the number of the move.
    pub(crate) async fn walk(&mut self, dx: i64, dz: i64) -> u32 {
        self.move_seq += 1;
        let to = GroundPoint::new(self.at.x + dx, self.at.z + dz);
        self.send(&ClientMessage::Move { seq: self.move_seq, x: to.x, z: to.z, yaw: 32 }).await;
        self.at = to;
        self.move_seq
    }

    /// Orders the own character to do something, and tells what the server says to that: nothing, or why not.
    pub(crate) async fn order(
        &mut self,
        order: impl FnOnce(u32) -> ClientMessage,
    ) -> Result<(), (OrderRefusal, String)> {
        self.last_order += 1;
        self.send(&order(self.last_order)).await;
        match self.control().await {
            ServerMessage::OrderTaken { order } => {
                assert_eq!(order, self.last_order);
                Ok(())
            }
            ServerMessage::OrderRefused { order, code, reason } => {
                assert_eq!(order, self.last_order);
                Err((code, reason))
            }
            other => panic!("expected an answer to an order, got {other:?}"),
        }
    }

    /// The next message. Frames are applied to the view.
    pub(crate) async fn hear(&mut self) -> Heard {
        let next = timeout(PATIENCE, self.socket.next()).await.expect("the server says something in time");
        match next {
            Some(Ok(Message::Binary(bytes))) => self.take(&bytes),
            Some(Ok(Message::Close(frame))) => {
                let frame = frame.expect("a close has a code");
                Heard::Closed(frame.code.into(), frame.reason.to_string())
            }
            // The answer to a ping of ours tells nothing.
            Some(Ok(Message::Pong(_))) => Heard::Nothing,
            Some(Ok(other)) => panic!("a server sends binary messages, not {other:?}"),
            Some(Err(_)) | None => Heard::Lost,
        }
    }

    fn take(&mut self, bytes: &Bytes) -> Heard {
        match FromServer::decode(bytes).expect("a server's message decodes") {
            FromServer::Control(ServerMessage::Standing {
                hit_points,
                hit_points_max,
                units_per_second,
                ..
            }) => {
                self.standing = Some((hit_points, hit_points_max, units_per_second));
                Heard::Nothing
            }
            FromServer::Control(message) if is_news(&message) => {
                self.news.push(message);
                Heard::Nothing
            }
            FromServer::Control(message) => Heard::Control(message),
            FromServer::Frame(frame) => {
                self.keyframes +=
                    frame.segments.iter().filter(|segment| segment.kind == SegmentKind::Keyframe).count();
                let events = self.view.apply(&frame).expect("a frame applies");
                let gap = events.iter().find(|event| matches!(event, protocol::frame::ViewEvent::Gap(_)));
                assert_eq!(gap, None, "a reliable socket has no gaps");
                Heard::Frame
            }
        }
    }

    /// The next control message; frames before it are applied.
    pub(crate) async fn control(&mut self) -> ServerMessage {
        loop {
            match self.hear().await {
                Heard::Control(message) => return message,
                Heard::Frame | Heard::Nothing => {}
                other => panic!("expected a message, got {other:?}"),
            }
        }
    }

    /// Reads until the view shows what is wanted.
    pub(crate) async fn until_seen(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let reading = async {
            while !wanted(self) {
                match self.hear().await {
                    Heard::Frame | Heard::Nothing => {}
                    other => panic!("waiting for {what}, got {other:?}"),
                }
            }
        };
        timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("never seen: {what}"));
    }

    /// An entity in view, with its place in the world.
    pub(crate) fn sees(&self, net_id: u32) -> Option<(GroundPoint, &EntityState)> {
        self.view.entity(net_id).map(|(cell, entity)| {
            let [x, _, z] = entity.position(cell);
            (GroundPoint::new(x, z), entity)
        })
    }

    /// Waits for the server's goodbye and close; returns their code.
    pub(crate) async fn until_closed(&mut self) -> CloseCode {
        let mut said = None;
        let reading = async {
            loop {
                match self.hear().await {
                    Heard::Control(ServerMessage::Goodbye { code, reason }) => {
                        assert!(!reason.is_empty(), "a goodbye has a reason");
                        said = Some(code);
                    }
                    Heard::Closed(number, reason) => {
                        let code = CloseCode::from_number(number)
                            .unwrap_or_else(|| panic!("code {number}: {reason}"));
                        assert_eq!(said.unwrap_or(code), code, "goodbye and close agree");
                        return code;
                    }
                    Heard::Lost => return said.expect("the code came before the connection broke"),
                    Heard::Control(_) | Heard::Frame | Heard::Nothing => {}
                }
            }
        };
        timeout(PATIENCE, reading).await.expect("the server closes in time")
    }

    /// Waits for the end of the connection, with a close or without.
    pub(crate) async fn until_cut_off(&mut self) {
        while !matches!(self.hear().await, Heard::Closed(..) | Heard::Lost) {}
    }

    /// Waits for the refusal of a move; the client stands where the server says.
    pub(crate) async fn until_refused(&mut self) -> (u32, MoveRefusal) {
        match self.control().await {
            ServerMessage::MoveRefused { seq, code, reason, x, z, .. } => {
                assert!(!reason.is_empty());
                self.at = GroundPoint::new(x, z);
                (seq, code)
            }
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    /// Pulls the plug: no goodbye, no close.
    pub(crate) fn pull_plug(self) {
        drop(self.socket);
    }

    /// Reads nothing for a while.
    pub(crate) async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Whether a message tells of a fight.
fn is_news(message: &ServerMessage) -> bool {
    matches!(
        message,
        ServerMessage::Attacked { .. }
            | ServerMessage::Damaged { .. }
            | ServerMessage::Healed { .. }
            | ServerMessage::CastBegan { .. }
            | ServerMessage::SpellCast { .. }
            | ServerMessage::SpellCountered { .. }
            | ServerMessage::Saved { .. }
            | ServerMessage::EffectBegan { .. }
            | ServerMessage::EffectEnded { .. }
            | ServerMessage::Fell { .. }
            | ServerMessage::Died { .. }
            | ServerMessage::Revived { .. }
    )
}

/// A `Hello` as it should be.
pub(crate) fn hello(ticket: Option<&str>, resume_token: Option<&str>) -> ClientMessage {
    ClientMessage::Hello {
        protocol_version: PROTOCOL_VERSION,
        schema_hash: schema_hash(),
        ticket: ticket.map(str::to_owned),
        resume_token: resume_token.map(str::to_owned),
        client: "tests".to_owned(),
    }
}
