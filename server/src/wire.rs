//! Joins the parts: settings → drivers → database → use cases → region → gateway → routers → listeners.
//!
//! The order is that of need: each step uses what stands before it. Listeners are bound first, before anything is
//! changed, and accept last, when everything can answer.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use api::{NodeId, RegionCoord, WorldId};
use axum::Router;
use domain::{Domain, LiveRegion, Parts, tokens::SigningKey, worlds::NewWorld};
use game::{
    Gateway, GatewaySettings, GroundPoint, Population, SimulationSettings, UnificationHandle,
    UnificationSettings, unification,
};
use infra::{
    blobs::Blobs,
    bus::{SharedBus, in_process::InProcessBus, redis::RedisBus},
    jobs::{JobQueue, WorkerHandle, WorkerSettings},
};
use secrecy::ExposeSecret as _;
use store::Store;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    banner,
    config::{Bus, Settings},
    data_folder::DataFolder,
    edge::{self, AllowedOrigins, Proxies},
    observing::{self, Exposition},
    pages,
    routes::{self, observe::Observatory},
    serve,
};

/// The region that is played. One process owns one region so far.
const REGION: RegionCoord = RegionCoord::new(0, 0);
/// The middle of that region, where new characters arrive and creatures wander, in 1/256 m.
const MIDDLE: GroundPoint = GroundPoint { x: 2_048 * 256, z: 2_048 * 256 };
/// Half the side of the square that creatures live in, in 1/256 m.
const POPULATION_WITHIN_UNITS: u32 = 160 * 256;
/// How far a creature strays from its home, in 1/256 m.
const POPULATION_LEASH_UNITS: u32 = 24 * 256;

/// How long the first tick may take before the start goes on without it.
const FIRST_TICK_LIMIT: Duration = Duration::from_secs(5);

/// Everything that runs, as [`drain`](crate::drain) takes it apart.
pub(crate) struct Running {
    pub(crate) domain: Domain,
    pub(crate) gateway: Gateway,
    pub(crate) observatory: Observatory,
    pub(crate) region: UnificationHandle,
    pub(crate) worker: WorkerHandle,
    pub(crate) queue: JobQueue,
    pub(crate) store: Store,
    pub(crate) public: JoinHandle<std::io::Result<()>>,
    pub(crate) ops: JoinHandle<std::io::Result<()>>,
    pub(crate) stop: Stop,
    pub(crate) drain_limit: Duration,
}

/// What each group of tasks listens to for its end.
#[derive(Default)]
pub(crate) struct Stop {
    pub(crate) sockets: CancellationToken,
    pub(crate) public: CancellationToken,
    pub(crate) worker: CancellationToken,
    pub(crate) background: CancellationToken,
    pub(crate) ops: CancellationToken,
}

/// Brings the database up to date.
///
/// # Errors
///
/// If the database can't be opened, or is of a newer program.
pub(crate) async fn migrate(settings: &Settings, folder: &DataFolder) -> anyhow::Result<()> {
    open_store(settings, folder).await?.close().await?;
    Ok(())
}

/// Starts everything.
///
/// # Errors
///
/// If a part can't be started; what had started by then ends with the process.
pub(crate) async fn start(
    settings: Settings,
    folder: &DataFolder,
    metrics: Exposition,
) -> anyhow::Result<Running> {
    let public = serve::listen(settings.http.addr, "LEPTOS_SITE_ADDR").await?;
    let ops = serve::listen(settings.ops.addr, "REALMKEEP_OPS_ADDR").await?;
    let stop = Stop::default();
    let store = open_store(&settings, folder).await?;
    let bus = open_bus(&settings).await?;
    let queue = open_queue(&settings, folder).await?;
    let parts = Parts {
        store: store.clone(),
        bus: Arc::clone(&bus),
        blobs: Blobs::in_folder(&folder.path().join("blobs"))?,
        queue: queue.clone(),
        signing_key: SigningKey::in_folder(&folder.path().join("keys"))?,
    };
    let domain = Domain::new(settings.for_domain(), parts);
    let world = seed_world(&domain, &settings).await?;
    let region = start_region(&domain, &settings, world, &bus, &store).await?;
    let gateway =
        Gateway::start(gateway_settings(&settings, world), bus, store.clone(), stop.sockets.clone()).await?;
    domain.attach_region(LiveRegion { world, watch: region.watch() });
    domain.attach_gateway(gateway.clone());
    let jobs = WorkerSettings { concurrency: settings.jobs.concurrency };
    let worker = domain::jobs::work(&domain, jobs, stop.worker.clone()).await?;
    wait_for_game(&region, &gateway).await;
    domain::health::watch(&domain, stop.background.clone());
    tokio::spawn(metrics.clone().upkeep(stop.background.clone()));

    // Last of all that can fail: a password that is made up must not get lost.
    let first_login = seed_owner(&domain, &settings).await?;
    let (site, ops_site) = (public.local_addr()?, ops.local_addr()?);
    let observatory = observatory(&domain, &settings, site, &stop);
    let router = public_router(&domain, &settings, &gateway, observatory.clone())?;
    let public = serve::serve(public, router, stop.public.clone());
    let ops = serve::serve(ops, observing::ops_router(domain.clone(), metrics), stop.ops.clone());
    banner::show(&settings.http.origin(site), site, ops_site, first_login.as_ref())?;
    let drain_limit = Duration::from_millis(settings.http.drain_timeout_ms);
    Ok(Running { domain, gateway, observatory, region, worker, queue, store, public, ops, stop, drain_limit })
}

