//! The stage that a test plays on.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use game::{
    Chunk, Gateway, GatewaySettings, GroundPoint, Population, SimulationSettings, TerrainError,
    TerrainSource, UnificationHandle, UnificationSettings, unification,
};
use grid::{AccountId, CellCoord, CharacterId, NodeId, Position, RegionCoord, UNITS_PER_METRE, WorldId};
use infra::bus::{SharedBus, in_process::InProcessBus};
use store::{
    DatabaseSettings, Store, accounts, accounts::Account, characters, characters::Character, tickets,
    tickets::TicketHolder, worlds, worlds::WorldRecord,
};
use tokio::{net::TcpSocket, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use worldgen::{Recipe, World};

use crate::{client::Client, shelf::Shelf};

const RECIPE: &str = include_str!("../../../config/recipes/temperate.yaml");
/// The middle of the region at the world's origin.
pub(crate) const MIDDLE: GroundPoint = GroundPoint::new(2_048 * UNITS_PER_METRE, 2_048 * UNITS_PER_METRE);
/// How long anything awaited may take. Generous, as the machine is shared.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Terrain straight from the generator.
pub(crate) struct Land(Arc<World>);

#[async_trait]
impl TerrainSource for Land {
    async fn chunk(&self, cell: CellCoord) -> Result<Arc<Chunk>, TerrainError> {
        let world = Arc::clone(&self.0);
        let chunk = tokio::task::spawn_blocking(move || world.chunk(cell)).await;
        chunk.map(Arc::new).map_err(|error| TerrainError { cell, reason: error.to_string() })
    }
}

/// A running game.
pub(crate) struct Stage {
    pub(crate) gateway: Gateway,
    pub(crate) region: UnificationHandle,
    pub(crate) store: Store,
    pub(crate) shutdown: CancellationToken,
    pub(crate) bus: SharedBus,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) world: WorldId,
    address: SocketAddr,
    land: Arc<World>,
    pub(crate) account: AccountId,
    npcs: u32,
    _server: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

/// How a stage is set up.
pub(crate) struct Setup {
    npcs: u32,
    tune: fn(&mut GatewaySettings),
    bus: SharedBus,
}

impl Setup {
    pub(crate) fn new() -> Self {
        Self { npcs: 0, tune: |_| {}, bus: Arc::new(InProcessBus::new()) }
    }

    pub(crate) fn with_npcs(self, npcs: u32) -> Self {
        Self { npcs, ..self }
    }

    pub(crate) fn with_gateway(self, tune: fn(&mut GatewaySettings)) -> Self {
        Self { tune, ..self }
    }

    pub(crate) fn with_bus(self, bus: SharedBus) -> Self {
        Self { bus, ..self }
    }

    pub(crate) async fn start(self) -> Stage {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
        let store = Store::connect(&DatabaseSettings { url, max_connections: 4 }).await.expect("a database");
        migration::up(store.database()).await.expect("a schema");
        let recipe = Recipe::from_yaml("temperate.yaml", RECIPE).expect("the demo recipe is valid");
        let land = Arc::new(World::new(42, recipe).expect("the demo recipe compiles"));
        let (world, account) = people_a_world(&store).await;

        let shutdown = CancellationToken::new();
        let shelf = Arc::new(Shelf::default());
        let region = start_region(world, self.npcs, &self.bus, &store, &land, &shelf).await;
        let mut settings =
            GatewaySettings::new(NodeId::from_uuid(Uuid::now_v7()), world, RegionCoord::new(0, 0));
        // A client that the machine starves for a while shall not be thrown out, unless a test asks for it.
        settings.heartbeat = PATIENCE;
        settings.hello_within = PATIENCE;
        settings.region_within = PATIENCE;
        (self.tune)(&mut settings);
        let gateway = Gateway::start(settings, Arc::clone(&self.bus), store.clone(), shutdown.clone())
            .await
            .expect("the bus takes subscriptions");

        // Small buffers in the kernel, so that a reader who stops is noticed before megabytes are queued.
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_send_buffer_size(4 * 1024).expect("a small send buffer");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        let listener = socket.listen(256).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let router = gateway.router();
        let server =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("the server runs") });
        Stage {
            gateway,
            region,
            store,
            shutdown,
            bus: self.bus,
            shelf,
            world,
            address,
            land,
            account,
            npcs: self.npcs,
            _server: server,
            _folder: folder,
        }
    }
}

impl Stage {
    /// A game without NPCs, at its usual settings.
    pub(crate) async fn start() -> Self {
        Setup::new().start().await
    }

    /// A new character at the middle of the region.
    pub(crate) async fn character(&self, name: &str) -> CharacterId {
        self.character_at(name, MIDDLE).await
    }

    /// A new character at a point.
    pub(crate) async fn character_at(&self, name: &str, at: GroundPoint) -> CharacterId {
        let now = store::now();
        let id = CharacterId::from_uuid(Uuid::now_v7());
        let character = Character {
            id,
            account_id: self.account,
            world_id: self.world,
            name: name.to_owned(),
            race: "human".to_owned(),
            position: Position::new(at.x, 0, at.z),
            created_at: now,
            updated_at: now,
            last_played_at: None,
        };
        characters::insert(&self.store, &character).await.expect("a new character");
        self.shelf.put(id, crate::shelf::fighter(1));
        id
    }

