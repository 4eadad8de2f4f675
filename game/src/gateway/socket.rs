//! One player's socket, from upgrade to close: a loop over a closed set of happenings.
//!
//! ```text
//! Greeting ──Hello──▶ Welcomed ──Join──▶ Entering ──region──▶ Playing ──▶ Ending
//!     └────────Hello with a resume token────▲
//! ```
//!
//! Whatever ends a socket is an [`Ending`]; nothing else leaves the loop. A client's bytes can cause no panic: every decoder
//! is total, and every message that a stage does not expect is `OutOfOrder`.

use std::{
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use futures::{StreamExt, stream::SplitStream};
use grid::{AccountId, Position};
use protocol::{
    Audience, ClientMessage, CloseCode, MoveRefusal, OrderRefusal, SayRefusal, ServerMessage, limits,
};
use tokio::{
    sync::{broadcast, mpsc},
    time::interval,
};

use super::{
    budget::MessageBudget,
    chat,
    entrance::{self, Hello, Session},
    farewell::say_goodbye,
    hall::{Hall, Place},
    outbox::Outbox,
    player::Player,
};
use crate::{
    NET_HZ,
    company::Wish,
    orders::PlayerOrder,
    replication::FeedUpdate,
    wire::{Enter, Line, RegionCommand, ReplyBody, SocketKey},
};

/// How often time limits are looked at.
const CLOCK_EVERY: Duration = Duration::from_millis(250);

/// Why a socket ends.
#[derive(Debug)]
pub(super) enum Ending {
    /// The server closes, with a code and a reason.
    Close { code: CloseCode, reason: String },
    /// The client closed, or the connection broke.
    Gone,
}

impl Ending {
    pub(super) fn close(code: CloseCode, reason: impl Into<String>) -> Self {
        Self::Close { code, reason: reason.into() }
    }

    /// Whether the player may come back to the same body.
    const fn may_resume(&self) -> bool {
        match self {
            Self::Gone => true,
            Self::Close { code, .. } => {
                !matches!(code, CloseCode::Farewell | CloseCode::JoinRefused | CloseCode::SignedOut)
            }
        }
    }
}

/// Everything that can happen to a socket.
enum Happening {
    Received(Option<Result<Message, axum::Error>>),
    Replied(ReplyBody),
    Updated(Arc<FeedUpdate>),
    MissedUpdates,
    /// The standing of this account has changed, or of any.
    AccountChanged(Option<AccountId>),
    ClockTicked,
    ShutDown,
}

/// How far a client has come.
enum Stage {
    Greeting,
    Welcomed(Session),
    Entering { session: Session, since: Instant },
    Playing { session: Session, player: Player },
}

struct Connection {
    hall: Arc<Hall>,
    place: Place,
    outbox: Outbox,
    stage: Stage,
    budget: MessageBudget,
    lines: MessageBudget,
    opened_at: Instant,
    heartbeat_at: Instant,
}

/// Serves one socket until it ends.
pub(super) async fn serve(hall: Arc<Hall>, socket: WebSocket) {
    let (sink, mut stream) = socket.split();
    let outbox = Outbox::start(sink, Arc::clone(&hall.traffic));
    let Some((place, replies)) = hall.enter() else {
        say_goodbye(outbox, &mut stream, Ending::close(CloseCode::Full, "the gateway is full")).await;
        return;
    };
    let now = Instant::now();
    let budget = MessageBudget::new(hall.settings.messages_per_second, hall.settings.messages_burst, now);
    let mut connection = Connection {
        hall,
        place,
        outbox,
        stage: Stage::Greeting,
        budget,
        lines: MessageBudget::new(chat::LINES_PER_SECOND, chat::LINES_BURST, now),
        opened_at: now,
        heartbeat_at: now,
    };
    let ending = connection.run(&mut stream, replies).await;
    connection.settle(&ending).await;
    say_goodbye(connection.outbox, &mut stream, ending).await;
}

impl Connection {
    async fn run(
        &mut self,
        stream: &mut SplitStream<WebSocket>,
        mut replies: mpsc::Receiver<ReplyBody>,
    ) -> Ending {
        let mut updates = self.hall.feed.subscribe();
        let mut accounts = self.hall.account_changes.subscribe();
        let mut clock = interval(CLOCK_EVERY);
        let hall = Arc::clone(&self.hall);
        loop {
            let happening = tokio::select! {
                () = hall.shutdown.cancelled() => Happening::ShutDown,
                message = stream.next() => Happening::Received(message),
                Some(reply) = replies.recv() => Happening::Replied(reply),
                update = updates.recv() => match update {
                    Ok(update) => Happening::Updated(update),
                    Err(broadcast::error::RecvError::Lagged(_)) => Happening::MissedUpdates,
                    Err(broadcast::error::RecvError::Closed) => Happening::ShutDown,
                },
                changed = accounts.recv() => Happening::AccountChanged(changed.unwrap_or_default()),
                _ = clock.tick() => Happening::ClockTicked,
            };
            if let ControlFlow::Break(ending) = self.handle(happening).await {
                return ending;
            }
        }
    }

    async fn handle(&mut self, happening: Happening) -> ControlFlow<Ending> {
        match happening {
            Happening::Received(None) => ControlFlow::Break(Ending::Gone),
            Happening::Received(Some(Err(error))) => {
                tracing::debug!(%error, "a socket's stream broke");
                end(CloseCode::Malformed, "the stream is broken, or a message is far over the limit")
            }
            Happening::Received(Some(Ok(message))) => self.receive(message).await,
            Happening::Replied(reply) => self.hear(reply),
            Happening::Updated(update) => {
                self.show(&update);
                ControlFlow::Continue(())
            }
            Happening::MissedUpdates => {
                if let Stage::Playing { player, .. } = &mut self.stage {
                    player.lose_track();
                }
                ControlFlow::Continue(())
            }
            Happening::AccountChanged(changed) => self.check_standing(changed).await,
            Happening::ClockTicked => self.check_limits(),
            Happening::ShutDown => end(CloseCode::ServerStopping, "the server is stopping"),
        }
    }

    async fn receive(&mut self, message: Message) -> ControlFlow<Ending> {
        self.hall.traffic.note_received();
        if !self.budget.spend(Instant::now()) {
            return end(CloseCode::TooManyMessages, "more messages than any player needs");
        }
        let bytes: Bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Text(_) => return end(CloseCode::Malformed, "messages are binary"),
            Message::Close(_) => return ControlFlow::Break(Ending::Gone),
            // Answered by the WebSocket layer.
            Message::Ping(_) | Message::Pong(_) => return ControlFlow::Continue(()),
        };
        if bytes.len() > limits::CLIENT_MESSAGE_BYTES_MAX {
            return end(
                CloseCode::TooLarge,
                format!("a message is at most {} bytes", limits::CLIENT_MESSAGE_BYTES_MAX),
            );
        }
        match ClientMessage::decode(&bytes) {
            Ok(message) => self.obey(message).await,
            Err(error) => end(CloseCode::Malformed, error.to_string()),
        }
    }

    async fn obey(&mut self, message: ClientMessage) -> ControlFlow<Ending> {
        match (&mut self.stage, message) {
            (
                Stage::Greeting,
                ClientMessage::Hello { protocol_version, schema_hash, ticket, resume_token, client },
            ) => {
                let hello = Hello { protocol_version, schema_hash, ticket, resume_token };
                self.welcome(hello, &client).await
            }
            (Stage::Welcomed(session), ClientMessage::Join {}) => {
                let session = session.clone();
                self.enter(session).await
            }
            (Stage::Playing { .. }, ClientMessage::Move { seq, x, z, yaw }) => {
                let socket = self.place.key;
                self.command(RegionCommand::Move { socket, seq, x, z, yaw }).await
            }
            (Stage::Playing { player, .. }, ClientMessage::Interest { radius_cells }) => {
                player.set_radius(radius_cells);
                ControlFlow::Continue(())
            }
            (
                Stage::Welcomed(_) | Stage::Entering { .. } | Stage::Playing { .. },
                ClientMessage::Heartbeat { client_time_ms },
            ) => {
                self.heartbeat_at = Instant::now();
                let tick = self.hall.feed.mirror().tick();
                self.send(&ServerMessage::HeartbeatAck { client_time_ms, tick })
            }
            (_, ClientMessage::Goodbye {}) => end(CloseCode::Farewell, "goodbye"),
            (Stage::Playing { session, .. }, ClientMessage::Say { to, name, text }) => {
                let account = session.character.account_id;
                self.say(account, to, name, &text).await
            }
            (Stage::Playing { .. }, message) => self.pass_on(message).await,
            _ => end(CloseCode::OutOfOrder, "that message is not expected now"),
        }
    }

    /// Passes on what the player orders the character, or wants of others.
    async fn pass_on(&mut self, message: ClientMessage) -> ControlFlow<Ending> {
        let socket = self.place.key;
        if let Some(wish) = Wish::in_message(&message) {
            if let Some(refusal) =
                chat::refusal_of_calling(&wish).filter(|_| !self.lines.spend(Instant::now()))
            {
                return self.send(&refusal);
            }
            return self.command(RegionCommand::Wish { socket, wish }).await;
        }
        match PlayerOrder::in_message(message) {
            Some((number, order)) => self.command(RegionCommand::Order { socket, number, order }).await,
            None => end(CloseCode::OutOfOrder, "that message is not expected now"),
        }
    }

    /// Passes a line on to the region, or says why not.
    async fn say(
        &mut self,
        account: AccountId,
        to: Audience,
        name: Option<String>,
        text: &str,
    ) -> ControlFlow<Ending> {
        if !self.lines.spend(Instant::now()) {
            let reason = "that is too much at once; try again in a moment".to_owned();
            return self.send(&ServerMessage::SayRefused { code: SayRefusal::TooOften, reason });
        }
        let Some(text) = chat::clean(text) else {
            let reason = "there is nothing to say".to_owned();
            return self.send(&ServerMessage::SayRefused { code: SayRefusal::Empty, reason });
        };
        if let Err((code, reason)) = chat::check_mute(&self.hall, account).await {
            return self.send(&ServerMessage::SayRefused { code, reason });
        }
        let line = Line { to: to.number(), name, text };
        self.command(RegionCommand::Say { socket: self.place.key, line }).await
    }

    async fn welcome(&mut self, hello: Hello, client: &str) -> ControlFlow<Ending> {
        let session = match entrance::admit(&self.hall, hello).await {
            Ok(session) => session,
            Err(ending) => return ControlFlow::Break(ending),
        };
        tracing::info!(session = %session.id, character = %session.character.id, client, resumed = session.resumed, "session");
        let settings = &self.hall.settings;
        let welcome = ServerMessage::Welcome {
            session_id: session.id.uuid(),
            world_id: settings.world.uuid(),
            region_id: self.hall.region.uuid(),
            resume_token: session.resume_token.clone(),
            resumed: session.resumed,
            tick_hz: simulation::TICK_HZ as u16,
            net_hz: NET_HZ as u16,
            heartbeat_ms: milliseconds(settings.heartbeat),
            resume_ttl_ms: milliseconds(settings.resume_ttl),
        };
        self.heartbeat_at = Instant::now();
        let resumed = session.resumed;
        self.stage = Stage::Welcomed(session.clone());
        self.send(&welcome)?;
        // A resumed session was in the world already.
        if resumed { self.enter(session).await } else { ControlFlow::Continue(()) }
    }

    async fn enter(&mut self, session: Session) -> ControlFlow<Ending> {
        let enter = Enter {
            socket: self.place.key,
            session: session.id,
            entity: session.entity(),
            name: session.character.name.clone(),
            race: session.race,
            at: session.character.position,
        };
        self.stage = Stage::Entering { session, since: Instant::now() };
        self.command(RegionCommand::Enter(enter)).await
    }

    fn hear(&mut self, reply: ReplyBody) -> ControlFlow<Ending> {
        match reply {
            ReplyBody::Entered { entity, net_id, position, units_per_second, move_seq, tick } => {
                let Stage::Entering { session, .. } = &self.stage else {
                    return ControlFlow::Continue(());
                };
                let session = session.clone();
                let joined = ServerMessage::Joined {
                    entity_id: entity.uuid(),
                    net_id,
                    character_name: session.character.name.clone(),
                    x: position.x,
                    y: position.y,
                    z: position.z,
                    units_per_second,
                    move_seq,
                    tick,
                };
                self.stage =
                    Stage::Playing { session, player: Player::new(net_id, position.cell(), move_seq) };
                self.send(&joined)
            }
            ReplyBody::MoveRefused { seq, code, reason, position: Position { x, y, z } } => {
                let code = MoveRefusal::from_number(code).unwrap_or(MoveRefusal::NotWalkable);
                self.send(&ServerMessage::MoveRefused { seq, code, reason, x, y, z })
            }
            ReplyBody::NoGround => end(CloseCode::JoinRefused, "there is no ground to stand on"),
            ReplyBody::NoCharacter => end(CloseCode::JoinRefused, "the character is gone"),
            ReplyBody::CharacterAway => {
                end(CloseCode::Internal, "the server can't reach its records; try again")
            }
            ReplyBody::Earned { experience, total, by } => {
                self.send(&ServerMessage::Earned { experience, total, by: by.uuid() })
            }
            ReplyBody::Message(message) => match self.outbox.send(Message::Binary(message.into())) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => end(CloseCode::TooSlow, "the client does not read"),
            },
            ReplyBody::SayRefused { code, reason } => {
                let code = SayRefusal::from_number(code).unwrap_or(SayRefusal::NobodyThere);
                self.send(&ServerMessage::SayRefused { code, reason })
            }
            ReplyBody::OrderTaken { order } => self.send(&ServerMessage::OrderTaken { order }),
            ReplyBody::OrderRefused { order, code, reason } => {
                let code = OrderRefusal::from_number(code).unwrap_or(OrderRefusal::NotNow);
                self.send(&ServerMessage::OrderRefused { order, code, reason })
            }
            ReplyBody::Standing { hit_points, hit_points_max, temporary, units_per_second } => self
                .send(&ServerMessage::Standing { hit_points, hit_points_max, temporary, units_per_second }),
            ReplyBody::Replaced => end(CloseCode::Replaced, "another socket plays this character now"),
            ReplyBody::Unknown => end(CloseCode::RegionUnavailable, "the region was started anew"),
            ReplyBody::Stopping => end(CloseCode::RegionUnavailable, "the region is stopping"),
        }
    }

    /// Gives the client what an update brings; or, if it has not taken the last frame, notes that it needs keyframes.
    fn show(&mut self, update: &FeedUpdate) {
        let Stage::Playing { player, .. } = &mut self.stage else {
            return;
        };
        player.note(update);
        if let Some(frame) = self.outbox.take_back() {
            metrics::counter!("realmkeep_gateway_frames_skipped_total").increment(1);
            player.take_back(frame);
            player.is_behind = true;
        }
        if player.is_behind && self.outbox.writing_for().is_some() {
            player.lose_track();
            return;
        }
        player.is_behind = false;
        if let Some(frame) = player.frame(update, &self.hall.feed.mirror()) {
            self.outbox.put_frame(frame);
        }
        let is_skipped = |message: &&Bytes| !self.outbox.send_if_room(Message::Binary(Bytes::clone(message)));
        let skipped = player.news(update).filter(is_skipped).count();
        if skipped > 0 {
            metrics::counter!("realmkeep_gateway_news_skipped_total").increment(skipped as u64);
        }
    }

    /// Sends the player away whose session was ended by somebody else.
    async fn check_standing(&self, changed: Option<AccountId>) -> ControlFlow<Ending> {
        let (Stage::Welcomed(session) | Stage::Entering { session, .. } | Stage::Playing { session, .. }) =
            &self.stage
        else {
            return ControlFlow::Continue(());
        };
        if changed.is_some_and(|account| account != session.character.account_id) {
            return ControlFlow::Continue(());
        }
        match entrance::is_over(&self.hall, session.id).await {
            Ok(true) => end(CloseCode::SignedOut, "the account was signed out"),
            // A database that can't be reached sends nobody away: the session's end stands in it, and is looked for again
            // when the player comes back.
            Ok(false) | Err(_) => ControlFlow::Continue(()),
        }
    }

    fn check_limits(&mut self) -> ControlFlow<Ending> {
        let settings = &self.hall.settings;
        if self.outbox.writing_for().is_some_and(|time| time > settings.write_within) {
            return end(CloseCode::TooSlow, "the client does not read");
        }
        if matches!(self.stage, Stage::Greeting) {
            if self.opened_at.elapsed() > settings.hello_within {
                return end(CloseCode::HelloTimeout, "no hello came");
            }
            return ControlFlow::Continue(());
        }
        if self.heartbeat_at.elapsed() > settings.heartbeat * limits::HEARTBEATS_MISSED_MAX {
            return end(CloseCode::HeartbeatTimeout, "no heartbeat came");
        }
        let silence = match &self.stage {
            Stage::Entering { since, .. } => since.elapsed(),
            Stage::Playing { .. } => self.hall.feed.silence(),
            Stage::Greeting | Stage::Welcomed(_) => Duration::ZERO,
        };
        if silence > settings.region_within {
            return end(CloseCode::RegionUnavailable, "the region does not answer");
        }
        ControlFlow::Continue(())
    }

    async fn command(&self, command: RegionCommand) -> ControlFlow<Ending> {
        match self.hall.command(&command).await {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                tracing::error!(%error, "the gateway can't reach the region");
                end(CloseCode::RegionUnavailable, "the region can't be reached")
            }
        }
    }

    fn send(&self, message: &ServerMessage) -> ControlFlow<Ending> {
        match self.outbox.send(Message::Binary(message.encode())) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => end(CloseCode::TooSlow, "the client does not read"),
        }
    }

    /// Tells region and store that the socket is gone.
    async fn settle(&self, ending: &Ending) {
        let (session, in_region) = match &self.stage {
            Stage::Greeting => return,
            Stage::Welcomed(session) => (session, false),
            Stage::Entering { session, .. } | Stage::Playing { session, .. } => (session, true),
        };
        if let Ending::Close { code: CloseCode::Replaced, .. } = ending {
            // Session and player belong to the other socket.
            return;
        }
        entrance::leave(&self.hall, session.id, ending.may_resume()).await;
        if in_region {
            let socket: SocketKey = self.place.key;
            let command = if ending.may_resume() {
                RegionCommand::Drop { socket }
            } else {
                RegionCommand::Exit { socket }
            };
            // A region that can't be reached notices that the gateway is silent.
            let _ = self.hall.command(&command).await;
        }
    }
}

fn end(code: CloseCode, reason: impl Into<String>) -> ControlFlow<Ending> {
    ControlFlow::Break(Ending::close(code, reason))
}

fn milliseconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
