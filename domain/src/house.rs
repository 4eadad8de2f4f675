//! What the use cases work with.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use game::Gateway;
use infra::{
    blobs::Blobs,
    bus::SharedBus,
    cache::SharedCache,
    jobs::SharedQueue,
    limits::SharedLimiter,
    mail::SharedMailer,
    nodes::{Household, Nodes},
    sessions::SharedSessions,
    streams::SharedStreams,
};
use store::Store;
use tokio::sync::Mutex;

use crate::{
    DomainSettings, LiveRegion, accounts::LoginDesk, audit::HeadLog, authority::Authority,
    figures::TrafficRates, health::HealthMonitor, letters::Post, pipelines::Pipelines, terrain::Terrain,
    tokens::KeyRing,
};

/// The parts that the use cases are put together from.
pub struct Parts {
    /// Our records.
    pub store: Store,
    /// The infrastructure nodes, the way to the regions among them.
    pub household: Household,
    /// What is made of events.
    pub pipelines: Pipelines,
    /// What tokens are signed with.
    pub keys: KeyRing,
    /// The signed heads of the audit.
    pub head_log: HeadLog,
    /// What carries letters.
    pub mailer: SharedMailer,
}

/// The use cases' common ground. Clones share it.
#[derive(Clone)]
pub struct Domain {
    house: Arc<House>,
}

struct House {
    settings: DomainSettings,
    store: Store,
    household: Household,
    pipelines: Pipelines,
    keys: KeyRing,
    head_log: HeadLog,
    post: Post,
    audit_turn: Mutex<()>,
    authority: Authority,
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
        let Parts { store, household, pipelines, keys, head_log, mailer } = parts;
        let limiter = SharedLimiter::clone(&household.limiter);
        let house = House {
            terrain: Terrain::new(&settings.terrain, store.clone(), household.blobs.clone()),
            login_desk: LoginDesk::new(limiter, settings.auth.logins_per_minute),
            health: HealthMonitor::default(),
            region: OnceLock::new(),
            gateway: OnceLock::new(),
            traffic_rates: TrafficRates::default(),
            started_at: store::now(),
            settings,
            store,
            household,
            pipelines,
            keys,
            head_log,
            post: Post::new(mailer),
            audit_turn: Mutex::new(()),
            authority: Authority::new(),
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

    /// Topics: whatever carries no value.
    #[must_use]
    pub fn bus(&self) -> &SharedBus {
        &self.house.household.bus
    }

    /// Streams: events that carry value.
    #[must_use]
    pub fn streams(&self) -> &SharedStreams {
        &self.house.household.streams
    }

    /// Copies of what is costly to get.
    #[must_use]
    pub fn cache(&self) -> &SharedCache {
        &self.house.household.cache
    }

    /// Who is signed in.
    pub(crate) fn sessions(&self) -> &SharedSessions {
        &self.house.household.sessions
    }

    /// How often something may happen.
    #[must_use]
    pub fn limiter(&self) -> &SharedLimiter {
        &self.house.household.limiter
    }

    pub(crate) fn nodes(&self) -> &Nodes {
        &self.house.household.nodes
    }

    pub(crate) fn pipelines(&self) -> &Pipelines {
        &self.house.pipelines
    }

    pub(crate) fn blobs(&self) -> &Blobs {
        &self.house.household.blobs
    }

    pub(crate) fn queue(&self) -> &SharedQueue {
        &self.house.household.queue
    }

    /// What tokens are signed with.
    #[must_use]
    pub fn keys(&self) -> &KeyRing {
        &self.house.keys
    }

    pub(crate) fn head_log(&self) -> &HeadLog {
        &self.house.head_log
    }

    /// Whose turn it is to verify the audit, which reads all of it.
    pub(crate) fn audit_turn(&self) -> &Mutex<()> {
        &self.house.audit_turn
    }

    pub(crate) fn post(&self) -> &Post {
        &self.house.post
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.house.authority
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
