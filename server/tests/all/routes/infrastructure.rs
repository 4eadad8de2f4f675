//! `/api/v1/infrastructure`

use std::{fs, time::Duration};

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::test_server::{OWNER_EMAIL, OWNER_PASSWORD, PATIENCE, Setup, TestServer};

/// A server, and the owner's way to its nodes.
struct Console {
    server: TestServer,
    token: String,
}

impl Console {
    async fn of(setup: Setup) -> Self {
        let server = setup.start().await;
        let token = server.owner().await;
        Self { server, token }
    }

    async fn get(&self, path: &str) -> Value {
        let path = format!("/api/v1/infrastructure/{path}");
        let reply = self.server.get(&path).bearer_auth(&self.token).send().await.expect("answers");
        assert_eq!(reply.status(), StatusCode::OK, "{path}");
        reply.json().await.expect("is JSON")
    }

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let path = format!("/api/v1/infrastructure/{path}");
        let reply = self.server.post(&path, body).bearer_auth(&self.token).send().await.expect("answers");
        (reply.status(), reply.json().await.expect("is JSON"))
    }

    async fn node(&self, kind: &str) -> Value {
        let nodes = self.get("nodes").await;
        let nodes = nodes["items"].as_array().expect("a list");
        nodes.iter().find(|node| node["kind"] == kind).expect("runs").clone()
    }
}

fn redis() -> String {
    std::env::var("REALMKEEP_TEST_REDIS_URL").expect("`cargo xtask test` starts Redis")
}

fn id(node: &Value) -> &str {
    node["id"].as_str().expect("an id")
}

#[tokio::test]
async fn every_kind_tells_its_drivers_and_their_settings() {
    let console = Console::of(Setup::new()).await;
    let kinds = console.get("kinds").await;
    let names: Vec<&str> =
        kinds.as_array().expect("a list").iter().filter_map(|kind| kind["kind"].as_str()).collect();
    assert_eq!(
        names,
        ["event_bus", "cache", "session_store", "rate_limiter", "job_queue", "database_shard", "blob_store"]
    );
    let bus = &kinds[0]["drivers"];
    assert_eq!((&bus[0]["driver"], &bus[1]["driver"]), (&json!("in_process"), &json!("redis")));
    assert_eq!(bus[1]["schema"]["required"], json!(["servers"]));
    assert_eq!(bus[1]["schema"]["additionalProperties"], json!(false));
    for kind in kinds.as_array().expect("a list") {
        let node = console.node(kind["kind"].as_str().expect("a name")).await;
        assert_eq!(node["condition"], "well", "{node}");
    }
}

