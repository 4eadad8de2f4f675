//! `/api/v1/jobs`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{PATIENCE, TestServer};

#[tokio::test]
async fn a_job_runs_tells_its_progress_and_is_cancelled() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let worlds: Value = server
        .get("/api/v1/worlds")
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    let body = json!({"kind": "pregenerate_region", "world_id": worlds["items"][0]["id"], "region": {"x": 7, "z": -3}});
    let started = server.post("/api/v1/jobs", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    let job: Value = started.json().await.expect("JSON");
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().expect("an id"));
    let read = async || -> Value {
        server.get(&path).bearer_auth(&token).send().await.expect("answers").json().await.expect("JSON")
    };
    let progressed = async {
        while read().await["progress_done"].as_u64() == Some(0) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, progressed).await.expect("makes progress");
    let cancelled =
        server.client.post(server.url(&format!("{path}/cancel"))).bearer_auth(&token).send().await;
    assert!(cancelled.expect("answers").status().is_success());
    let ended = async {
        while read().await["state"] != "cancelled" {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.expect("ends");
    let again = server.client.post(server.url(&format!("{path}/cancel"))).bearer_auth(&token).send().await;
    assert_eq!(again.expect("answers").status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_job_beyond_the_world_is_refused() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let world = uuid::Uuid::now_v7();
    let body =
        json!({"kind": "pregenerate_region", "world_id": world, "region": {"x": 2_000_000_000, "z": 0}});
    let refused = server.post("/api/v1/jobs", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let body = json!({"kind": "brew_coffee"});
    let refused = server.post("/api/v1/jobs", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
