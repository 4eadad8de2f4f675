//! Fresh databases of both kinds, and what most stories begin with.

use chrono::{DateTime, TimeDelta, Utc};
use grid::{AccountId, CharacterId, Position, WorldId};
use sea_orm::{ConnectionTrait as _, Database};
use store::{DatabaseSettings, Store, accounts::Account, characters::Character, worlds::WorldRecord};
use tempfile::TempDir;
use uuid::Uuid;

/// Makes each story a test on SQLite and a test on PostgreSQL.
macro_rules! on_both_databases {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $story() { super::$story($crate::databases::sqlite().await).await; })+
        }
        mod on_postgres {
            $(#[tokio::test] async fn $story() { super::$story($crate::databases::postgres().await).await; })+
        }
    };
}

/// A store of its own, and what must outlive it.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    _folder: Option<TempDir>,
}

pub(crate) async fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("realm.db").display());
    TestStore { store: migrated(url).await, _folder: Some(folder) }
}

pub(crate) async fn postgres() -> TestStore {
    let server = std::env::var("REALMKEEP_TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!("REALMKEEP_TEST_POSTGRES_URL is not set; run `cargo xtask test`, which starts the servers that tests need")
    });
    let name = format!("store_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.expect("PostgreSQL answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a fresh database");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    TestStore { store: migrated(format!("{base}/{name}")).await, _folder: None }
}

async fn migrated(url: String) -> Store {
    let store = Store::connect(&DatabaseSettings { url, max_connections: 4 }).await.expect("opens");
    let applied = migration::up(store.database()).await.expect("migrates");
    assert!(applied > 0);
    assert_eq!(migration::up(store.database()).await.expect("migrates again"), 0, "nothing is left to do");
    store
}

impl TestStore {
    pub(crate) async fn account(&self, name: &str) -> AccountId {
        let account = account(name);
        store::accounts::insert(&self.store, &account).await.expect("is added");
        account.id
    }

    pub(crate) async fn world(&self, name: &str) -> WorldId {
        let world = world(name);
        store::worlds::insert(&self.store, &world).await.expect("is added");
        world.id
    }

    pub(crate) async fn character(&self, account: AccountId, world: WorldId, name: &str) -> CharacterId {
        let character = character(account, world, name);
        store::characters::insert(&self.store, &character).await.expect("is added");
        character.id
    }
}

pub(crate) fn account(name: &str) -> Account {
    Account {
        id: AccountId::from_uuid(Uuid::now_v7()),
        email: format!("{}@example.org", name.to_lowercase()),
        display_name: name.to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        role: "player".to_owned(),
        created_at: store::now(),
        disabled_at: None,
        last_login_at: None,
        email_verified_at: None,
    }
}

pub(crate) fn world(name: &str) -> WorldRecord {
    WorldRecord {
        id: WorldId::from_uuid(Uuid::now_v7()),
        name: name.to_owned(),
        seed: u64::MAX - 1,
        recipe_id: "temperate".to_owned(),
        recipe_text: "layers: {}\n".to_owned(),
        recipe_version: 1,
        engine: 1,
        created_at: store::now(),
    }
}

pub(crate) fn character(account: AccountId, world: WorldId, name: &str) -> Character {
    Character {
        id: CharacterId::from_uuid(Uuid::now_v7()),
        account_id: account,
        world_id: world,
        name: name.to_owned(),
        race: "half_elf".to_owned(),
        position: Position { x: i64::MIN, y: -1, z: i64::MAX },
        created_at: store::now(),
        updated_at: store::now(),
        last_played_at: None,
    }
}

/// A moment so many seconds after `since`.
pub(crate) fn after(since: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    since + TimeDelta::seconds(seconds)
}
