//! The region's frames as they arrive: one copy of the region for all sockets, and each change once for all of them.

use std::{
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard},
    time::{Duration, Instant},
};

use bytes::Bytes;
use grid::{NodeId, RegionId};
use infra::{
    NodeError,
    bus::{Delivery, SharedBus},
};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::{
    replication::{Bundle, FeedUpdate, RegionMirror},
    wire::{self, RegionCommand},
};

/// Updates that a socket's task may be behind; then it goes on with keyframes.
const UPDATES_MAX: usize = 16;
/// How often a complete bundle is asked for while the copy is not right.
const RESYNC_EVERY: Duration = Duration::from_millis(500);

/// A gateway's ear on one region.
#[derive(Debug)]
pub(super) struct Feed {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    mirror: RwLock<RegionMirror>,
    updates: broadcast::Sender<Arc<FeedUpdate>>,
    heard_at: Mutex<Option<Instant>>,
}

impl Feed {
    /// Listens to the region's frames until `shutdown`.
    pub(super) async fn start(
        bus: SharedBus,
        region: RegionId,
        gateway: NodeId,
        shutdown: CancellationToken,
    ) -> Result<Self, NodeError> {
        let mut frames = bus.subscribe(&wire::frames_topic(region)).await?;
        let shared = Arc::new(Shared {
            mirror: RwLock::default(),
            updates: broadcast::Sender::new(UPDATES_MAX),
            heard_at: Mutex::new(None),
        });
        let ear = Arc::clone(&shared);
        tokio::spawn(async move {
            let mut resync = tokio::time::interval(RESYNC_EVERY);
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    _ = resync.tick() => if !ear.mirror().is_synced() {
                        let command = wire::encode(&RegionCommand::Resync { gateway });
                        // The next turn asks again; the bus counts its failures itself.
                        let _ = bus.publish(&wire::commands_topic(region), command).await;
                    },
                    delivery = frames.next() => match delivery {
                        Some(Delivery::Message(bytes)) => ear.hear(&bytes),
                        Some(Delivery::Lagged(_)) => ear.lose_track(),
                        None => return,
                    },
                }
            }
        });
        Ok(Self { shared })
    }

    /// Changes from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<Arc<FeedUpdate>> {
        self.shared.updates.subscribe()
    }

    /// The copy of the region. Hold it shortly: the ear waits.
    pub(super) fn mirror(&self) -> RwLockReadGuard<'_, RegionMirror> {
        self.shared.mirror()
    }

    /// How long nothing came from the region; the longest time there is if nothing ever did.
    pub(super) fn silence(&self) -> Duration {
        let heard_at = *self.shared.heard_at.lock().unwrap_or_else(PoisonError::into_inner);
        heard_at.map_or(Duration::MAX, |at| at.elapsed())
    }
}

impl Shared {
    fn mirror(&self) -> RwLockReadGuard<'_, RegionMirror> {
        self.mirror.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, bytes: &Bytes) {
        *self.heard_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        let Ok(bundle) = Bundle::decode(bytes) else {
            tracing::warn!(bytes = bytes.len(), "a bundle on the bus is none of ours");
            self.lose_track();
            return;
        };
        let update = self.mirror.write().unwrap_or_else(PoisonError::into_inner).apply(bundle);
        if let Some(update) = update {
            // Without sockets nobody listens.
            let _ = self.updates.send(Arc::new(update));
        }
    }

    fn lose_track(&self) {
        metrics::counter!("realmkeep_gateway_resyncs_total").increment(1);
        self.mirror.write().unwrap_or_else(PoisonError::into_inner).lose_track();
    }
}
