//! `/api/v1/ecs`

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::test_server::{PATIENCE, TestServer};

/// The middle of the first region, in 1/256 m.
const MIDDLE: i64 = 2_048 * 256;

pub(crate) async fn post(server: &TestServer, token: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let answer = server.post(path, body).bearer_auth(token).send().await.expect("answers");
    let status = answer.status();
    (status, answer.json().await.unwrap_or_default())
}

/// Sets a monster out; the ground there may still be on its way.
pub(crate) async fn spawn(server: &TestServer, token: &str, monster: &str, east: i64) -> Value {
    spawn_for(server, token, monster, east, "monsters").await
}

/// The same, on a side.
pub(crate) async fn spawn_for(
    server: &TestServer,
    token: &str,
    monster: &str,
    east: i64,
    side: &str,
) -> Value {
    let x = MIDDLE + east * 256;
    let body = json!({"monster": monster, "x": x, "z": MIDDLE, "thinks": false, "side": side});
    let stands = async {
        loop {
            match post(server, token, "/api/v1/ecs/entities", &body).await {
                (StatusCode::CREATED, made) => return made,
                (StatusCode::CONFLICT, _) => sleep(Duration::from_millis(200)).await,
                other => panic!("{other:?}"),
            }
        }
    };
    timeout(PATIENCE, stands).await.expect("finds ground")
}

#[tokio::test]
async fn staff_set_a_monster_out_order_it_about_and_take_it_away() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let wolf = spawn(&server, &token, "srd:wolf", 0).await;
    let far = spawn(&server, &token, "srd:goblin", 100).await;
    // The list is what the region showed last: a frame's time behind.
    let listed = async {
        loop {
            let list = server.get("/api/v1/ecs/entities").bearer_auth(&token).send().await.expect("answers");
            let list: Value = list.json().await.expect("JSON");
            if list["items"].as_array().expect("a list").iter().any(|entity| entity["id"] == wolf["id"]) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, listed).await.expect("the wolf is listed");

    let attack = json!({"entity_id": wolf["id"], "target_id": far["id"]});
    let (status, problem) = post(&server, &token, "/api/v1/ecs/attacks", &attack).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let why = problem["detail"].as_str().expect("a reason");
    assert!(why.contains("ft"), "the reason tells figures: {why}");
    let spell =
        json!({"entity_id": wolf["id"], "spell": "srd:fireball", "slot": 3, "target_ids": [far["id"]]});
    let (status, problem) = post(&server, &token, "/api/v1/ecs/spells", &spell).await;
    assert_eq!(status, StatusCode::CONFLICT, "a wolf casts nothing: {problem}");

    let nowhere = json!({"entity_id": wolf["id"], "x": 1_i64 << 40, "z": 0});
    let (status, problem) = post(&server, &token, "/api/v1/ecs/movements", &nowhere).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");

    let path = format!("/api/v1/ecs/entities/{}", wolf["id"].as_str().expect("an id"));
    let gone = server.client.delete(server.url(&path)).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    let twice = server.client.delete(server.url(&path)).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(twice.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn players_set_nobody_out_and_order_none_but_their_own() {
    let server = TestServer::start().await;
    let (owner, mira) = (server.owner().await, server.player("Mira").await);
    let wolf = spawn(&server, &owner, "srd:wolf", 0).await;
    let body = json!({"monster": "srd:wolf", "x": MIDDLE, "z": MIDDLE});
    let (status, _) = post(&server, &mira, "/api/v1/ecs/entities", &body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let walk = json!({"entity_id": wolf["id"], "x": MIDDLE, "z": MIDDLE});
    let (status, _) = post(&server, &mira, "/api/v1/ecs/movements", &walk).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, problem) =
        post(&server, &owner, "/api/v1/ecs/entities", &json!({"monster": "srd:gnu", "x": 0, "z": 0})).await;
    assert_eq!(
        (status, problem["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("monster"))
    );
}
