//! Joins the parts: settings → drivers → database → use cases → region → gateway → routers → listeners.
//!
//! The order is that of need: each step uses what stands before it. Listeners are bound first, before anything is
//! changed, and accept last, when everything can answer.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use api::{NodeId, RegionCoord, WorldId, audit::AuditVerification};
use axum::Router;
use domain::{
    Domain, GrownWorld, LiveRegion, Parts, audit::HeadLog, pipelines::Pipelines, tokens::KeyRing,
    worlds::NewWorld,
};
use game::{
    Gateway, GatewaySettings, GroundPoint, Population, Quiet, SimulationSettings, UnificationHandle,
    UnificationSettings, WildSettings, unification,
};
use infra::{
    bus::SharedBus,
    jobs::{SharedQueue, WorkerHandle, WorkerSettings},
};
use secrecy::ExposeSecret as _;
use store::Store;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    banner,
    config::{MailDriver, Settings},
    data_folder::DataFolder,
    edge::{self, AllowedOrigins, BehindTls, Limits, Proxies},
    flows::{self, Flows},
    furnish::Choices,
    observing::{self, Exposition},
    pages,
    routes::{self, observe::Observatory},
    serve,
};

/// The region that is played. One process owns one region so far.
const REGION: RegionCoord = RegionCoord::new(0, 0);
/// Half the side of the square around new characters that creatures live in, in 1/256 m.
const POPULATION_WITHIN_UNITS: u32 = 160 * 256;
/// How far a creature strays from its home, in 1/256 m.
const POPULATION_LEASH_UNITS: u32 = 24 * 256;

/// How far around where players begin no wild monsters live, in 1/256 m.
const QUIET_AROUND_SPAWN_UNITS: u32 = 200 * 256;
/// How far from the edge of a settlement none live, in 1/256 m.
const QUIET_AROUND_SETTLEMENTS_UNITS: u32 = 60 * 256;

/// How long the first tick may take before the start goes on without it.
const FIRST_TICK_LIMIT: Duration = Duration::from_secs(5);

/// Everything that runs, as [`drain`](crate::drain) takes it apart.
pub(crate) struct Running {
    pub(crate) domain: Domain,
    pub(crate) gateway: Gateway,
    pub(crate) observatory: Observatory,
    pub(crate) region: UnificationHandle,
    pub(crate) worker: WorkerHandle,
    pub(crate) flows: Flows,
    pub(crate) queue: SharedQueue,
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
    let choices = Choices::read(settings, folder.path())?;
    open_store(settings, folder, &choices).await?.close().await?;
    Ok(())
}

/// Finds out whether the audit is as it was written. A server may work in the folder meanwhile.
///
/// # Errors
///
/// If the database, the keys or the signed heads can't be read.
pub(crate) async fn verify_audit(settings: &Settings) -> anyhow::Result<AuditVerification> {
    let store = connect_store(settings, &Choices::read(settings, &settings.data)?).await?;
    let heads = HeadLog::in_file(&settings.audit.heads_file_in(&settings.data));
    let keys = KeyRing::in_folder(&settings.data.join("keys"))?;
    let found = domain::audit::verify_records(&store, &heads, &keys).await?;
    store.close().await?;
    Ok(found)
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
    let choices = Choices::read(&settings, folder.path())?;
    let store = open_store(&settings, folder, &choices).await?;
    let household = choices.furnish(&settings, folder.path(), &store).await?;
    let (bus, queue) = (Arc::clone(&household.bus), household.queue.clone());
    let head_log = HeadLog::in_file(&settings.audit.heads_file_in(folder.path()));
    if settings.mail.driver == MailDriver::Log && settings.http.public_url.starts_with("https://") {
        tracing::warn!(
            "letters go to the log, where nobody gets them: set [mail] for an installation with strangers"
        );
    }
    let parts = Parts {
        store: store.clone(),
        household,
        pipelines: Pipelines::in_folder(&settings.pipelines.folder)?,
        keys: KeyRing::in_folder(&folder.path().join("keys"))?,
        head_log: head_log.clone(),
        mailer: settings.mail.open()?,
    };
    let domain = Domain::new(settings.for_domain(settings.http.origin(public.local_addr()?)), parts);
    let world = seed_world(&domain, &settings).await?;
    let region = start_region(&domain, &settings, world, &bus, &store).await?;
    let gateway =
        Gateway::start(gateway_settings(&settings, world), bus, store.clone(), stop.sockets.clone()).await?;
    domain.attach_region(LiveRegion { world, watch: region.watch(), desk: region.desk() });
    domain.attach_gateway(gateway.clone());
    let jobs = WorkerSettings { concurrency: settings.jobs.concurrency };
    let worker = domain::jobs::work(&domain, jobs, stop.worker.clone()).await?;
    let flows = flows::start(&domain, &stop.worker).await?;
    wait_for_game(&region, &gateway).await;
    domain::health::watch(&domain, stop.background.clone());
    domain::tokens::watch_keys(&domain, stop.background.clone());
    domain::authority::watch(&domain, stop.background.clone()).await?;
    let head_every = Duration::from_secs(settings.audit.head_every_s);
    domain::audit::sign_heads(&domain, head_log, head_every, stop.background.clone());
    domain::infrastructure::follow_files(
        &domain,
        settings.infrastructure.apply_changes,
        stop.background.clone(),
    );
    tokio::spawn(metrics.clone().upkeep(stop.background.clone()));

    // Last of all that can fail: a password that is made up must not get lost.
    let first_login = seed_owner(&domain, &settings).await?;
    let (site, ops_site) = (public.local_addr()?, ops.local_addr()?);
    let observatory = observatory(&domain, &settings, site, &stop);
    let router = public_router(&domain, &settings, &gateway, observatory.clone())?;
    let head_timeout = Duration::from_millis(settings.http.head_timeout_ms);
    let public = serve::serve(public, router, head_timeout, stop.public.clone());
    let ops_router = observing::ops_router(domain.clone(), metrics);
    let ops = serve::serve(ops, ops_router, head_timeout, stop.ops.clone());
    banner::show(&settings.http.origin(site), site, ops_site, first_login.as_ref())?;
    let drain_limit = Duration::from_millis(settings.http.drain_timeout_ms);
    Ok(Running {
        domain,
        gateway,
        observatory,
        region,
        worker,
        flows,
        queue,
        store,
        public,
        ops,
        stop,
        drain_limit,
    })
}

