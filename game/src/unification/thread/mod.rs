//! The region's own thread: letters in, ticks at a fixed pace, messages out.

mod characters;
mod chat;
mod chronicle;
mod doors;
mod loot;
mod orders;
mod parties;
mod recording;
mod trades;

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use grid::{CellCoord, EntityId, NodeId, Position, RegionId};
use protocol::ServerMessage;
use simulation::{Command, EntityKind, Event, GroundPoint, Simulation, TICK_HZ};
use tokio::sync::{mpsc, oneshot};

use self::orders::{Orders, wire_code};
use super::{
    Mail, UnificationSettings, character,
    combat_log::CombatNotes,
    desk::Asked,
    keeper::Errand,
    outbox::Outgoing,
    parties::Parties,
    saver::Positions,
    seats::{Patience, Seats},
    status::Board,
    trades::Trades,
};
use crate::{
    NET_HZ,
    belongings::Lot,
    chronicle::Feat,
    company::Wish,
    pacing::Pacer,
    replication::Publisher,
    wire::{Enter, RegionCommand, Reply, ReplyBody, SocketKey},
};

/// Ticks between two net ticks.
const NET_TICKS: u64 = (TICK_HZ / NET_HZ) as u64;
/// Letters that are read before one tick: a flood is spread over ticks.
const LETTERS_PER_TICK_MAX: usize = 4_096;
/// How long a gateway may be silent: several of its signs of life.
const GATEWAY_SILENCE: Duration = Duration::from_secs(15);
/// How long the place of a player who left is remembered here, until the database surely has it.
const DEPARTED_TICKS: u64 = 60 * TICK_HZ as u64;

/// The thread's ends of its channels.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) letters: mpsc::Receiver<Mail>,
    pub(super) outgoing: mpsc::Sender<Outgoing>,
    pub(super) saves: mpsc::Sender<Positions>,
    pub(super) errands: mpsc::Sender<Errand>,
    pub(super) wanted: mpsc::UnboundedSender<CellCoord>,
    pub(super) board: Arc<Board>,
}

/// Starts the thread. The receiver hears when it has ended in good order, or that it died.
pub(super) fn spawn(settings: UnificationSettings, ends: Ends) -> io::Result<oneshot::Receiver<()>> {
    let (ended, stopped) = oneshot::channel();
    let region = settings.region();
    thread::Builder::new().name(format!("region-{}-{}", region.x, region.z)).spawn(move || {
        // The simulation is made here: it lives and dies on this thread.
        Region::new(&settings, ends).run();
        let _ = ended.send(());
    })?;
    Ok(stopped)
}

struct Region {
    simulation: Simulation,
    seats: Seats,
    publisher: Publisher,
    ends: Ends,
    label: String,
    save_ticks: u64,
    save_phase: u64,
    /// Commands for the next tick.
    commands: Vec<Command>,
    /// Where each player was last saved, or handed to be.
    saved: BTreeMap<EntityId, Position>,
    departed: BTreeMap<EntityId, (Position, u64)>,
    asked: Asked,
    orders: Orders,
    /// What each player's character is called.
    names: BTreeMap<EntityId, String>,
    /// How each player was last told to stand.
    told_standing: BTreeMap<EntityId, ReplyBody>,
    /// Who comes in, and whose character has to be fetched for that.
    entering: Vec<Enter>,
    /// What happened in fights since the last page of the chronicle.
    feats: Vec<Feat>,
    /// What happened in fights since the last net tick.
    fights: CombatNotes,
    /// What the keeper is to do, in order.
    errands: VecDeque<Errand>,
    parties: Parties,
    trades: Trades,
    /// What is in each heap that lies here.
    lots: BTreeMap<EntityId, Lot>,
    /// How long what is left behind lies there.
    heaps_last: Duration,
    id: RegionId,
    needs_complete: bool,
    stops: bool,
}

