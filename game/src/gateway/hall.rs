//! What all sockets of a gateway share.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use grid::{AccountId, RegionId};
use infra::{
    NodeError,
    bus::{Delivery, SharedBus, Subscription},
};
use store::Store;
use tokio::{
    sync::{broadcast, mpsc},
    time::interval,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{GatewaySettings, GatewayStatus, feed::Feed, stays};
use crate::wire::{self, RegionCommand, Reply, ReplyBody, SocketKey};

/// Replies that may wait for one socket's task.
const REPLIES_MAX: usize = 256;
/// How often a gateway tells its regions that it runs.
const ALIVE_EVERY: Duration = Duration::from_secs(3);

/// Changes of accounts that a socket's task may be behind before it looks for itself.
const ACCOUNT_CHANGES_KEPT: usize = 256;

/// A gateway's common room.
#[derive(Debug)]
pub(super) struct Hall {
    pub(super) settings: GatewaySettings,
    pub(super) region: RegionId,
    pub(super) store: Store,
    pub(super) feed: Feed,
    pub(super) shutdown: CancellationToken,
    pub(super) traffic: Arc<Traffic>,
    /// Accounts whose standing has changed; `None` if it is not known whose.
    pub(super) account_changes: broadcast::Sender<Option<AccountId>>,
    bus: SharedBus,
    commands_topic: String,
    sockets: Mutex<HashMap<u64, mpsc::Sender<ReplyBody>>>,
    last_number: AtomicU64,
    tasks: TaskTracker,
}

/// Counts what passes.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    messages_received: AtomicU64,
    messages_sent: AtomicU64,
    bytes_sent: AtomicU64,
}

/// A socket's place in the hall; leaving it frees the place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) key: SocketKey,
    hall: Arc<Hall>,
}

impl Hall {
    pub(super) async fn open(
        settings: GatewaySettings,
        bus: SharedBus,
        store: Store,
        shutdown: CancellationToken,
    ) -> Result<Arc<Self>, NodeError> {
        let region = settings.region.id(settings.world);
        let replies = bus.subscribe(&wire::replies_topic(settings.node)).await?;
        let accounts = bus.subscribe(wire::ACCOUNTS_TOPIC).await?;
        let feed = Feed::start(Arc::clone(&bus), region, settings.node, shutdown.clone()).await?;
        let hall = Arc::new(Self {
            settings,
            region,
            store,
            feed,
            shutdown,
            traffic: Arc::default(),
            account_changes: broadcast::Sender::new(ACCOUNT_CHANGES_KEPT),
            bus,
            commands_topic: wire::commands_topic(region),
            sockets: Mutex::default(),
            last_number: AtomicU64::new(0),
            tasks: TaskTracker::new(),
        });
        tokio::spawn(hand_out_replies(Arc::clone(&hall), replies));
        tokio::spawn(hear_of_accounts(Arc::clone(&hall), accounts));
        tokio::spawn(tell_alive(Arc::clone(&hall)));
        tokio::spawn(stays::end_forgotten(Arc::clone(&hall)));
        Ok(hall)
    }

    /// Gives a socket a place, unless the hall is full.
    pub(super) fn enter(self: &Arc<Self>) -> Option<(Place, mpsc::Receiver<ReplyBody>)> {
        let mut sockets = self.sockets();
        if sockets.len() >= self.settings.sockets_max {
            return None;
        }
        let number = self.last_number.fetch_add(1, Ordering::Relaxed) + 1;
        let (sender, replies) = mpsc::channel(REPLIES_MAX);
        sockets.insert(number, sender);
        metrics::gauge!("realmkeep_gateway_sockets").set(sockets.len() as f64);
        let key = SocketKey { gateway: self.settings.node, number };
        Some((Place { key, hall: Arc::clone(self) }, replies))
    }

    /// Sends a command to the region.
    pub(super) async fn command(&self, command: &RegionCommand) -> Result<(), NodeError> {
        self.bus.publish(&self.commands_topic, wire::encode(command)).await
    }

    /// Counts a socket's task as one to wait for.
    pub(super) fn track<F: Future>(self: Arc<Self>, future: F) -> impl Future<Output = F::Output> {
        self.tasks.track_future(future)
    }

    pub(super) async fn drained(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub(super) fn status(&self) -> GatewayStatus {
        GatewayStatus {
            sockets: self.sockets().len(),
            messages_received: self.traffic.messages_received.load(Ordering::Relaxed),
            messages_sent: self.traffic.messages_sent.load(Ordering::Relaxed),
            bytes_sent: self.traffic.bytes_sent.load(Ordering::Relaxed),
            region_is_heard: self.feed.silence() < self.settings.region_within,
        }
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<u64, mpsc::Sender<ReplyBody>>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hand_out(&self, bytes: &Bytes) {
        let Some(Reply { socket, body }) = wire::decode(bytes) else {
            tracing::warn!(bytes = bytes.len(), "a reply on the bus is none of ours");
            return;
        };
        // A socket that is gone needs no reply; one whose task is that far behind misses some and is closed soon.
        if let Some(sender) = self.sockets().get(&socket) {
            let _ = sender.try_send(body);
        }
    }
}

impl Traffic {
    pub(super) fn note_received(&self) {
        self.messages_received.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("realmkeep_gateway_messages_received_total").increment(1);
    }

    pub(super) fn note_sent(&self, bytes: usize) {
        self.messages_sent.fetch_add(1, Ordering::Relaxed);
        self.bytes_sent.fetch_add(bytes as u64, Ordering::Relaxed);
        metrics::counter!("realmkeep_gateway_messages_sent_total").increment(1);
        metrics::counter!("realmkeep_gateway_sent_bytes_total").increment(bytes as u64);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut sockets = self.hall.sockets();
        sockets.remove(&self.key.number);
        metrics::gauge!("realmkeep_gateway_sockets").set(sockets.len() as f64);
    }
}

async fn hand_out_replies(hall: Arc<Hall>, mut replies: Subscription) {
    loop {
        let delivery = tokio::select! {
            () = hall.shutdown.cancelled() => return,
            delivery = replies.next() => delivery,
        };
        match delivery {
            Some(Delivery::Message(bytes)) => hall.hand_out(&bytes),
            Some(Delivery::Lagged(count)) => tracing::warn!(count, "replies of the region were lost"),
            None => return,
        }
    }
}

async fn hear_of_accounts(hall: Arc<Hall>, mut accounts: Subscription) {
    loop {
        let delivery = tokio::select! {
            () = hall.shutdown.cancelled() => return,
            delivery = accounts.next() => delivery,
        };
        let changed = match delivery {
            Some(Delivery::Message(bytes)) => Uuid::from_slice(&bytes).ok().map(AccountId::from_uuid),
            Some(Delivery::Lagged(_)) => None,
            None => return,
        };
        // An error only says that there is no socket.
        let _ = hall.account_changes.send(changed);
    }
}

async fn tell_alive(hall: Arc<Hall>) {
    let mut ticks = interval(ALIVE_EVERY);
    loop {
        tokio::select! {
            () = hall.shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = hall.command(&RegionCommand::Alive { gateway: hall.settings.node }).await {
            tracing::warn!(%error, "the gateway can't tell the region that it runs");
        }
    }
}
