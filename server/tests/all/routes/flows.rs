//! `/api/v1/events` and `/api/v1/pipelines`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::test_server::{PATIENCE, Setup, TestServer};

#[tokio::test]
async fn a_login_becomes_an_event_on_its_stream() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let path = "/api/v1/events?kind=account.signed_in";
    let relayed = async {
        while server.read(&token, path).await["items"][0]["relayed_at"].is_null() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, relayed).await.expect("is relayed");
    let event = server.read(&token, path).await["items"][0].clone();
    assert_eq!(
        (event["specversion"].as_str(), event["type"].as_str()),
        (Some("1.0"), Some("account.signed_in"))
    );
    assert_eq!(event["subject"], json!(format!("account/{}", event["actor"].as_str().expect("an actor"))));
    let request = event["correlation"].as_str().expect("a request");
    let of_request = server.read(&token, &format!("/api/v1/events?correlation={request}")).await;
    assert_eq!(of_request["items"].as_array().map(Vec::len), Some(1));
    let player = server.player("Mira").await;
    let refused = server.get("/api/v1/events").bearer_auth(&player).send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_shipped_pipelines_run_and_are_paused() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let listed = server.read(&token, "/api/v1/pipelines").await;
    let items = listed["items"].as_array().expect("a list");
    assert_eq!(items.len(), 3);
    let id = items[0]["id"].as_str().expect("an id");
    assert_eq!(items[0]["parts"][0]["role"], "source");
    let rows = server.read(&token, &format!("/api/v1/pipelines/{id}/rows")).await;
    assert_eq!(rows["rows"], json!([]));
    let tail = server.read(&token, &format!("/api/v1/pipelines/{id}/tail")).await;
    assert_eq!((&tail["id"], &tail["events"]), (&json!(id), &json!([])));
    let post = async |what: &str| {
        server
            .post(&format!("/api/v1/pipelines/{id}/{what}"), &json!({}))
            .bearer_auth(&token)
            .send()
            .await
            .expect("answers")
    };
    assert_eq!(post("pause").await.status(), StatusCode::OK);
    assert_eq!(post("pause").await.status(), StatusCode::CONFLICT);
    assert_eq!(post("resume").await.status(), StatusCode::OK);
    assert_eq!(post("dead-letters/retry").await.status(), StatusCode::ACCEPTED);
    let nobody = server.read(&token, &format!("/api/v1/pipelines/{id}/dead-letters")).await;
    assert_eq!(nobody["items"], json!([]));
}

#[tokio::test]
async fn a_pipeline_feeds_a_metric_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipeline = json!({
        "id": "0198a0c0-0000-7000-8000-00000000000b",
        "name": "Sign-ins",
        "source": { "topic": "account.signed_in" },
        "steps": [],
        "sinks": [{ "metric": {
            "name": "sign_ins_total", "kind": "counter", "help": "Sign-ins.", "value": "1",
            "labels": { "source": "\"test\"" },
        } }],
    });
    std::fs::write(folder.path().join("sign-ins.json"), pipeline.to_string()).expect("is written");
    let server =
        Setup::new().with("REALMKEEP_PIPELINES__FOLDER", &folder.path().display().to_string()).start().await;
    for _ in 0..3 {
        server.owner().await;
    }
    let line = "realmkeep_etl_sign_ins_total{source=\"test\"} 3";
    let counted = async {
        while !server.metrics().await.lines().any(|told| told == line) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let counted = tokio::time::timeout(PATIENCE, counted).await;
    assert!(counted.is_ok(), "no {line} in\n{}", server.metrics().await);
}