impl Region {
    fn new(settings: &UnificationSettings, ends: Ends) -> Self {
        let ticks = |time: Duration| (time.as_millis() * u128::from(TICK_HZ) / 1000) as u64;
        let region = settings.region();
        let save_ticks = ticks(settings.save_every).max(1);
        Self {
            simulation: match settings.recording {
                Some(limits) => Simulation::recorded(settings.simulation.clone(), limits),
                None => Simulation::new(settings.simulation.clone()),
            },
            seats: Seats::new(Patience {
                linkdead: ticks(settings.linkdead),
                fight: ticks(settings.fights_hold),
                gateway: ticks(GATEWAY_SILENCE),
            }),
            publisher: Publisher::default(),
            ends,
            label: format!("{}_{}", region.x, region.z),
            save_ticks,
            // Neighbours don't all save in the same moment.
            save_phase: settings.region_id().uuid().as_u64_pair().1 % save_ticks,
            commands: Vec::new(),
            saved: BTreeMap::new(),
            departed: BTreeMap::new(),
            asked: Asked::default(),
            orders: Orders::default(),
            names: BTreeMap::new(),
            told_standing: BTreeMap::new(),
            entering: Vec::new(),
            feats: Vec::new(),
            fights: CombatNotes::default(),
            errands: VecDeque::from([Errand::Recall(settings.region_id())]),
            parties: Parties::default(),
            trades: Trades::default(),
            lots: BTreeMap::new(),
            heaps_last: Duration::from_secs(1) * settings.simulation.heap_ticks / TICK_HZ,
            id: settings.region_id(),
            // Gateways that were here before the region learn that it is new.
            needs_complete: true,
            stops: false,
        }
    }

    fn run(mut self) {
        // There from the start: Prometheus sees no increase from nothing to 1.
        for name in ["realmkeep_late_ticks_total", "realmkeep_dropped_ticks_total"] {
            metrics::counter!(name, "region" => self.label.clone()).increment(0);
        }
        let start = Instant::now();
        let mut pacer = Pacer::new(TICK_HZ);
        while !self.stops {
            let due = pacer.due(start.elapsed());
            self.note_pace(due.late, due.dropped);
            for _ in 0..due.ticks {
                self.read_letters();
                self.tick();
            }
            thread::sleep(pacer.next_due().saturating_sub(start.elapsed()));
        }
        self.say_goodbye();
    }

    fn note_pace(&self, late: u64, dropped: u64) {
        if late == 0 && dropped == 0 {
            return;
        }
        metrics::counter!("realmkeep_late_ticks_total", "region" => self.label.clone()).increment(late);
        metrics::counter!("realmkeep_dropped_ticks_total", "region" => self.label.clone()).increment(dropped);
        let mut figures = self.ends.board.figures();
        figures.late_ticks += late;
        figures.dropped_ticks += dropped;
    }

    fn read_letters(&mut self) {
        for _ in 0..LETTERS_PER_TICK_MAX {
            match self.ends.letters.try_recv() {
                Ok(Mail::Command(command)) => self.obey(command),
                Ok(Mail::Terrain(command) | Mail::Tell(command)) => self.commands.push(command),
                Ok(Mail::Ask { request, command, answer }) => {
                    self.asked.note(request, answer);
                    self.commands.push(command);
                }
                Ok(Mail::Inquire { entity, answer }) => {
                    self.errands.push_back(Errand::Report(answer, self.simulation.standing(entity)));
                }
                Ok(Mail::Inspect { entity, answer }) => {
                    // Whoever asked may have gone.
                    let _ = answer.send(self.simulation.inspect(entity));
                }
                Ok(Mail::Record { limits, answer }) => {
                    // Whoever has stopped waiting needs no answer.
                    let _ = answer.send(self.record(limits));
                }
                Ok(Mail::Kept(aftermath, kept)) => self.tell_kept(&aftermath, kept),
                Ok(Mail::Recalled(heaps)) => self.lay_again(heaps),
                Ok(Mail::Exchanged(deal, outcome)) => self.tell_exchanged(&deal, &outcome),
                Ok(Mail::Fetched(enter, character)) => self.let_in(*enter, character),
                Ok(Mail::Stop) | Err(mpsc::error::TryRecvError::Disconnected) => self.stops = true,
                Err(mpsc::error::TryRecvError::Empty) => return,
            }
        }
    }

