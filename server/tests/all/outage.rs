//! Redis goes away for a while, and comes back.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

use crate::{
    player::Player,
    redis::Redis,
    test_server::{PATIENCE, TestServer},
};

/// Long enough that every connection has noticed, and that several attempts to connect again have failed.
const OUTAGE: Duration = Duration::from_secs(6);
const SIGNED_UP_MEANWHILE: usize = 3;

async fn swap(server: &TestServer, owner: &str, kind: &str, config: Value) {
    let nodes = server.get("/api/v1/infrastructure/nodes").bearer_auth(owner).send().await.expect("answers");
    let nodes: Value = nodes.json().await.expect("is JSON");
    let nodes = nodes["items"].as_array().expect("a list");
    let id = nodes.iter().find(|node| node["kind"] == kind).expect("runs")["id"].clone();
    let path = format!("/api/v1/infrastructure/nodes/{}/swap", id.as_str().expect("an id"));
    let order = json!({"driver": "redis", "config": config, "reason": "a test"});
    let reply = server.post(&path, &order).bearer_auth(owner).send().await.expect("answers");
    let status = reply.status();
    let reply = reply.text().await.unwrap_or_default();
    assert!(status == StatusCode::OK && reply.contains(r#""outcome":"done""#), "{kind}: {reply}");
}

async fn health(server: &TestServer) -> Value {
    let reply = server.client.get(server.ops_url("/health/ready")).send().await.expect("answers");
    reply.json().await.expect("is JSON")
}

async fn until(what: &str, mut reached: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !reached().await {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}

#[tokio::test]
async fn play_goes_on_without_redis_and_nothing_of_value_is_lost() {
    let mut redis = Redis::start().await;
    let server = TestServer::start().await;
    let owner = server.owner().await;
    for kind in ["event_bus", "cache", "rate_limiter"] {
        swap(&server, &owner, kind, json!({"servers": [redis.url()]})).await;
    }
    let mut player = Player::join(&server).await;
    until("all events so far are on their stream", async || {
        server.figure("realmkeep_event_relay_lag_seconds").await == 0.0
    })
    .await;
    let relayed = server.figure("realmkeep_events_relayed_total").await;

    redis.kill();
    let began = Instant::now();
    until("health says degraded", async || health(&server).await["degraded"] == true).await;
    for number in 0..SIGNED_UP_MEANWHILE {
        server.player(&format!("Meanwhile{number}")).await;
    }
    while began.elapsed() < OUTAGE {
        player.sees_a_frame().await;
    }
    let view = health(&server).await;
    assert_eq!((&view["ready"], &view["degraded"]), (&json!(true), &json!(true)), "{view}");
    assert!(server.figure("realmkeep_event_relay_lag_seconds").await > 0.0, "events wait in the database");

    redis.revive().await;
    until("all is well again", async || {
        let view = health(&server).await;
        view["ready"] == true && view["degraded"] == false
    })
    .await;
    let waited = u32::try_from(SIGNED_UP_MEANWHILE).expect("few");
    until("what waited is on its stream", async || {
        server.figure("realmkeep_events_relayed_total").await >= relayed + f64::from(waited)
            && server.figure("realmkeep_event_relay_lag_seconds").await == 0.0
    })
    .await;
    assert_eq!(server.figure("realmkeep_gateway_sockets").await, 1.0, "nobody had to come again");
    player.sees_a_frame().await;
    player.leave().await;
}