#[tokio::test]
async fn a_node_is_swapped_noted_and_reverted_while_people_play() {
    let console = Console::of(Setup::new()).await;
    let bus = console.node("event_bus").await;
    let path = format!("nodes/{}", id(&bus));
    let order = json!({"driver": "redis", "config": {"servers": [redis()]}, "reason": "more players"});

    let mut dry = order.clone();
    dry["dry_run"] = json!(true);
    let (status, would) = console.post(&format!("{path}/swap"), &dry).await;
    assert_eq!((status, &would["outcome"]), (StatusCode::OK, &json!("would_work")), "{would}");
    assert_eq!(console.node("event_bus").await["setup"]["driver"], "in_process");

    let (status, swap) = console.post(&format!("{path}/swap"), &order).await;
    assert_eq!((status, &swap["outcome"]), (StatusCode::OK, &json!("done")), "{swap}");
    assert_eq!(swap["before"]["driver"], "in_process");
    let running = console.node("event_bus").await;
    assert_eq!((&running["setup"]["driver"], &running["condition"]), (&json!("redis"), &json!("well")));
    let file = console.server.data().join("infrastructure/event-bus.json");
    let written: Value = serde_json::from_str(&fs::read_to_string(file).expect("was written")).expect("JSON");
    assert_eq!((&written["id"], &written["driver"]), (&bus["id"], &json!("redis")));
    console.server.becomes(StatusCode::OK).await;

    let (status, back) = console.post(&format!("{path}/revert"), &json!({})).await;
    assert_eq!((status, &back["after"]["driver"]), (StatusCode::OK, &json!("in_process")), "{back}");
    let history = console.get(&format!("{path}/history")).await;
    let outcomes: Vec<_> = history["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|swap| swap["after"]["driver"].clone())
        .collect();
    assert_eq!(outcomes, ["in_process", "redis"], "the newest first");
    assert_eq!(history["items"][1]["reason"], "more players");
    assert_eq!(history["items"][1]["actor"], swap["actor"]);
    console.server.becomes(StatusCode::OK).await;
}

#[tokio::test]
async fn people_stay_signed_in_while_the_session_store_changes_hands() {
    let console = Console::of(Setup::new()).await;
    let (server, path) = (&console.server, format!("nodes/{}", id(&console.node("session_store").await)));
    let login = json!({"email": OWNER_EMAIL, "password": OWNER_PASSWORD});
    let tokens: Value =
        server.post("/api/v1/auth/login", &login).send().await.expect("answers").json().await.expect("JSON");
    let refresh = async |token: &Value| {
        let body = json!({"refresh_token": token});
        server.post("/api/v1/auth/refresh", &body).send().await.expect("answers")
    };
    // A database of its own: what nodes share has one name.
    let servers = json!([format!("{}/5", redis().trim_end_matches('/'))]);
    let order = json!({"driver": "redis", "config": {"servers": servers}});
    let (status, swap) = console.post(&format!("{path}/swap"), &order).await;
    assert_eq!((status, &swap["outcome"]), (StatusCode::OK, &json!("done")), "{swap}");
    assert!(swap["moved"]["sessions"].as_u64() >= Some(2), "{swap}");

    let renewed = refresh(&tokens["refresh_token"]).await;
    assert_eq!(renewed.status(), StatusCode::OK, "a sign-in of before is good for another one");
    let renewed: Value = renewed.json().await.expect("JSON");
    let me = async |token: &Value| {
        let token = token.as_str().expect("a token");
        server.get("/api/v1/auth/me").bearer_auth(token).send().await.expect("answers").status()
    };
    assert_eq!(me(&renewed["access_token"]).await, StatusCode::OK);
    let ended = server.client.delete(server.url("/api/v1/auth/sessions")).bearer_auth(&console.token);
    assert!(ended.send().await.expect("answers").status().is_success());
    assert_eq!(me(&renewed["access_token"]).await, StatusCode::UNAUTHORIZED);

    let (status, back) = console.post(&format!("{path}/revert"), &json!({})).await;
    assert_eq!((status, &back["after"]["driver"]), (StatusCode::OK, &json!("database")), "{back}");
    assert_eq!(me(&json!(console.token)).await, StatusCode::OK, "who was not signed out is in");
    assert_eq!(me(&renewed["access_token"]).await, StatusCode::UNAUTHORIZED, "who was, is not");
    assert_eq!(refresh(&renewed["refresh_token"]).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_swap_that_cannot_work_changes_nothing() {
    let console = Console::of(Setup::new()).await;
    let cache = console.node("cache").await;
    let path = format!("nodes/{}/swap", id(&cache));
    for (order, field) in [
        (json!({"driver": "memcached"}), "driver"),
        (json!({"driver": "redis", "config": {"servers": "one"}}), "config"),
        (json!({"driver": "moka", "config": {"memory_mib": 0}}), "config"),
        (json!({"driver": ""}), "driver"),
    ] {
        let (status, problem) = console.post(&path, &order).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{order}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let url = console.server.url(&format!("/api/v1/infrastructure/{path}"));
    let unexplained =
        reqwest::Client::new().post(url).bearer_auth(&console.token).json(&json!({"driver": "moka"}));
    let problem: Value = unexplained.send().await.expect("answers").json().await.expect("is JSON");
    assert_eq!(
        (&problem["status"], &problem["errors"][0]["field"]),
        (&json!(422), &json!("reason")),
        "{problem}"
    );
    let nobody = json!({"driver": "redis", "config": {"servers": ["redis://127.0.0.1:1"]}});
    let (status, problem) = console.post(&path, &nobody).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(problem["detail"].as_str().expect("a text").contains("at step `build`"), "{problem}");
    assert_eq!(console.node("cache").await["setup"]["driver"], "moka");
    let history = console.get(&format!("nodes/{}/history", id(&cache))).await;
    assert_eq!(history["items"][0]["outcome"], "failed", "{history}");
    let (status, _) = console.post(&format!("nodes/{}/revert", id(&cache)), &json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT, "nothing was swapped yet");
    let records = console.node("database_shard").await;
    let (status, problem) =
        console.post(&format!("nodes/{}/swap", id(&records)), &json!({"driver": "sqlite"})).await;
    assert_eq!((status, &records["swappable"]), (StatusCode::CONFLICT, &json!(false)), "{problem}");
}

#[tokio::test]
async fn a_changed_file_is_offered_or_carried_out_as_configured() {
    for applies in ["false", "true"] {
        let setup = Setup::new().with("REALMKEEP_INFRASTRUCTURE__APPLY_CHANGES", applies);
        let folder = setup.data().join("infrastructure");
        fs::create_dir_all(&folder).expect("a folder");
        let cache = |mib: u32| {
            let id = "0199c0de-0000-7000-8000-00000000000c";
            json!({"id": id, "name": "Cache", "kind": "cache", "driver": "moka", "config": {"memory_mib": mib}})
        };
        let write = |mib| fs::write(folder.join("cache.json"), cache(mib).to_string()).expect("writes");
        write(16);
        let console = Console::of(setup).await;
        assert_eq!(console.node("cache").await["setup"]["config"]["memory_mib"], 16);
        write(32);
        let seen = async {
            loop {
                let node = console.node("cache").await;
                if applies == "true" && node["setup"]["config"]["memory_mib"] == 32 {
                    return;
                }
                if applies == "false" && node["offered"]["config"]["memory_mib"] == 32 {
                    assert_eq!(node["setup"]["config"]["memory_mib"], 16);
                    return;
                }
                sleep(Duration::from_millis(100)).await;
            }
        };
        timeout(PATIENCE, seen).await.expect("is seen");
    }
}

#[tokio::test]
async fn a_bad_file_is_one_line_with_its_place() {
    let setup = Setup::new();
    let folder = setup.data().join("infrastructure");
    fs::create_dir_all(&folder).expect("a folder");
    let text = "{\n  \"id\": \"0199c0de-0000-7000-8000-00000000000c\",\n  \"name\": \"Cache\",\n  \"kind\": \"cache\",\n  \"driver\": \"moka\",\n  \"config\": {\n    \"memroy_mib\": 16\n  }\n}\n";
    fs::write(folder.join("cache.json"), text).expect("writes");
    let ending = setup.run_to_end().await;
    let told = ending.refusal();
    assert!(told.contains("cache.json:7: config.memroy_mib"), "{told}");
    assert!(told.contains("expected `memory_mib`"), "{told}");
}