async fn connect_store(settings: &Settings, choices: &Choices) -> anyhow::Result<Store> {
    let database = store::DatabaseSettings {
        url: choices.records.expose_secret().to_owned(),
        max_connections: settings.database.connections_max,
    };
    Ok(Store::connect(&database).await?)
}

/// The database, brought up to date. Holding the folder is what makes it ours to change.
async fn open_store(settings: &Settings, _: &DataFolder, choices: &Choices) -> anyhow::Result<Store> {
    let store = connect_store(settings, choices).await?;
    migration::up(store.database()).await.with_context(|| store.place().to_owned())?;
    Ok(store)
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
    let spawn = GroundPoint::from(domain.terrain().start(world).await?);
    let population = Population {
        count: settings.game.npcs,
        around: spawn,
        within_units: POPULATION_WITHIN_UNITS,
        leash_units: POPULATION_LEASH_UNITS,
    };
    let simulation = SimulationSettings {
        seed: grown.record.seed,
        region: REGION,
        started_at_ms: u64::try_from(domain.now().timestamp_millis()).unwrap_or_default(),
        movement_scale: settings.game.movement_scale,
        spawn,
        heap_ticks: settings.game.heaps_last_s * game::TICK_HZ,
        hour_ticks: settings.game.hour_lasts_s * game::TICK_HZ,
        population,
        wilds: wilds(settings, &grown, spawn),
    };
    let unification_settings = UnificationSettings {
        world,
        simulation,
        recording: settings.game.recording(),
        linkdead: Duration::from_millis(settings.game.resume_ttl_ms),
        fights_hold: Duration::from_secs(settings.game.fights_hold_s.into()),
        save_every: Duration::from_millis(settings.game.save_every_ms),
    };
    let terrain = domain.terrain().source(world);
    let characters = domain::characters::keeper(domain);
    Ok(unification::start(unification_settings, Arc::clone(bus), store.clone(), terrain, characters).await?)
}

/// Which wild monsters live in the region; none if the settings want none.
fn wilds(settings: &Settings, world: &GrownWorld, spawn: GroundPoint) -> Option<WildSettings> {
    let game = &settings.game;
    let density_permille = (game.wild_density * 1_000.0) as u32;
    let mut quiet = world.settled(REGION, QUIET_AROUND_SETTLEMENTS_UNITS);
    quiet.push(Quiet { at: spawn, units: QUIET_AROUND_SPAWN_UNITS });
    (density_permille > 0 && game.wild_monsters_max > 0).then(|| WildSettings {
        density_permille,
        respawn_ticks: game.wild_respawn_s * game::TICK_HZ,
        monsters_max: game.wild_monsters_max,
        packs: world.packs(),
        quiet,
    })
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
    let limits = Limits::new(domain.clone(), &settings.limits);
    let rest = edge::count(routes::router(domain.clone()), limits.clone());
    let rest = edge::problem::in_one_form(edge::bound(rest, http, origins)?);
    let pages = edge::count(pages::router(domain.clone(), http), limits);
    let pages = edge::bound(pages, http, origins)?;
    let answers = edge::compress(rest.merge(pages));
    let routes = answers.merge(routes::observe::router(observatory)).merge(gateway.router());
    let behind_tls = BehindTls(http.public_url.starts_with("https://"));
    Ok(edge::follow(routes, Proxies::new(&http.trusted_proxies), behind_tls))
}
