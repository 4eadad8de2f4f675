//! One player's life: sign in, join, walk, say goodbye.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use protocol::{
    ClientMessage, CloseCode, FromServer, MoveRefusal, PROTOCOL_VERSION, SUBPROTOCOL, ServerMessage,
    frame::{ViewEvent, WorldView},
    limits, schema_hash,
};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, mpsc::UnboundedSender, watch},
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue, protocol::WebSocketConfig},
};

use crate::{account::Lobby, report::Tally, walk::Walk};

/// Longest wait for the answer to a hello, a join or a goodbye.
const ANSWER_WAIT: Duration = Duration::from_secs(30);
/// Moves whose effect is awaited at a time; more are not measured.
const AWAITED_MOVES_MAX: usize = 64;

/// What a bot is to do.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// Which of the bots it is.
    pub(crate) number: u32,
    /// How long to play, from the common start.
    pub(crate) play: Duration,
    /// Time between two moves.
    pub(crate) step: Duration,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

struct Bot {
    socket: Socket,
    view: WorldView,
    walk: Walk,
    tally: Tally,
    began: Instant,
    units_per_second: u32,
    heartbeat: Duration,
    move_seq: u32,
    awaited: VecDeque<(u32, Instant)>,
    last_frame: Option<Instant>,
}

/// Lives one bot's life. Whatever goes wrong ends in the tally.
pub(crate) async fn live(
    plan: Plan,
    lobby: Arc<Lobby>,
    doors: Arc<Semaphore>,
    arrived: UnboundedSender<()>,
    mut started: watch::Receiver<Option<Instant>>,
) -> Tally {
    let began = Instant::now();
    let entered = {
        let _door = doors.acquire().await;
        enter(plan.number, &lobby).await
    };
    let mut bot = match entered {
        Ok(bot) => bot,
        Err(failure) => return Tally { failure: Some(format!("{failure:#}")), ..Tally::default() },
    };
    bot.tally.join = began.elapsed();
    drop(arrived);
    if let Err(failure) = bot.play(plan, &mut started).await {
        bot.tally.failure = Some(format!("{failure:#}"));
    }
    bot.tally
}

async fn enter(number: u32, lobby: &Lobby) -> anyhow::Result<Bot> {
    let ticket = lobby.ticket(number).await?;
    let mut request = lobby.socket_url().into_client_request()?;
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static(SUBPROTOCOL));
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits::SERVER_MESSAGE_BYTES_MAX))
        .max_frame_size(Some(limits::SERVER_MESSAGE_BYTES_MAX))
        .read_buffer_size(16 * 1024);
    let (socket, _) =
        connect_async_with_config(request, Some(config), true).await.context("the socket was refused")?;
    let mut bot = Bot {
        socket,
        view: WorldView::new(),
        walk: Walk::new(number),
        tally: Tally::default(),
        began: Instant::now(),
        units_per_second: 0,
        heartbeat: Duration::from_secs(1),
        move_seq: 0,
        awaited: VecDeque::new(),
        last_frame: None,
    };
    bot.send(&ClientMessage::Hello {
        protocol_version: PROTOCOL_VERSION,
        schema_hash: schema_hash(),
        ticket: Some(ticket),
        resume_token: None,
        client: concat!("swarm/", env!("CARGO_PKG_VERSION")).to_owned(),
    })
    .await?;
    bot.send(&ClientMessage::Join {}).await?;
    while !bot.tally.joined {
        let message = timeout(ANSWER_WAIT, bot.receive()).await.context("no answer to the join")??;
        bot.take(&message)?;
    }
    Ok(bot)
}

impl Bot {
    /// Walks until the common end, then says goodbye. Before the common start it stands and listens.
    async fn play(
        &mut self,
        plan: Plan,
        started: &mut watch::Receiver<Option<Instant>>,
    ) -> anyhow::Result<()> {
        let mut steps = interval(plan.step);
        let mut heartbeats = interval(self.heartbeat);
        steps.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut end: Option<Instant> = None;
        loop {
            tokio::select! {
                _ = started.changed(), if end.is_none() => {
                    // The figures count from the common start.
                    let join = self.tally.join;
                    self.tally = Tally { joined: true, join, ..Tally::default() };
                    end = Some(Instant::now() + plan.play);
                }
                () = sleep_until(end.unwrap_or_else(Instant::now)), if end.is_some() => break,
                _ = steps.tick(), if end.is_some() => self.step(plan.step).await?,
                _ = heartbeats.tick() => {
                    let client_time_ms = self.began.elapsed().as_millis() as u64;
                    self.send(&ClientMessage::Heartbeat { client_time_ms }).await?;
                }
                message = self.receive() => {
                    let message = message?;
                    self.take(&message)?;
                }
            }
        }
        self.send(&ClientMessage::Goodbye {}).await?;
        // The server's farewell or the end of the stream: either is fine.
        let _ = timeout(ANSWER_WAIT, async { while self.receive().await.is_ok() {} }).await;
        Ok(())
    }

