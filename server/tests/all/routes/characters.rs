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

#[tokio::test]
async fn staff_say_why_they_change_or_order_somebody_elses_character() {
    let server = TestServer::start().await;
    let (mira, owner) = (server.player("Mira").await, server.owner().await);
    let body = json!({"name": "Mira", "race": "elf"});
    let made = server.post("/api/v1/characters", &body).bearer_auth(&mira).send().await.expect("answers");
    let made: Value = made.json().await.expect("JSON");
    let id = made["id"].as_str().expect("an id");
    // The tests' own client gives a reason with whatever it asks.
    let silent = reqwest::Client::new();
    let ask = async |token: &str, path: &str, body: &Value| {
        let asked = silent.post(server.url(path)).json(body).bearer_auth(token);
        let answer = asked.send().await.expect("answers");
        (answer.status(), answer.json::<Value>().await.unwrap_or_default())
    };
    let deeds = [
        ("rests", json!({"kind": "long"})),
        ("choices", json!({})),
        ("inventory", json!({"do": "buy", "item": "srd:club"})),
        ("inventory", json!({"do": "grant", "item": "srd:club"})),
        ("levels", json!({"class": "srd:fighter"})),
        ("spells", json!({"class": "srd:wizard"})),
    ];
    let paths = deeds.map(|(deed, body)| (format!("/api/v1/characters/{id}/{deed}"), body));
    let walk = json!({"entity_id": id, "x": 0, "z": 0});
    let fight = json!({"entity_id": id, "target_id": id});
    let cast = json!({"entity_id": id, "spell": "srd:light"});
    let orders = [("movements", walk), ("attacks", fight), ("spells", cast)];
    let orders = orders.map(|(order, body)| (format!("/api/v1/ecs/{order}"), body));
    for (path, body) in paths.iter().chain(&orders) {
        let (status, problem) = ask(&owner, path, body).await;
        let field = problem["errors"][0]["field"].as_str();
        assert_eq!((status, field), (StatusCode::UNPROCESSABLE_ENTITY, Some("reason")), "{path}: {problem}");
    }
    let (status, problem) = ask(&mira, &paths[0].0, &paths[0].1).await;
    assert_eq!(status, StatusCode::OK, "one's own needs none: {problem}");

    let award = json!({"points": 300, "reason": "found the spring"});
    let (status, problem) = ask(&owner, &format!("/api/v1/characters/{id}/experience"), &award).await;
    assert_eq!(status, StatusCode::OK, "{problem}");
    let path = "/api/v1/audit?action=character.gain_experience";
    let noted = server.get(path).bearer_auth(&owner).send().await.expect("answers");
    let noted: Value = noted.json().await.expect("JSON");
    let entry = &noted["items"][0];
    assert_eq!(
        (&entry["reason"], &entry["before"], &entry["after"]),
        (&json!("found the spring"), &json!({"experience": 0}), &json!({"experience": 300}))
    );
}