    fn obey(&mut self, command: RegionCommand) {
        let tick = self.simulation.tick_number();
        match command {
            RegionCommand::Enter(enter) => self.enter(enter, tick),
            RegionCommand::Move { socket, seq, x, z, yaw } => match self.seats.steered_by(socket) {
                Some(entity) => {
                    self.commands.push(Command::PlayerMove { entity, seq, to: GroundPoint::new(x, z), yaw });
                }
                None => self.reply(socket, ReplyBody::Unknown),
            },
            RegionCommand::Order { socket, number, order } => match self.seats.steered_by(socket) {
                Some(entity) => self.take_order(entity, number, order),
                None => self.reply(socket, ReplyBody::Unknown),
            },
            RegionCommand::Say { socket, line } => match self.seats.steered_by(socket) {
                Some(entity) => self.say(entity, line),
                None => self.reply(socket, ReplyBody::Unknown),
            },
            RegionCommand::Wish { socket, wish } => match self.seats.steered_by(socket) {
                Some(entity) => self.grant(entity, wish),
                None => self.reply(socket, ReplyBody::Unknown),
            },
            RegionCommand::Drop { socket } => {
                self.let_go(socket);
                self.commands.extend(self.seats.leave_empty(socket, tick));
            }
            RegionCommand::Exit { socket } => self.take_leave(socket, tick),
            RegionCommand::Resync { gateway } => {
                self.seats.hear_from(gateway, tick);
                self.needs_complete = true;
            }
            RegionCommand::Alive { gateway } => self.seats.hear_from(gateway, tick),
        }
    }

    fn grant(&mut self, entity: EntityId, wish: Wish) {
        match wish {
            Wish::Invite { name } => self.invite(entity, &name),
            Wish::AnswerInvitation { party, joins } => self.answer_invitation(entity, party, joins),
            Wish::LeaveParty => self.leave_party(entity),
            Wish::Kick { member } => self.kick(entity, member),
            Wish::Lead { member } => self.hand_lead_on(entity, member),
            Wish::Trade { with } => self.ask_to_trade(entity, with),
            Wish::Offer(lot) => self.offer(entity, lot),
            Wish::Agree { revision } => self.agree(entity, revision),
            Wish::CallOff => self.call_off(entity),
        }
    }

    fn tick(&mut self) {
        let began = Instant::now();
        let outcome = self.simulation.tick(self.commands.drain(..));
        let tick = outcome.tick;
        for event in outcome.events {
            self.keep(&event);
            self.chronicle(&event);
            self.fights.note(tick, &event);
            self.tell(&event, tick);
            self.publisher.note_event(tick, &event);
        }
        for cell in outcome.terrain_wanted {
            // The loader ends after this thread does.
            let _ = self.ends.wanted.send(cell);
        }
        // Only now: a character that was just leaving has told this tick what it has been through.
        self.errands.extend(self.entering.drain(..).map(|enter| Errand::Fetch(Box::new(enter))));
        let is_second = tick.is_multiple_of(u64::from(TICK_HZ));
        if is_second {
            self.turn_page();
        }
        self.run_errands();
        if is_second {
            self.clear_seats(tick);
            self.expire_members(tick);
            self.departed.retain(|_, (_, since)| tick - *since < DEPARTED_TICKS);
        }
        if tick.is_multiple_of(NET_TICKS) {
            self.publish(tick);
        }
        if tick % self.save_ticks == self.save_phase {
            self.save_players();
        }
        let took = began.elapsed();
        metrics::histogram!("realmkeep_tick_seconds", "region" => self.label.clone()).record(took);
        self.ends.board.figures().note_tick(tick, took);
    }

    fn tell(&mut self, event: &Event, tick: u64) {
        self.asked.answer(event);
        self.answer_order(event);
        match *event {
            Event::PlayerSpawned { entity, net_id, position, units_per_second, move_seq } => {
                self.saved.entry(entity).or_insert(position);
                // Whoever comes, or comes back, knows nothing yet.
                self.told_standing.remove(&entity);
                let body = ReplyBody::Entered {
                    entity,
                    net_id: net_id.0,
                    position,
                    units_per_second,
                    move_seq,
                    tick,
                };
                self.reply_to_player(entity, body);
                self.note_presence(entity, None);
                self.show_trade(entity);
            }
            Event::NoGroundToSpawn { entity } => {
                self.reply_to_player(entity, ReplyBody::NoGround);
                self.seats.remove(entity);
                self.names.remove(&entity);
            }
            Event::PlayerDespawned { entity, position } => {
                self.saved.remove(&entity);
                self.told_standing.remove(&entity);
                self.orders.forget(entity);
                self.part(entity);
                self.note_presence(entity, Some(tick));
                self.names.remove(&entity);
                tracing::info!(%entity, "player left");
                if let Some(position) = position {
                    self.departed.insert(entity, (position, tick));
                    self.save(Positions::from([(character(entity), position)]));
                }
            }
            Event::MoveApplied { entity, seq } => self.publisher.note_move(entity, seq),
            Event::MoveRefused { entity, seq, refusal, position } => {
                let code = wire_code(refusal);
                metrics::counter!("realmkeep_moves_refused_total", "reason" => code.name()).increment(1);
                let reason = refusal.to_string();
                self.reply_to_player(
                    entity,
                    ReplyBody::MoveRefused { seq, code: code.number(), reason, position },
                );
            }
            // A move that came before its player had ground; the client learns where it stands when it has.
            Event::UnknownPlayer { .. } => {}
            // Told to whoever asked.
            Event::Spawned { .. }
            | Event::SpawnRefused { .. }
            | Event::Despawned { .. }
            | Event::Ordered { .. }
            | Event::OrderFailed { .. } => {}
            // Kept, published, or chronicled.
            Event::Fought { .. }
            | Event::Struck { .. }
            | Event::Died { .. }
            | Event::Fell { .. }
            | Event::Revived { .. }
            | Event::Earned { .. }
            | Event::LeftBehind { .. }
            | Event::TookUp { .. }
            | Event::Vanished { .. }
            | Event::Worn { .. } => {}
        }
    }

