//! `/api/v1/characters`

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::TestServer;

#[tokio::test]
async fn a_character_is_made_listed_and_read() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let body = json!({"name": "Mira of Wald", "race": "dwarf"});
    let made = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(made.status(), StatusCode::CREATED);
    let made: Value = made.json().await.expect("JSON");
    assert_eq!(made["race"], "dwarf");
    let list: Value = server
        .get("/api/v1/characters")
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    assert_eq!(list, json!({"items": [made], "next": null}));
    let path = format!("/api/v1/characters/{}", made["id"].as_str().expect("an id"));
    let read: Value =
        server.get(&path).bearer_auth(&token).send().await.expect("answers").json().await.expect("JSON");
    assert_eq!(read, made);

    let stranger = server.player("Brega").await;
    let hidden = server.get(&path).bearer_auth(&stranger).send().await.expect("answers");
    assert_eq!(hidden.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let body = json!({"name": "Mira", "race": "elf"});
    let first = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(first.status(), StatusCode::CREATED);
    let again = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(again.status(), StatusCode::CONFLICT);
}
