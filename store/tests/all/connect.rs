//! What can go wrong with a database before anything is asked of it.

use std::{fs, time::Duration};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::{DatabaseSettings, Store, StoreError, accounts};

use crate::databases::{self, TestStore, account};

/// More than enough for what happens within seconds, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

on_both_databases! { a_database_that_answers_says_so }

async fn a_database_that_answers_says_so(test: TestStore) {
    test.store.probe().await.expect("answers");
    assert!(!test.store.place().contains('@'), "no credentials: {}", test.store.place());
}

#[tokio::test]
async fn a_full_disk_refuses_what_is_written_and_once_there_is_room_all_goes_on() {
    let test = databases::sqlite().await;
    let file = test.store.place().to_owned();
    let open = |max_connections| async move {
        let url = format!("sqlite://{file}");
        Store::connect(&DatabaseSettings { url, max_connections }).await.expect("opens")
    };
    // One connection, so that the limit, which belongs to a connection, holds for all that this store does.
    let cramped = open(1).await;
    let pages = "PRAGMA page_count";
    let row = cramped.database().query_one_raw(Statement::from_string(DbBackend::Sqlite, pages)).await;
    let pages: i64 = row.expect("counts").expect("has a row").try_get_by_index(0).expect("is a number");
    let limit = format!("PRAGMA max_page_count = {pages}");
    cramped.database().execute_unprepared(&limit).await.expect("limits");

    let mut refused = None;
    for at in 0..2_000 {
        let transaction = cramped.begin().await.expect("begins");
        if let Err(error) = accounts::insert(&transaction, &account(&format!("Settler{at}"))).await {
            refused = Some(error);
            break;
        }
        transaction.commit().await.expect("commits while there is room");
    }
    assert!(matches!(refused, Some(StoreError::DiskFull)), "{refused:?}");

    // There is room again. What is undone gives the write lock back, what is kept is seen by all, and nobody is kept out.
    cramped.database().execute_unprepared("PRAGMA max_page_count = 1000000").await.expect("gives room");
    let undone = cramped.begin().await.expect("begins");
    accounts::insert(&undone, &account("Nobody")).await.expect("is added");
    drop(undone);
    let kept = cramped.begin().await.expect("begins");
    accounts::insert(&kept, &account("Tarn")).await.expect("is added");
    kept.commit().await.expect("commits");
    for name in ["Mira", "Brega", "Odo"] {
        test.account(name).await;
    }
    for (email, is_there) in [("tarn@example.org", true), ("nobody@example.org", false)] {
        let found = accounts::find_by_email(&test.store, email).await.expect("reads");
        assert_eq!(found.is_some(), is_there, "{email}");
    }
    cramped.close().await.expect("closes");
}

#[tokio::test]
async fn a_lock_that_nobody_gives_back_makes_the_database_ill_and_one_that_is_given_back_does_not() {
    let test = databases::sqlite().await;
    let url = format!("sqlite://{}", test.store.place());
    let other = Store::connect(&DatabaseSettings { url, max_connections: 1 }).await.expect("opens");
    let holder = other.begin().await.expect("begins");
    test.store.probe().await.expect("to wait for one's turn is no illness");
    let is_ill = async {
        loop {
            match test.store.probe().await {
                Ok(()) => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(error) => return error,
            }
        }
    };
    let error = tokio::time::timeout(PATIENCE, is_ill).await.expect("is noticed");
    assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
    drop(holder);
    let is_well = async {
        while test.store.probe().await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, is_well).await.expect("is well again");
    other.close().await.expect("closes");
}

#[tokio::test]
async fn a_server_that_only_lets_read_is_ill() {
    let test = databases::postgres().await;
    let name = test.store.place().rsplit_once('/').expect("names a database").1.to_owned();
    let order = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    test.store.database().execute_unprepared(&order).await.expect("orders");
    let server = std::env::var("REALMKEEP_TEST_POSTGRES_URL").expect("`cargo xtask test` starts it");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    let settings = DatabaseSettings { url: format!("{base}/{name}"), max_connections: 1 };
    let reader = Store::connect(&settings).await.expect("opens");
    let error = reader.probe().await.expect_err("nothing can be written");
    assert!(error.to_string().contains("read-only"), "{error}");
    reader.close().await.expect("closes");
}

async fn refusal(url: String) -> StoreError {
    match Store::connect(&DatabaseSettings { url, max_connections: 2 }).await {
        Ok(_) => panic!("it should not open"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("realm.db");
    let rubbish = b"this is not a database, but it is long enough to look like one. ".repeat(100);
    fs::write(&file, &rubbish).expect("writes");
    let error = refusal(format!("sqlite://{}?mode=rwc", file.display())).await;
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("realm.db"), "{error}");
    assert_eq!(fs::read(&file).expect("is there"), rubbish);
}

#[tokio::test]
async fn a_database_with_a_damaged_page_is_named_and_left_alone() {
    let test = databases::sqlite().await;
    for name in ["Mira", "Brega", "Odo"] {
        test.account(name).await;
    }
    let file = test.store.place().to_owned();
    test.store.close().await.expect("closes");
    let mut bytes = fs::read(&file).expect("reads");
    let damaged = 4_096..bytes.len().min(4_096 * 6);
    bytes[damaged].fill(0xA5);
    fs::write(&file, &bytes).expect("writes");
    let error = refusal(format!("sqlite://{file}?mode=rwc")).await;
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("realm.db"), "{error}");
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let error = refusal("sqlite:///proc/realm.db?mode=rwc".to_owned()).await;
    assert!(error.to_string().contains("/proc/realm.db"), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    let error = refusal("postgres://keeper:hunter2@127.0.0.1:1/realm".to_owned()).await;
    let text = error.to_string();
    assert!(text.contains("127.0.0.1:1/realm") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let error = refusal("mysql://keeper:hunter2@somewhere/realm".to_owned()).await;
    let text = error.to_string();
    assert!(text.contains("sqlite:") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_file_that_was_deleted_under_the_store_is_noticed() {
    let test = databases::sqlite().await;
    fs::remove_file(test.store.place()).expect("removes");
    let probed = tokio::time::timeout(Duration::from_secs(10), test.store.probe()).await.expect("answers");
    probed.expect_err("everything that is written now would be lost");
}

#[tokio::test]
async fn a_closed_store_leaves_no_write_ahead_log() {
    let test = databases::sqlite().await;
    test.account("Mira").await;
    let log = format!("{}-wal", test.store.place());
    assert!(fs::exists(&log).expect("looks"), "the story is about this file");
    test.store.close().await.expect("closes");
    assert!(!fs::exists(&log).expect("looks"));
}
