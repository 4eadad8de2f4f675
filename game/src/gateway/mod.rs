//! The players' sockets: the only place that reads or writes the client protocol.
//!
//! A gateway holds no game state that matters. Who plays is in the store, where they stand is in the region; both are
//! reached over the bus and the database, so a gateway may be another process than the region, and a player may resume at
//! another gateway than the one that dropped them.
//!
//! One task a socket runs a closed loop of [happenings](socket); a second one writes. What can pile up is bounded, and
//! passing a bound closes the socket with a code, never the server.

mod budget;
mod chat;
mod entrance;
mod farewell;
mod feed;
mod hall;
mod outbox;
mod player;
mod socket;
mod stays;
mod upgrade;

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::get};
use grid::{NodeId, RegionCoord, WorldId};
use infra::{NodeError, bus::SharedBus};
use store::Store;
use tokio_util::sync::CancellationToken;

use hall::Hall;

/// How a gateway behaves.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// This process, among others.
    pub node: NodeId,
    /// The world that is played.
    pub world: WorldId,
    /// The region that players are in.
    pub region: RegionCoord,
    /// Sockets at the same time.
    pub sockets_max: usize,
    /// How often clients send a heartbeat; after three that are missing the link counts as dead.
    pub heartbeat: Duration,
    /// How long a dropped session can be resumed. The region keeps the player as long.
    pub resume_ttl: Duration,
    /// How long a socket may stay without `Hello`.
    pub hello_within: Duration,
    /// How long one write may take before the client counts as too slow.
    pub write_within: Duration,
    /// How long the region may take to answer, or be silent.
    pub region_within: Duration,
    /// Messages a second that a client may send.
    pub messages_per_second: u32,
    /// Messages that a client may send at once.
    pub messages_burst: u32,
}

impl GatewaySettings {
    /// The usual limits.
    #[must_use]
    pub const fn new(node: NodeId, world: WorldId, region: RegionCoord) -> Self {
        Self {
            node,
            world,
            region,
            sockets_max: 4_096,
            heartbeat: Duration::from_secs(5),
            resume_ttl: Duration::from_secs(30),
            hello_within: Duration::from_secs(10),
            write_within: Duration::from_secs(10),
            region_within: Duration::from_secs(15),
            messages_per_second: 120,
            messages_burst: 240,
        }
    }
}

/// A running gateway. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Gateway {
    hall: Arc<Hall>,
}

/// What passes through a gateway, since its start where it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GatewayStatus {
    /// Open sockets.
    pub sockets: usize,
    /// Messages that came from clients.
    pub messages_received: u64,
    /// Messages that were sent to clients.
    pub messages_sent: u64,
    /// Bytes that were sent to clients, without the framing of WebSocket and TCP.
    pub bytes_sent: u64,
    /// Whether the region's state arrives here.
    pub region_is_heard: bool,
}

impl Gateway {
    /// Starts a gateway. It serves until `shutdown` is cancelled; then each client is told, and its session can be resumed
    /// elsewhere. Call within a tokio runtime.
    ///
    /// # Errors
    /// The bus refused a topic.
    pub async fn start(
        settings: GatewaySettings,
        bus: SharedBus,
        store: Store,
        shutdown: CancellationToken,
    ) -> Result<Self, NodeError> {
        Ok(Self { hall: Hall::open(settings, bus, store, shutdown).await? })
    }

    /// The route of the players' socket, [`protocol::SOCKET_PATH`].
    pub fn router(&self) -> Router {
        Router::new().route(protocol::SOCKET_PATH, get(upgrade::upgrade)).with_state(Arc::clone(&self.hall))
    }

    /// How the gateway does.
    #[must_use]
    pub fn status(&self) -> GatewayStatus {
        self.hall.status()
    }

    /// Waits until all sockets are closed. Cancel `shutdown` first.
    pub async fn drained(&self) {
        self.hall.drained().await;
    }
}
