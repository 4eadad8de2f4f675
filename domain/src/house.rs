//! What the use cases work with.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use game::Gateway;
use infra::{blobs::Blobs, bus::SharedBus, jobs::JobQueue};
use store::Store;

use crate::{
    DomainSettings, LiveRegion, accounts::LoginDesk, figures::TrafficRates, health::HealthMonitor,
    terrain::Terrain, tokens::SigningKey,
};

/// The parts that the use cases are put together from.
pub struct Parts {
    /// Our records.
    pub store: Store,
    /// The way to the regions.
    pub bus: SharedBus,
    /// Generated terrain.
    pub blobs: Blobs,
    /// Background jobs.
    pub queue: JobQueue,
    /// What access tokens are signed with.
    pub signing_key: SigningKey,
}

/// The use cases' common ground. Clones share it.
#[derive(Clone)]
pub struct Domain {
    house: Arc<House>,
}

struct House {
    settings: DomainSettings,
    store: Store,
    bus: SharedBus,
    queue: JobQueue,
    signing_key: SigningKey,
    terrain: Terrain,
    login_desk: LoginDesk,
    health: HealthMonitor,
    region: OnceLock<LiveRegion>,
    gateway: OnceLock<Gateway>,
    traffic_rates: TrafficRates,
    started_at: DateTime<Utc>,
}

impl Domain {
    /// Puts the parts together. Nothing runs yet: see [`health::watch`](crate::health::watch) and
    /// [`jobs::work`](crate::jobs::work).
    #[must_use]
    pub fn new(settings: DomainSettings, parts: Parts) -> Self {
        let Parts { store, bus, blobs, queue, signing_key } = parts;
        let house = House {
            terrain: Terrain::new(&settings.terrain, store.clone(), blobs),
            login_desk: LoginDesk::new(settings.auth.logins_per_minute),
            health: HealthMonitor::default(),
            region: OnceLock::new(),
            gateway: OnceLock::new(),
            traffic_rates: TrafficRates::default(),
            started_at: store::now(),
            settings,
            store,
            bus,
            queue,
            signing_key,
        };
        Self { house: Arc::new(house) }
    }

    /// Makes the region that runs in this process visible to the use cases. Later calls change nothing.
    pub fn attach_region(&self, region: LiveRegion) {
        if self.house.region.set(region).is_err() {
            tracing::warn!("a region is attached already; the second one stays invisible");
        }
    }

    /// Makes the gateway of this process visible to the use cases. Later calls change nothing.
    pub fn attach_gateway(&self, gateway: Gateway) {
        if self.house.gateway.set(gateway).is_err() {
            tracing::warn!("a gateway is attached already; the second one stays invisible");
        }
    }

    /// The present moment, as the use cases see it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        store::now()
    }

    /// The worlds' terrain.
    #[must_use]
    pub fn terrain(&self) -> &Terrain {
        &self.house.terrain
    }

    /// How the parts are.
    #[must_use]
    pub fn health(&self) -> &HealthMonitor {
        &self.house.health
    }

    pub(crate) fn settings(&self) -> &DomainSettings {
        &self.house.settings
    }

    pub(crate) fn store(&self) -> &Store {
        &self.house.store
    }

    pub(crate) fn bus(&self) -> &SharedBus {
        &self.house.bus
    }

    pub(crate) fn queue(&self) -> &JobQueue {
        &self.house.queue
    }

    pub(crate) fn signing_key(&self) -> &SigningKey {
        &self.house.signing_key
    }

    pub(crate) fn login_desk(&self) -> &LoginDesk {
        &self.house.login_desk
    }

    pub(crate) fn region(&self) -> Option<&LiveRegion> {
        self.house.region.get()
    }

    pub(crate) fn gateway(&self) -> Option<&Gateway> {
        self.house.gateway.get()
    }

    pub(crate) fn traffic_rates(&self) -> &TrafficRates {
        &self.house.traffic_rates
    }

    pub(crate) fn started_at(&self) -> DateTime<Utc> {
        self.house.started_at
    }
}
