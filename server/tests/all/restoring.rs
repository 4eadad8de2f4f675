//! `server restore`: a copy of the database comes back, and nothing is ever overwritten.

use std::fs;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep, timeout};

use crate::{
    postgres::fresh_database,
    test_server::{PATIENCE, PLAYER_PASSWORD, Setup, TestServer},
};

#[tokio::test]
async fn a_copy_of_sqlite_comes_back_where_there_is_no_database() {
    let refused = "there is a database already";
    comes_back(
        |setup| setup,
        refused,
        |setup| {
            fs::rename(setup.data().join("realmkeep.db"), setup.data().join("lost.db"))
                .expect("is moved away");
            setup
        },
    )
    .await;
}

#[tokio::test]
async fn a_copy_of_postgres_comes_back_into_an_empty_database() {
    let (before, after) = (fresh_database().await, fresh_database().await);
    let at = |url: String| move |setup: Setup| setup.with("REALMKEEP_DATABASE__URL", &url);
    comes_back(at(before), "is not empty", at(after)).await;
}

/// Makes a copy at one place, loses what came later, and brings the copy back at another.
async fn comes_back(place: impl Fn(Setup) -> Setup, refused: &str, elsewhere: impl Fn(Setup) -> Setup) {
    let server = place(Setup::new()).start().await;
    server.player("Mira").await;
    back_up(&server).await;
    server.player("Tarn").await;

    let (_, setup) = server.stop().await;
    let onto_itself = place(setup).argument("restore");
    let ending = onto_itself.run_to_end().await;
    assert!(ending.refusal().contains(refused), "{}", ending.refusal());

    let restore = elsewhere(onto_itself);
    let ending = restore.run_to_end().await;
    assert!(ending.status.success(), "{}{}", ending.stdout, ending.stderr);
    assert!(ending.stdout.contains("The database is as it was at"), "{}", ending.stdout);
    let again = restore.without_arguments().start().await;
    let sign_in = async |name: &str| {
        let body = json!({"email": format!("{name}@example.org"), "password": PLAYER_PASSWORD});
        again.post("/api/v1/auth/login", &body).send().await.expect("answers").status()
    };
    assert_eq!(sign_in("mira").await, StatusCode::OK, "who was in the copy is back");
    assert_eq!(sign_in("tarn").await, StatusCode::UNAUTHORIZED, "who came after it is not");
    again.player("Tarn").await;
}

async fn back_up(server: &TestServer) {
    let owner = server.owner().await;
    let order = json!({"kind": "back_up", "keep": 3});
    let job = server.post("/api/v1/jobs", &order).bearer_auth(&owner).send().await.expect("answers");
    let job: Value = job.error_for_status().expect("is queued").json().await.expect("is JSON");
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().expect("an id"));
    let done = async {
        loop {
            let job = server.get(&path).bearer_auth(&owner).send().await.expect("answers");
            let job: Value = job.json().await.expect("is JSON");
            match job["state"].as_str() {
                Some("succeeded") => return,
                Some("failed") => panic!("{job}"),
                _ => sleep(Duration::from_millis(100)).await,
            }
        }
    };
    timeout(PATIENCE, done).await.expect("is copied");
}
