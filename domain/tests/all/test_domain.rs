//! A house of its own for each story.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use api::{
    Right,
    auth::{LoginRequest, RegisterRequest, Tokens},
};
use async_trait::async_trait;
use domain::{
    Actor, Allowed, Arrival, Domain, DomainSettings, Error, Parts, PipelineSettings,
    audit::HeadLog,
    pipelines::Pipelines,
    tokens::KeyRing,
    worlds::{NewWorld, seed},
};
use grid::WorldId;
use infra::{
    bus::{SharedBus, in_process::InProcessBus},
    jobs::{WorkerHandle, WorkerSettings},
    mail::{Letter, Mailer, SendError, SharedMailer},
    node::{Node, NodeError},
    nodes::{Household, Jobs, Plan},
    streams::{SharedStreams, in_process::InProcessStreams},
};
use sqlx::{Connection as _, Executor as _};
use store::{DatabaseSessions, DatabaseSettings, Store};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
pub(crate) const OWNER_EMAIL: &str = "owner@example.org";
pub(crate) const PASSWORD: &str = "a long enough password";

/// A house with an owner and a plain world.
pub(crate) struct TestDomain {
    pub(crate) domain: Domain,
    pub(crate) store: Store,
    pub(crate) world: WorldId,
    pub(crate) letters: Arc<LetterBox>,
    pub(crate) streams: SharedStreams,
    folder: Arc<TempDir>,
}

impl TestDomain {
    pub(crate) async fn new() -> Self {
        Self::with(DomainSettings::default()).await
    }

    pub(crate) async fn with(settings: DomainSettings) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::in_folder(folder, settings, Arc::new(InProcessBus::new())).await
    }

    /// A house whose processes hear of each other over that bus.
    pub(crate) async fn on_bus(bus: SharedBus) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::in_folder(folder, DomainSettings::default(), bus).await
    }

    /// Another process of the same house.
    pub(crate) async fn beside(&self, bus: SharedBus) -> Self {
        Self::in_folder(Arc::clone(&self.folder), DomainSettings::default(), bus).await
    }

    /// The same house as after a restart.
    pub(crate) async fn restarted(&self) -> Self {
        Self::in_folder(Arc::clone(&self.folder), DomainSettings::default(), Arc::new(InProcessBus::new()))
            .await
    }

    /// A house with those pipelines.
    pub(crate) async fn with_pipelines(pipelines: Pipelines) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let files = folder.path().join("etl");
        let pipeline_settings = PipelineSettings { files, ..PipelineSettings::default() };
        let settings = DomainSettings { pipelines: pipeline_settings, ..DomainSettings::default() };
        Self::furnish(folder, settings, Arc::new(InProcessBus::new()), pipelines).await
    }

    async fn in_folder(folder: Arc<TempDir>, settings: DomainSettings, bus: SharedBus) -> Self {
        Self::furnish(folder, settings, bus, Pipelines::default()).await
    }

    async fn furnish(
        folder: Arc<TempDir>,
        settings: DomainSettings,
        bus: SharedBus,
        pipelines: Pipelines,
    ) -> Self {
        let letters = Arc::new(LetterBox::default());
        let streams: SharedStreams = Arc::new(InProcessStreams::new());
        let settings = DomainSettings { scratch: folder.path().join("scratch"), ..settings };
        let furniture = Furniture {
            bus,
            mailer: Arc::clone(&letters) as _,
            pipelines,
            streams: Arc::clone(&streams),
            database: None,
        };
        let (domain, store) = house(folder.path(), settings, furniture).await;
        domain::accounts::seed_owner(&domain, OWNER_EMAIL, Some(PASSWORD.into())).await.expect("seeds");
        let new = NewWorld { name: "Plain".to_owned(), recipe_file: plain_recipe(), seed: 7 };
        let world = seed(&domain, &new).await.expect("grows");
        Self { domain, store, world, letters, streams, folder }
    }

    pub(crate) fn visitor(&self) -> Actor {
        Actor::visitor(Arrival {
            address: Some([192, 0, 2, 7].into()),
            user_agent: Some("a test".to_owned()),
            ..Arrival::within()
        })
    }

    pub(crate) async fn owner(&self) -> Actor {
        self.signed_in(OWNER_EMAIL).await
    }

    /// A fresh player, signed in.
    pub(crate) async fn player(&self, name: &str) -> Actor {
        let email = format!("{name}@example.org").to_lowercase();
        let request =
            RegisterRequest { email: email.clone(), password: PASSWORD.into(), display_name: name.into() };
        domain::accounts::register(&self.domain, &self.visitor(), request).await.expect("registers");
        self.signed_in(&email).await
    }

    pub(crate) async fn login(&self, email: &str, password: &str) -> Result<Tokens, Error> {
        self.login_with(email, password, None).await
    }

    pub(crate) async fn login_with(
        &self,
        email: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<Tokens, Error> {
        let request = LoginRequest {
            email: email.to_owned(),
            password: password.to_owned(),
            code: code.map(str::to_owned),
        };
        domain::accounts::login(&self.domain, &self.visitor(), request).await
    }

    /// Somebody who exists, signed in anew.
    pub(crate) async fn again(&self, email: &str) -> Actor {
        self.signed_in(email).await
    }

    /// The folder of the house's state.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What only somebody with full power over the database can do.
    pub(crate) async fn run_sql(&self, statement: &'static str) {
        let url = format!("sqlite://{}", self.folder().join("realmkeep.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("opens");
        connection.execute(sqlx::raw_sql(statement)).await.expect("runs");
    }

    async fn signed_in(&self, email: &str) -> Actor {
        let tokens = self.login(email, PASSWORD).await.expect("signs in");
        let bearer = tokens.access_token.into();
        domain::tokens::authenticate(&self.domain, &bearer, Arrival::within()).await.expect("is let in")
    }

    pub(crate) async fn worker(&self) -> (WorkerHandle, CancellationToken) {
        let shutdown = CancellationToken::new();
        let settings = WorkerSettings { concurrency: 1 };
        let worker = domain::jobs::work(&self.domain, settings, shutdown.clone()).await.expect("starts");
        (worker, shutdown)
    }
}

/// The actor as one who may do what the called use case needs.
pub(crate) fn may<R: Right>(actor: &Actor) -> Allowed<R> {
    actor.clone().allow().expect("may do it")
}

/// Keeps the letters, for stories in which somebody reads them.
#[derive(Debug, Default)]
pub(crate) struct LetterBox(Mutex<Vec<Letter>>);

impl LetterBox {
    /// The token in the newest letter with that subject, once it has come.
    pub(crate) async fn token(&self, to: &str, subject: &str) -> String {
        let text = self.comes(to, subject).await;
        let rest = text.split("token=").nth(1).expect("has a token");
        rest.split_whitespace().next().expect("a token").to_owned()
    }

    /// What the newest letter with that subject says, once it has come.
    pub(crate) async fn comes(&self, to: &str, subject: &str) -> String {
        let mut found = None;
        until("the letter comes", async || {
            let letters = self.0.lock().expect("is whole");
            let letter = letters.iter().rev().find(|letter| letter.to == to && letter.subject == subject);
            found = letter.map(|letter| letter.text.clone());
            found.is_some()
        })
        .await;
        found.expect("was found")
    }
}

#[async_trait]
impl Node for LetterBox {
    fn driver(&self) -> &'static str {
        "letter box"
    }

    fn place(&self) -> String {
        "this test".to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Ok(())
    }
}

#[async_trait]
impl Mailer for LetterBox {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        self.0.lock().expect("is whole").push(letter.clone());
        Ok(())
    }
}