    fn publish(&mut self, tick: u64) {
        let views = self.simulation.views();
        let bundle = self.publisher.publish(tick, &views, self.needs_complete);
        // A bundle that does not fit is lost, and a complete one makes up for it.
        self.needs_complete = self.ends.outgoing.try_send(Outgoing::Frames(bundle)).is_err();
        self.tell_standings(&views);
        metrics::gauge!("realmkeep_entities", "region" => self.label.clone()).set(views.len() as f64);
        let players = self.seats.steered_count();
        metrics::gauge!("realmkeep_players", "region" => self.label.clone()).set(players as f64);
        let board = &self.ends.board;
        board.figures().players = players;
        if let Some(page) = self.fights.turn_page(tick, &views, &board.entities()) {
            board.combat_log().add(page);
        }
        board.show_areas(self.simulation.areas());
        board.show_entities(Arc::new(views));
    }

    fn save_players(&mut self) {
        let mut moved = Positions::new();
        for view in self.simulation.views() {
            let is_player = matches!(view.kind, EntityKind::Player(_));
            if is_player && self.saved.get(&view.entity) != Some(&view.position) {
                moved.insert(character(view.entity), view.position);
            }
        }
        if moved.is_empty() {
            return;
        }
        let places: Vec<_> = moved.iter().map(|(id, at)| (EntityId::from_uuid(id.uuid()), *at)).collect();
        if self.save(moved) {
            self.saved.extend(places);
        }
    }

    /// Hands positions to the saver. If it can't take them just now, the next save has them again.
    fn save(&self, positions: Positions) -> bool {
        self.ends.saves.try_send(positions).is_ok()
    }

    fn reply_to_player(&self, entity: EntityId, body: ReplyBody) {
        if let Some(socket) = self.seats.socket_of(entity) {
            self.reply(socket, body);
        }
    }

    /// Sends a message of the client protocol to one player, if somebody is there to read it.
    fn say_to(&self, entity: EntityId, message: &ServerMessage) {
        self.reply_to_player(entity, ReplyBody::Message(message.encode().to_vec()));
    }

    fn reply(&self, socket: SocketKey, body: ReplyBody) {
        let SocketKey { gateway, number } = socket;
        self.send_reply(gateway, Reply { socket: number, body });
    }

    fn send_reply(&self, gateway: NodeId, reply: Reply) {
        if self.ends.outgoing.try_send(Outgoing::Reply(gateway, reply)).is_err() {
            metrics::counter!("realmkeep_region_replies_lost_total").increment(1);
        }
    }

    /// Tells everyone, and saves them.
    fn say_goodbye(mut self) {
        // Whoever waits to write to a thread that reads no more goes on.
        self.ends.letters.close();
        for socket in self.seats.sockets() {
            self.reply(socket, ReplyBody::Stopping);
        }
        let places: Positions = self
            .simulation
            .views()
            .into_iter()
            .filter(|view| matches!(view.kind, EntityKind::Player(_)))
            .map(|view| (character(view.entity), view.position))
            .collect();
        if !places.is_empty() && self.ends.saves.blocking_send(places).is_err() {
            tracing::error!("the last positions could not be handed to the saver");
        }
        // Whoever leaves tells what it has been through.
        let leaving: Vec<_> = self.saved.keys().map(|&entity| Command::PlayerLeave { entity }).collect();
        for event in self.simulation.tick(leaving).events {
            self.keep(&event);
        }
        self.turn_page();
        for errand in std::mem::take(&mut self.errands) {
            if self.ends.errands.blocking_send(errand).is_err() {
                tracing::error!("what befell characters could not be handed to the keeper");
            }
        }
    }
}
