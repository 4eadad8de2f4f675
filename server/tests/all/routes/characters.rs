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

#[tokio::test]
async fn a_refused_choice_is_a_problem_that_names_the_field_and_what_is_allowed() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let scores = json!({"strength": 15, "dexterity": 14, "constitution": 13, "intelligence": 12, "wisdom": 10, "charisma": 8});
    let body = json!({"name": "Mira", "race": "elf", "choices": {
        "background": "srd:acolyte", "class": "srd:wizard", "scores": {"standard_array": scores},
        "goods": "gold"
    }});
    let refused = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = refused.json().await.expect("JSON");
    assert_eq!(problem["errors"][0]["field"], "choices.subrace");
    let message = problem["errors"][0]["message"].as_str().expect("text");
    assert!(message.contains("allowed: srd:high-elf"), "{message}");

    let mut body = body;
    body["choices"]["subrace"] = json!("srd:high-elf");
    let made = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(made.status(), StatusCode::CREATED);
    let made: Value = made.json().await.expect("JSON");
    let path = format!("/api/v1/characters/{}", made["id"].as_str().expect("an id"));
    let sheet: Value = server
        .get(&format!("{path}/sheet"))
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    assert_eq!(sheet["character"], made);
    assert_eq!(sheet["sheet"]["abilities"][1]["score"]["total"], 16, "an elf is nimble");
    assert!(sheet["sheet"]["money_cp"].as_u64().expect("a number") >= 4_000, "thrown gold: 4d4 times ten");
    let rested = server
        .post(&format!("{path}/rests"), &json!({"kind": "long"}))
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers");
    assert_eq!(rested.status(), StatusCode::OK);
    let early = server
        .post(&format!("{path}/levels"), &json!({"class": "srd:wizard"}))
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers");
    assert_eq!(early.status(), StatusCode::CONFLICT);
    let award = json!({"points": 300, "reason": "a walk"});
    let own =
        server.post(&format!("{path}/experience"), &award).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(own.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_a_builder_needs_comes_once() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let first = server.get("/api/v1/rules/newcomers").bearer_auth(&token).send().await.expect("answers");
    assert_eq!(first.status(), StatusCode::OK);
    let tag = first.headers()["etag"].clone();
    let again = server.get("/api/v1/rules/newcomers").bearer_auth(&token).header("if-none-match", tag);
    assert_eq!(again.send().await.expect("answers").status(), StatusCode::NOT_MODIFIED);
}
