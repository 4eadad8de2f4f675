//! `/api/v1/audit`, and `server audit verify`

use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};

use crate::test_server::{TestServer, repository};

/// What the command line says about the log in a data folder.
fn verify(data: &std::path::Path) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["audit", "verify"])
        .env("REALMKEEP_DATA", data)
        .current_dir(repository())
        .output()
        .expect("runs");
    let told = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(told).expect("text"))
}

#[tokio::test]
async fn the_command_finds_the_first_entry_that_was_changed() {
    let server = TestServer::start().await;
    server.player("Mira").await;
    let (intact, told) = verify(server.data());
    assert!(intact && told.contains("as it was written"), "{told}");

    let url = format!("sqlite://{}", server.data().join("realmkeep.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.expect("opens");
    let change = "UPDATE audit_log SET subject = 'account of nobody' WHERE seq = 2";
    let refused = database.execute(sqlx::raw_sql(change)).await.expect_err("the database refuses");
    assert!(refused.to_string().contains("append-only"), "{refused}");
    database.execute(sqlx::raw_sql("DROP TRIGGER audit_log_refuses_update")).await.expect("drops");
    database.execute(sqlx::raw_sql(change)).await.expect("changes");
    let (intact, told) = verify(server.data());
    assert!(!intact && told.contains("entry 2 was changed"), "{told}");
    assert_eq!(told.trim().lines().count(), 1, "one line: {told}");

    let token = server.owner().await;
    let found = server.get("/api/v1/audit/verification").bearer_auth(&token).send().await.expect("answers");
    let found: Value = found.json().await.expect("JSON");
    assert_eq!((&found["intact"], &found["entries"]), (&json!(false), &json!(1)));
}

#[tokio::test]
async fn entries_are_filtered_paged_and_exported() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    server.player("Mira").await;
    let get = async |path: &str| server.get(path).bearer_auth(&token).send().await.expect("answers");
    let listed: Value = get("/api/v1/audit?action=account.create").await.json().await.expect("JSON");
    let items = listed["items"].as_array().expect("items");
    assert_eq!(items.len(), 2, "the owner and Mira: {listed}");
    assert!(items.iter().all(|entry| entry["action"] == "account.create"));
    assert_eq!(items[0]["address"], "127.0.0.1");
    assert_eq!(get("/api/v1/audit?actor=nobody").await.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let csv = get("/api/v1/audit/export.csv").await;
    assert!(csv.headers()["content-disposition"].to_str().expect("text").contains("audit.csv"));
    assert!(csv.text().await.expect("text").contains("account.create"));
    let json: Value = get("/api/v1/audit/export.json").await.json().await.expect("JSON");
    assert_eq!(json[0]["action"], "audit.export", "the export is noted itself");
}

#[tokio::test]
async fn what_staff_change_is_kept_with_its_reason_and_refused_without() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let silent = reqwest::Client::new().post(server.url("/api/v1/jobs/queue/pause")).bearer_auth(&token);
    let refused = silent.send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = refused.json().await.expect("JSON");
    assert_eq!(problem["errors"][0]["field"], "X-Reason");
    let told = reqwest::Client::new().post(server.url("/api/v1/jobs/queue/pause")).bearer_auth(&token);
    let told = told.header("X-Reason", "Umzug f%C3%BCr heute").send().await.expect("answers");
    assert_eq!(told.status(), StatusCode::OK);
    let noted = server.get("/api/v1/audit?action=jobs.pause").bearer_auth(&token).send().await;
    let noted: Value = noted.expect("answers").json().await.expect("JSON");
    assert_eq!(noted["items"][0]["reason"], "Umzug für heute");
}