    /// A fresh ticket for a character.
    pub(crate) async fn ticket(&self, character: CharacterId) -> String {
        let ticket = Uuid::new_v4().simple().to_string();
        let now = store::now();
        let holder = TicketHolder { account_id: self.account, character_id: character, sign_in: None };
        let hash = blake3::hash(ticket.as_bytes()).to_hex().to_string();
        tickets::insert(&self.store, &hash, holder, now, now + PATIENCE).await.expect("a new ticket");
        ticket
    }

    /// An open socket that has said nothing yet.
    pub(crate) async fn connect(&self) -> Client {
        Client::connect(self.address).await
    }

    /// A socket whose `Hello` with a ticket for the character was answered.
    pub(crate) async fn welcomed(&self, character: CharacterId) -> Client {
        let mut client = self.connect().await;
        client.hello_with_ticket(&self.ticket(character).await).await;
        client.welcome().await;
        client
    }

    /// A new character in the world.
    pub(crate) async fn player(&self, name: &str) -> Client {
        let character = self.character(name).await;
        self.player_as(character).await
    }

    /// A character in the world.
    pub(crate) async fn player_as(&self, character: CharacterId) -> Client {
        let mut client = self.welcomed(character).await;
        client.join().await;
        client
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The middle of a dry square metre whose eastern neighbour can't be walked on.
    pub(crate) fn shore(&self) -> GroundPoint {
        let half = UNITS_PER_METRE / 2;
        RegionCoord::new(0, 0)
            .cells()
            .find_map(|cell| {
                let chunk = self.land.chunk(cell);
                let middle = |metre: i64| metre * UNITS_PER_METRE + half;
                (0..64 * 63).map(|square| (middle(square % 63), middle(square / 63))).find_map(|(x, z)| {
                    let at_shore = chunk.is_walkable(x, z) && !chunk.is_walkable(x + UNITS_PER_METRE, z);
                    at_shore.then(|| GroundPoint::new(cell.origin().x + x, cell.origin().z + z))
                })
            })
            .expect("the demo world has shores")
    }

    /// Waits until `condition` holds.
    pub(crate) async fn until(&self, what: &str, condition: impl FnMut(&Self) -> bool) {
        self.until_within(PATIENCE, what, condition).await;
    }

    /// Waits so long until `condition` holds.
    pub(crate) async fn until_within(
        &self,
        patience: Duration,
        what: &str,
        mut condition: impl FnMut(&Self) -> bool,
    ) {
        let wait = async {
            while !condition(self) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(patience, wait).await.unwrap_or_else(|_| panic!("never came: {what}"));
    }

    /// Where the store has a character.
    pub(crate) async fn saved_position(&self, character: CharacterId) -> Position {
        characters::find(&self.store, character)
            .await
            .expect("the database answers")
            .expect("it exists")
            .position
    }

    /// Stops the region and starts it anew.
    pub(crate) async fn restart_region(self) -> Self {
        self.region.stop().await;
        let region =
            start_region(self.world, self.npcs, &self.bus, &self.store, &self.land, &self.shelf).await;
        Self { region, ..self }
    }
}

async fn start_region(
    world: WorldId,
    npcs: u32,
    bus: &SharedBus,
    store: &Store,
    land: &Arc<World>,
    shelf: &Arc<Shelf>,
) -> UnificationHandle {
    let simulation = SimulationSettings {
        seed: 42,
        region: RegionCoord::new(0, 0),
        started_at_ms: 1_800_000_000_000,
        movement_scale: 3.0,
        spawn: MIDDLE,
        heap_ticks: 600 * game::TICK_HZ,
        wilds: None,
        hour_ticks: 3_600,
        population: Population {
            count: npcs,
            around: MIDDLE,
            within_units: 60 * UNITS_PER_METRE as u32,
            leash_units: 15 * UNITS_PER_METRE as u32,
        },
    };
    let settings = UnificationSettings {
        world,
        simulation,
        recording: None,
        fights_hold: Duration::from_secs(2),
        linkdead: Duration::from_secs(600),
        save_every: Duration::from_secs(1),
    };
    let terrain = Arc::new(Land(Arc::clone(land)));
    unification::start(settings, Arc::clone(bus), store.clone(), terrain, Arc::clone(shelf) as _)
        .await
        .expect("the region starts")
}

async fn people_a_world(store: &Store) -> (WorldId, AccountId) {
    let now = store::now();
    let world = WorldId::from_uuid(Uuid::now_v7());
    let record = WorldRecord {
        id: world,
        name: "Test".to_owned(),
        seed: 42,
        recipe_id: "temperate".to_owned(),
        recipe_text: RECIPE.to_owned(),
        recipe_version: 1,
        engine: worldgen::ENGINE,
        created_at: now,
    };
    worlds::insert(store, &record).await.expect("a new world");
    let account = AccountId::from_uuid(Uuid::now_v7());
    let owner = Account {
        id: account,
        email: "players@example.org".to_owned(),
        display_name: "Players".to_owned(),
        password_hash: "none".to_owned(),
        role: "player".to_owned(),
        created_at: now,
        disabled_at: None,
        last_login_at: None,
        email_verified_at: None,
    };
    accounts::insert(store, &owner).await.expect("a new account");
    (world, account)
}