/// A house that nobody owns, without a world.
pub(crate) async fn empty_house(folder: &Path, settings: DomainSettings) -> (Domain, Store) {
    house(folder, settings, Furniture::plain()).await
}

/// What a house is furnished with.
pub(crate) struct Furniture {
    pub(crate) bus: SharedBus,
    pub(crate) mailer: SharedMailer,
    pub(crate) pipelines: Pipelines,
    pub(crate) streams: SharedStreams,
    /// The address of its database; without one, it is a file in the folder.
    pub(crate) database: Option<String>,
}

impl Furniture {
    /// Nothing but what is needed.
    pub(crate) fn plain() -> Self {
        Self {
            bus: Arc::new(InProcessBus::new()),
            mailer: Arc::new(LetterBox::default()),
            pipelines: Pipelines::default(),
            streams: Arc::new(InProcessStreams::new()),
            database: None,
        }
    }
}

/// A house, furnished so.
pub(crate) async fn house(folder: &Path, settings: DomainSettings, furniture: Furniture) -> (Domain, Store) {
    let Furniture { bus, mailer, pipelines, streams, database } = furniture;
    let file = || format!("sqlite://{}?mode=rwc", folder.join("realmkeep.db").display());
    let url = database.unwrap_or_else(file);
    let store = Store::connect(&DatabaseSettings { url, max_connections: 4 }).await.expect("opens");
    migration::up(store.database()).await.expect("migrates");
    let parts = Parts {
        store: store.clone(),
        household: Household { bus, streams, ..household(folder, &store).await },
        pipelines,
        keys: KeyRing::in_folder(&folder.join("keys")).expect("a key"),
        mailer,
        head_log: HeadLog::in_file(&folder.join("audit-heads.jwt")),
    };
    (Domain::new(settings, parts), store)
}

/// The address of a new empty database on the PostgreSQL that tests share.
pub(crate) async fn postgres_database() -> String {
    let shared = server_url("REALMKEEP_TEST_POSTGRES_URL");
    let name = format!("domain_{}", uuid::Uuid::now_v7().simple());
    let mut connection = sqlx::PgConnection::connect(&shared).await.expect("the shared PostgreSQL answers");
    // The name is of hexadecimal digits; an identifier can't be a parameter.
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(create).await.expect("may create databases");
    let (server, _) = shared.rsplit_once('/').expect("host/database");
    format!("{server}/{name}")
}

/// The address of a server that `cargo xtask test` starts.
pub(crate) fn server_url(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; run `cargo xtask test`, which starts the servers that tests need")
    })
}

/// Embedded drivers, and files in the folder.
async fn household(folder: &Path, store: &Store) -> Household {
    let plan = Plan {
        files: Vec::new(),
        folder: folder.join("infrastructure"),
        data: folder.to_owned(),
        sessions: DatabaseSessions::choices(store),
        jobs: Jobs { beside: None, open: Arc::new(store.clone()) },
        event_bus: None,
        fixed: Vec::new(),
    };
    Household::furnish(plan).await.expect("is furnished")
}

fn plain_recipe() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/plain.yaml")
}

/// Asks again and again until the answer is yes.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let reached = async {
        while !is_so().await {
            sleep(Duration::from_millis(30)).await;
        }
    };
    timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("never: {what}"));
}
