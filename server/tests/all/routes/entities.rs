//! `/api/v1/ecs` for staff who look closely and change things, and what `/ws/observe` shows of a fight.

use std::time::Duration;

use futures::SinkExt as _;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::{
    ecs::{post, spawn, spawn_for},
    observe::{next, open},
};
use crate::test_server::{PATIENCE, TestServer};

async fn get(server: &TestServer, token: &str, path: &str) -> (StatusCode, Value) {
    let answer = server.get(path).bearer_auth(token).send().await.expect("answers");
    (answer.status(), answer.json().await.unwrap_or_default())
}

fn id(made: &Value) -> &str {
    made["id"].as_str().expect("an id")
}

/// A wolf and, some metres away, an ogre of the other side, who do nothing by themselves.
async fn wolf_and_ogre(server: &TestServer, token: &str) -> (Value, Value) {
    let wolf = spawn(server, token, "srd:wolf", 0).await;
    (wolf, spawn_for(server, token, "srd:ogre", 3, "players").await)
}

/// Waits until the log has something that is as asked.
async fn log_has(server: &TestServer, token: &str, query: &str) -> Value {
    let path = format!("/api/v1/ecs/log?{query}");
    let told = async {
        loop {
            let (status, list) = get(server, token, &path).await;
            assert_eq!(status, StatusCode::OK, "{list}");
            if list["items"].as_array().is_some_and(|items| !items.is_empty()) {
                return list;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, told).await.expect("is told")
}

#[tokio::test]
async fn a_fight_is_inspected_and_its_log_tells_each_roll() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let (wolf, ogre) = wolf_and_ogre(&server, &token).await;
    let path = format!("/api/v1/ecs/entities/{}", id(&wolf));
    let (status, before) = get(&server, &token, &path).await;
    assert_eq!(status, StatusCode::OK, "{before}");
    assert_eq!(before["fighter"]["armor_class"], 13);
    assert_eq!(before["fighter"]["monster"]["name"], "Wolf");
    assert_eq!(before["entity"]["fighter"]["faction"], 3);

    let attack = json!({"entity_id": wolf["id"], "target_id": ogre["id"], "approach": true});
    let (status, problem) = post(&server, &token, "/api/v1/ecs/attacks", &attack).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{problem}");
    let attacks = log_has(&server, &token, &format!("kind=attack&entity={}", id(&ogre))).await;
    let entry = &attacks["items"][0];
    assert_eq!((&entry["who"]["name"], &entry["other"]["name"]), (&json!("Wolf"), &json!("Ogre")));
    let roll = &entry["roll"];
    let figure = |name: &str| roll[name].as_i64().expect("a figure");
    assert_eq!(figure("die") + figure("bonus"), figure("total"));
    assert_eq!(figure("against"), 11, "an ogre's armour class: {roll}");

    let (_, during) = get(&server, &token, &path).await;
    assert!(during["fighter"]["initiative"].is_i64(), "{during}");
    assert_eq!(during["entity"]["fighter"]["target_id"], ogre["id"]);

    let (_, first) = get(&server, &token, "/api/v1/ecs/log?limit=1").await;
    let cursor = first["next"].as_str().expect("there is more");
    let (_, second) = get(&server, &token, &format!("/api/v1/ecs/log?limit=1&cursor={cursor}")).await;
    assert!(id(&second["items"][0]) < id(&first["items"][0]), "older, and not the same");
    let (_, nobody) = get(&server, &token, "/api/v1/ecs/log?name=Beholder").await;
    assert_eq!(nobody["items"], json!([]));
    let (status, _) = get(&server, &token, "/api/v1/ecs/log?limit=1000").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn staff_change_an_entity_and_the_audit_keeps_what_and_why() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let wolf = spawn(&server, &token, "srd:wolf", 0).await;
    let path = format!("/api/v1/ecs/entities/{}/alterations", id(&wolf));
    let harm = json!({"do": "harm", "hit_points": 4});
    let silent = reqwest::Client::new().post(server.url(&path)).bearer_auth(&token).json(&harm);
    assert_eq!(silent.send().await.expect("answers").status(), StatusCode::UNPROCESSABLE_ENTITY, "no reason");

    let told = reqwest::Client::new().post(server.url(&path)).bearer_auth(&token).json(&harm);
    let told = told.header("X-Reason", "it was stuck in a wall").send().await.expect("answers");
    assert_eq!(told.status(), StatusCode::OK);
    let reply: Value = told.json().await.expect("JSON");
    let points = |at: &str| reply[at]["hit_points"].as_i64().expect("a figure");
    assert_eq!(points("before") - points("after"), 4);

    let prone = json!({"do": "add_condition", "condition": "srd:prone"});
    let (status, reply) = post(&server, &token, &path, &prone).await;
    assert_eq!((status, &reply["after"]["conditions"]), (StatusCode::OK, &json!(["srd:prone"])));
    let (status, problem) =
        post(&server, &token, &path, &json!({"do": "lift_condition", "condition": "srd:blinded"})).await;
    assert_eq!(status, StatusCode::CONFLICT, "it is not blind: {problem}");
    let (status, problem) =
        post(&server, &token, &path, &json!({"do": "add_condition", "condition": "srd:bored"})).await;
    assert_eq!(
        (status, problem["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("condition"))
    );

    let noted = get(&server, &token, "/api/v1/audit?action=entity.alter").await.1;
    let entries = noted["items"].as_array().expect("entries");
    assert_eq!(entries.len(), 2, "what was refused has changed nothing: {noted}");
    let first = &entries[1];
    assert_eq!(first["reason"], "it was stuck in a wall");
    assert_eq!(first["details"]["do"], "harm");
    assert_eq!(first["subject"], format!("entity {}", id(&wolf)));
    let before = first["before"]["hit_points"].as_i64().expect("a figure");
    assert_eq!(first["after"]["hit_points"].as_i64(), Some(before - 4));
}

#[tokio::test]
async fn players_neither_inspect_nor_change() {
    let server = TestServer::start().await;
    let (owner, mira) = (server.owner().await, server.player("Mira").await);
    let wolf = spawn(&server, &owner, "srd:wolf", 0).await;
    let path = format!("/api/v1/ecs/entities/{}", id(&wolf));
    assert_eq!(get(&server, &mira, &path).await.0, StatusCode::FORBIDDEN);
    assert_eq!(get(&server, &mira, "/api/v1/ecs/log").await.0, StatusCode::FORBIDDEN);
    let harm = json!({"do": "harm", "hit_points": 4});
    let (status, _) = post(&server, &mira, &format!("{path}/alterations"), &harm).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_watches_sees_hit_points_targets_and_blows() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let (wolf, ogre) = wolf_and_ogre(&server, &token).await;
    let mut socket = open(&server).await.expect("opens");
    let watch = json!({"type": "watch_entities", "watch": true}).to_string();
    socket.send(Message::text(watch)).await.expect("is sent");
    let first = next(&mut socket, "entities").await;
    assert_eq!(first["flashes"], json!([]), "what was before is not shown");
    assert_eq!(first["areas"], json!([]));
    let attack = json!({"entity_id": wolf["id"], "target_id": ogre["id"], "approach": true});
    assert_eq!(post(&server, &token, "/api/v1/ecs/attacks", &attack).await.0, StatusCode::ACCEPTED);
    let seen = async {
        loop {
            let message = next(&mut socket, "entities").await;
            let flashes = message["flashes"].as_array().cloned().unwrap_or_default();
            let struck = flashes
                .iter()
                .find(|flash| flash["entity_id"] == wolf["id"] && flash["other_id"] == ogre["id"]);
            if let Some(blow) = struck {
                return (message.clone(), blow.clone());
            }
        }
    };
    let (message, blow) = timeout(PATIENCE, seen).await.expect("a blow is seen");
    assert!(matches!(blow["kind"].as_str(), Some("hit" | "missed" | "critical")), "{blow}");
    let entities = message["entities"].as_array().expect("entities");
    let seen = entities.iter().find(|entity| entity["id"] == wolf["id"]).expect("the wolf is there");
    assert_eq!(seen["fighter"]["target_id"], ogre["id"]);
    assert_eq!(seen["fighter"]["vitality"], "alive");
    assert!(seen["fighter"]["hit_points"].as_i64() <= seen["fighter"]["hit_points_max"].as_i64());
}