    async fn step(&mut self, step: Duration) -> anyhow::Result<()> {
        let yaw = self.walk.step(self.units_per_second, step.as_millis() as u64);
        self.move_seq += 1;
        if self.awaited.len() < AWAITED_MOVES_MAX {
            self.awaited.push_back((self.move_seq, Instant::now()));
        }
        self.tally.moves += 1;
        let (x, z) = (self.walk.x, self.walk.z);
        self.send(&ClientMessage::Move { seq: self.move_seq, x, z, yaw }).await
    }

    async fn send(&mut self, message: &ClientMessage) -> anyhow::Result<()> {
        self.socket.send(Message::Binary(message.encode())).await.context("the socket broke")
    }

    /// The next message of ours; a close is an error that names the code.
    async fn receive(&mut self) -> anyhow::Result<Bytes> {
        loop {
            match self.socket.next().await.transpose().context("the socket broke")? {
                Some(Message::Binary(bytes)) => return Ok(bytes),
                Some(Message::Close(Some(close))) => bail!("closed with {}", close_name(close.code.into())),
                Some(Message::Close(None)) | None => bail!("closed without a code"),
                Some(_) => {}
            }
        }
    }

    fn take(&mut self, message: &Bytes) -> anyhow::Result<()> {
        self.tally.messages += 1;
        self.tally.bytes += message.len() as u64;
        match FromServer::decode(message)? {
            FromServer::Frame(frame) => {
                self.tally.frames += 1;
                let now = Instant::now();
                self.tally.silences.extend(self.last_frame.replace(now).map(|last| now - last));
                let events = self.view.apply(&frame)?;
                let gaps = events.iter().filter(|event| matches!(event, ViewEvent::Gap(_))).count();
                self.tally.gaps += gaps as u64;
                self.tally.entities_max = self.tally.entities_max.max(self.view.entities().count());
                self.settle_moves(frame.header.move_seq);
            }
            FromServer::Control(control) => self.take_control(control)?,
        }
        Ok(())
    }

    fn take_control(&mut self, message: ServerMessage) -> anyhow::Result<()> {
        match message {
            ServerMessage::Welcome { heartbeat_ms, .. } => {
                self.heartbeat = Duration::from_millis(u64::from(heartbeat_ms.max(1)));
            }
            ServerMessage::Joined { x, z, units_per_second, move_seq, .. } => {
                self.tally.joined = true;
                self.units_per_second = units_per_second;
                self.move_seq = move_seq;
                self.walk.stand_at(x, z);
            }
            ServerMessage::MoveRefused { seq, code, x, z, .. } => {
                *self.tally.refusals.entry(code.name()).or_default() += 1;
                self.awaited.retain(|(awaited, _)| *awaited != seq);
                self.walk.stand_at(x, z);
                if code == MoveRefusal::NotWalkable {
                    self.walk.turn();
                }
            }
            ServerMessage::HeartbeatAck { client_time_ms, .. } => {
                let sent = Duration::from_millis(client_time_ms);
                self.tally.round_trips.push(self.began.elapsed().saturating_sub(sent));
            }
            ServerMessage::Standing { units_per_second, .. } => self.units_per_second = units_per_second,
            // Bots fight and talk to nobody, keep no books, and count messages alone.
            ServerMessage::Earned { .. }
            | ServerMessage::Looted { .. }
            | ServerMessage::PartyInvited { .. }
            | ServerMessage::PartyChanged { .. }
            | ServerMessage::PartyRefused { .. }
            | ServerMessage::TradeAsked { .. }
            | ServerMessage::TradeChanged { .. }
            | ServerMessage::TradeEnded { .. }
            | ServerMessage::TradeRefused { .. }
            | ServerMessage::OrderTaken { .. }
            | ServerMessage::OrderRefused { .. }
            | ServerMessage::Attacked { .. }
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
            | ServerMessage::Said { .. }
            | ServerMessage::SayRefused { .. } => {}
            ServerMessage::Goodbye { code, reason } => {
                bail!("closed with {}: {reason}", close_name(code.number()));
            }
        }
        Ok(())
    }

    fn settle_moves(&mut self, applied: u32) {
        while let Some((_, sent)) = self.awaited.pop_front_if(|(seq, _)| *seq <= applied) {
            self.tally.effects.push(sent.elapsed());
        }
    }
}

fn close_name(code: u16) -> String {
    CloseCode::from_number(code).map_or_else(|| code.to_string(), |known| format!("{code} {}", known.name()))
}
