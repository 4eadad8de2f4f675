//! The same server over PostgreSQL and Redis, as `deploy/compose.yaml` runs it.

use crate::{
    player::Player,
    postgres,
    test_server::{OWNER_EMAIL, Setup},
};

/// Names the Redis that `cargo xtask test` starts.
const REDIS: &str = "REALMKEEP_TEST_REDIS_URL";

#[tokio::test]
async fn a_player_plays_over_postgresql_and_redis_and_a_second_start_keeps_everything() {
    let database = postgres::fresh_database().await;
    let bus = std::env::var(REDIS).expect("REALMKEEP_TEST_REDIS_URL is set: run `cargo xtask test`");
    let networked =
        |setup: Setup| setup.with("REALMKEEP_DATABASE__URL", &database).with("REALMKEEP_BUS__URL", &bus);
    let server = networked(Setup::new()).start().await;
    Player::join(&server).await.leave().await;
    let (status, setup) = server.stop().await;
    assert!(status.success(), "{status}");
    assert!(!setup.data().join("realmkeep.db").exists(), "records belong into PostgreSQL");

    let again = networked(setup).start().await;
    let me = again.get("/api/v1/auth/me").bearer_auth(again.owner().await).send().await.expect("answers");
    assert_eq!(me.json::<serde_json::Value>().await.expect("JSON")["email"], OWNER_EMAIL);
}

#[tokio::test]
async fn a_redis_that_does_not_answer_is_named() {
    let closed =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound");
    let url = format!("redis://:hunter2@{closed}");
    let ending = Setup::new().with("REALMKEEP_BUS__URL", &url).run_to_end().await;
    assert!(ending.refusal().contains(&closed.to_string()), "{}", ending.refusal());
    assert!(!ending.refusal().contains("hunter2"), "{}", ending.refusal());
}
