//! `/metrics`, `/health/live`, `/health/ready`

use std::{io::Write as _, process::Stdio};

use reqwest::StatusCode;
use serde_json::Value;

use crate::{
    deploy::promtool,
    player::Player,
    postgres::{self, Wire},
    test_server::{Setup, TestServer},
};

#[tokio::test]
async fn operations_stay_off_the_public_address() {
    let server = TestServer::start().await;
    for path in ["/metrics", "/health/live", "/health/ready"] {
        let public = server.get(path).send().await.expect("answers").status();
        assert_eq!(public, StatusCode::NOT_FOUND, "{path}");
        let ops = server.client.get(server.ops_url(path)).send().await.expect("answers").status();
        assert_eq!(ops, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn promtool_finds_nothing_to_improve_in_the_metrics() {
    let server = TestServer::start().await;
    let player = Player::join(&server).await;
    let metrics = server.metrics().await;
    player.leave().await;
    let mut check = promtool(&["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool runs (Debian: prometheus)");
    check.stdin.take().expect("piped").write_all(metrics.as_bytes()).expect("reads");
    let output = check.wait_with_output().expect("ends");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{said}");
}

#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_path() {
    let server = TestServer::start().await;
    for path in
        ["/api/v1/worlds/0192f0c1-2345-7abc-8def-0123456789ab", "/no/such/page/at/all", "/api/v1/nowhere"]
    {
        let _ = server.get(path).send().await.expect("answers");
    }
    let metrics = server.metrics().await;
    assert!(metrics.contains(r#"route="/api/v1/worlds/{id}""#), "{metrics}");
    assert!(
        !metrics.contains("0192f0c1") && !metrics.contains("nowhere") && !metrics.contains("no/such"),
        "{metrics}"
    );
}

/// Whether the server says that its database is ill, and since when.
async fn database(server: &TestServer) -> Value {
    let body: Value = server
        .client
        .get(server.ops_url("/health/ready"))
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    let parts = body["parts"].as_array().expect("parts").clone();
    parts.into_iter().find(|part| part["part"] == "database").expect("a database")
}

#[tokio::test]
async fn a_sqlite_file_that_is_gone_makes_the_server_not_ready() {
    let server = TestServer::start().await;
    assert_eq!(database(&server).await["condition"], "well");
    std::fs::rename(server.data().join("realmkeep.db"), server.data().join("elsewhere.db")).expect("moves");
    server.becomes(StatusCode::SERVICE_UNAVAILABLE).await;
    let ill = database(&server).await;
    assert_eq!(ill["condition"], "ill");
    assert!(ill["last_error"].as_str().is_some_and(|error| error.contains("realmkeep.db")), "{ill}");
    let live = server.client.get(server.ops_url("/health/live")).send().await.expect("answers").status();
    assert_eq!(live, StatusCode::OK, "a restart would not bring the file back");
    std::fs::rename(server.data().join("elsewhere.db"), server.data().join("realmkeep.db")).expect("moves");
    server.becomes(StatusCode::OK).await;
    assert!(database(&server).await["last_error"].is_string(), "what happened is kept");
}

#[tokio::test]
async fn a_postgresql_that_stops_answering_makes_the_server_not_ready() {
    let url = postgres::fresh_database().await;
    let wire = Wire::to(&url).await;
    let server = Setup::new().with("REALMKEEP_DATABASE__URL", &wire.url(&url)).start().await;
    let token = server.owner().await;
    wire.cut();
    server.becomes(StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(database(&server).await["condition"], "ill");
    let reply = server.get("/api/v1/characters").bearer_auth(&token).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(server.metrics().await.contains(r#"realmkeep_part_well{part="database"} 0"#));
    wire.mend();
    server.becomes(StatusCode::OK).await;
    let reply = server.get("/api/v1/characters").bearer_auth(&token).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::OK);
}