async fn open_store(settings: &Settings, folder: &DataFolder) -> anyhow::Result<Store> {
    let url = settings.database.url_in(folder.path());
    let store = Store::connect(&store::DatabaseSettings {
        url: url.expose_secret().to_owned(),
        max_connections: settings.database.connections_max,
    })
    .await?;
    migration::up(store.database()).await.with_context(|| store.place().to_owned())?;
    Ok(store)
}

async fn open_bus(settings: &Settings) -> anyhow::Result<SharedBus> {
    Ok(match settings.bus.choice() {
        Bus::InProcess => Arc::new(InProcessBus::new()),
        Bus::Redis(url) => Arc::new(RedisBus::connect(url.expose_secret()).await?),
    })
}

/// The queue stands in a file of its own beside SQLite records, so that its many small writes hold nobody up; beside
/// PostgreSQL records it shares their database.
async fn open_queue(settings: &Settings, folder: &DataFolder) -> anyhow::Result<JobQueue> {
    let records = settings.database.url_in(folder.path());
    let records = records.expose_secret();
    let url = if records.starts_with("sqlite:") {
        format!("sqlite://{}", folder.path().join("jobs.db").display())
    } else {
        records.to_owned()
    };
    Ok(JobQueue::connect(&url).await?)
}

async fn seed_world(domain: &Domain, settings: &Settings) -> anyhow::Result<WorldId> {
    let world = &settings.world;
    let new = NewWorld { name: world.name.clone(), recipe_file: world.recipe.clone(), seed: world.seed };
    Ok(domain::worlds::seed(domain, &new).await?)
}

async fn seed_owner(domain: &Domain, settings: &Settings) -> anyhow::Result<Option<banner::FirstLogin>> {
    let owner = &settings.owner;
    let seeded = domain::accounts::seed_owner(domain, &owner.email, owner.password.clone()).await?;
    Ok(seeded.and_then(|seeded| {
        let password = seeded.generated_password?;
        Some(banner::FirstLogin { email: seeded.email, password })
    }))
}

async fn start_region(
    domain: &Domain,
    settings: &Settings,
    world: WorldId,
    bus: &SharedBus,
    store: &Store,
) -> anyhow::Result<UnificationHandle> {
    let grown = domain.terrain().world(world).await?;
    let population = Population {
        count: settings.game.npcs,
        around: MIDDLE,
        within_units: POPULATION_WITHIN_UNITS,
        leash_units: POPULATION_LEASH_UNITS,
    };
    let simulation = SimulationSettings {
        seed: grown.record.seed,
        region: REGION,
        started_at_ms: u64::try_from(domain.now().timestamp_millis()).unwrap_or_default(),
        movement_scale: settings.game.movement_scale,
        spawn: MIDDLE,
        population,
    };
    let unification_settings = UnificationSettings {
        world,
        simulation,
        linkdead: Duration::from_millis(settings.game.resume_ttl_ms),
        save_every: Duration::from_millis(settings.game.save_every_ms),
    };
    let terrain = domain.terrain().source(world);
    Ok(unification::start(unification_settings, Arc::clone(bus), store.clone(), terrain).await?)
}

/// Lets the first tick pass and be heard, so that the first probes don't find a game that has only just begun. If it
/// takes long, the probes say what is wrong.
async fn wait_for_game(region: &UnificationHandle, gateway: &Gateway) {
    let heard = async {
        while region.status().last_tick_ago.is_none() || !gateway.status().region_is_heard {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    if tokio::time::timeout(FIRST_TICK_LIMIT, heard).await.is_err() {
        tracing::warn!(limit_s = FIRST_TICK_LIMIT.as_secs(), "the region is slow to begin");
    }
}

fn gateway_settings(settings: &Settings, world: WorldId) -> GatewaySettings {
    let node = NodeId::from_uuid(Uuid::now_v7());
    GatewaySettings {
        sockets_max: settings.game.sockets_max,
        heartbeat: Duration::from_millis(settings.game.heartbeat_ms),
        resume_ttl: Duration::from_millis(settings.game.resume_ttl_ms),
        ..GatewaySettings::new(node, world, REGION)
    }
}

fn observatory(domain: &Domain, settings: &Settings, site: SocketAddr, stop: &Stop) -> Observatory {
    let http = &settings.http;
    let ours = [http.origin(site)].into_iter().chain(http.allowed_origins.iter().cloned());
    Observatory::new(domain.clone(), AllowedOrigins::new(ours), &settings.observe, stop.sockets.clone())
}

/// Everything on the public address.
fn public_router(
    domain: &Domain,
    settings: &Settings,
    gateway: &Gateway,
    observatory: Observatory,
) -> anyhow::Result<Router> {
    let http = &settings.http;
    if !http.site_root.join("pkg").is_dir() {
        tracing::warn!(site_root = %http.site_root.display(), "no built site here: pages will have no script and no styles");
    }
    let origins = observatory.origins();
    let rest = edge::problem::in_one_form(edge::bound(routes::router(domain.clone()), http, origins)?);
    let pages = edge::bound(pages::router(domain.clone(), http), http, origins)?;
    let routes = rest.merge(pages).merge(routes::observe::router(observatory)).merge(gateway.router());
    Ok(edge::follow(routes, Proxies(http.proxies)))
}
