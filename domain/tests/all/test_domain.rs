//! A house of its own for each story.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use api::auth::{LoginRequest, RegisterRequest, Tokens};
use domain::{
    Actor, Arrival, Domain, DomainSettings, Error, Parts,
    tokens::SigningKey,
    worlds::{NewWorld, seed},
};
use grid::WorldId;
use infra::{
    blobs::Blobs,
    bus::in_process::InProcessBus,
    jobs::{JobQueue, WorkerHandle, WorkerSettings},
};
use store::{DatabaseSettings, Store};
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
    folder: Arc<TempDir>,
}

impl TestDomain {
    pub(crate) async fn new() -> Self {
        Self::with(DomainSettings::default()).await
    }

    pub(crate) async fn with(settings: DomainSettings) -> Self {
        Self::in_folder(Arc::new(tempfile::tempdir().expect("a folder")), settings).await
    }

    /// The same house as after a restart.
    pub(crate) async fn restarted(&self) -> Self {
        Self::in_folder(Arc::clone(&self.folder), DomainSettings::default()).await
    }

    async fn in_folder(folder: Arc<TempDir>, settings: DomainSettings) -> Self {
        let (domain, store) = empty_house(folder.path(), settings).await;
        domain::accounts::seed_owner(&domain, OWNER_EMAIL, Some(PASSWORD.into())).await.expect("seeds");
        let new = NewWorld { name: "Plain".to_owned(), recipe_file: plain_recipe(), seed: 7 };
        let world = seed(&domain, &new).await.expect("grows");
        Self { domain, store, world, folder }
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
        let request = LoginRequest { email: email.to_owned(), password: password.to_owned() };
        domain::accounts::login(&self.domain, &self.visitor(), request).await
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

/// A house that nobody owns, without a world.
pub(crate) async fn empty_house(folder: &Path, settings: DomainSettings) -> (Domain, Store) {
    let url = format!("sqlite://{}?mode=rwc", folder.join("realmkeep.db").display());
    let store = Store::connect(&DatabaseSettings { url, max_connections: 4 }).await.expect("opens");
    migration::up(store.database()).await.expect("migrates");
    let queue_url = format!("sqlite://{}", folder.join("jobs.db").display());
    let parts = Parts {
        store: store.clone(),
        bus: Arc::new(InProcessBus::new()),
        blobs: Blobs::in_folder(&folder.join("blobs")).expect("opens"),
        queue: JobQueue::connect(&queue_url).await.expect("opens"),
        signing_key: SigningKey::in_folder(&folder.join("keys")).expect("a key"),
    };
    (Domain::new(settings, parts), store)
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
