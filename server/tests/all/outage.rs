//! Redis goes away for a while, and comes back.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::{
    player::Player,
    redis::Redis,
    test_server::{PATIENCE, TestServer},
};

/// Says how many seconds Redis is away. By default as long as every connection needs to notice, and several attempts to
/// connect again to fail.
const OUTAGE_SECONDS: &str = "OUTAGE_SECONDS";
const OUTAGE_SECONDS_DEFAULT: u64 = 6;
/// Attempts to connect in each second of the outage, by all parts of the server together: each has a pace of its own, whatever
/// it is asked for meanwhile.
const ATTEMPTS_PER_SECOND_MAX: u64 = 40;
/// Connections when it is back: those that it had, and some that were given up half open.
const CONNECTIONS_MAX: u64 = 100;
const SIGNED_UP_MEANWHILE: usize = 3;

fn outage() -> Duration {
    let told = std::env::var(OUTAGE_SECONDS).ok();
    let seconds = told.map(|text| text.parse().expect("OUTAGE_SECONDS is a number of seconds"));
    Duration::from_secs(seconds.unwrap_or(OUTAGE_SECONDS_DEFAULT))
}

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
#[expect(clippy::print_stdout, reason = "the figures are for those who ask how often it knocks")]
async fn play_goes_on_without_redis_and_nothing_of_value_is_lost() {
    let (outage, mut redis) = (outage(), Redis::start().await);
    let server = TestServer::start().await;
    let owner = server.owner().await;
    for kind in ["event_bus", "cache", "rate_limiter"] {
        swap(&server, &owner, kind, json!({"servers": [redis.url()]})).await;
    }
    let mut player = Player::join(&server).await;
    let relayed_all = async || server.figure("realmkeep_event_relay_lag_seconds").await == 0.0;
    player.plays_while(until("all events so far are on their stream", relayed_all)).await;
    let relayed = server.figure("realmkeep_events_relayed_total").await;

    redis.kill();
    let knocks = redis.count_knocks().await;
    let began = Instant::now();
    let is_degraded = async || health(&server).await["degraded"] == true;
    player.plays_while(until("health says degraded", is_degraded)).await;
    for number in 0..SIGNED_UP_MEANWHILE {
        player.plays_while(server.player(&format!("Meanwhile{number}"))).await;
    }
    player.plays_while(sleep_until(began + outage)).await;
    let view = health(&server).await;
    assert_eq!((&view["ready"], &view["degraded"]), (&json!(true), &json!(true)), "{view}");
    assert!(server.figure("realmkeep_event_relay_lag_seconds").await > 0.0, "events wait in the database");

    let (seconds, knocks) = (began.elapsed().as_secs() + 1, knocks.end().await);
    assert!(knocks <= seconds * ATTEMPTS_PER_SECOND_MAX, "{knocks} attempts to connect in {seconds} s");
    redis.revive().await;
    let is_well = async || {
        let view = health(&server).await;
        view["ready"] == true && view["degraded"] == false
    };
    player.plays_while(until("all is well again", is_well)).await;
    let waited = u32::try_from(SIGNED_UP_MEANWHILE).expect("few");
    let caught_up = async || {
        server.figure("realmkeep_events_relayed_total").await >= relayed + f64::from(waited)
            && server.figure("realmkeep_event_relay_lag_seconds").await == 0.0
    };
    player.plays_while(until("what waited is on its stream", caught_up)).await;
    let connections = redis.connections().await;
    assert!(connections <= CONNECTIONS_MAX, "{connections} connections when Redis was back");
    println!(
        "{knocks} attempts to connect in {seconds} s without Redis, {connections} connections when it was back"
    );
    assert_eq!(server.figure("realmkeep_gateway_sockets").await, 1.0, "nobody had to come again");
    player.sees_a_frame().await;
    player.leave().await;
}
