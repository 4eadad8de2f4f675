//! `/api/v1/worlds/{id}/recipe/…`

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::TestServer;

#[tokio::test]
async fn a_recipe_goes_from_draft_to_version_and_back() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let get = async |path: &str| server.get(path).bearer_auth(&token).send().await.expect("answers");
    let list: Value = get("/api/v1/worlds").await.json().await.expect("JSON");
    let base = format!("/api/v1/worlds/{}/recipe", list["items"][0]["id"].as_str().expect("a world"));
    let schema: Value = get("/api/v1/recipes/schema").await.json().await.expect("JSON");
    assert!(schema["properties"]["layers"].is_object());
    assert_eq!(get(&format!("{base}/draft")).await.status(), StatusCode::NOT_FOUND);
    let first: Value = get(&format!("{base}/versions/1")).await.json().await.expect("JSON");
    let yaml = first["yaml"].as_str().expect("text").replace("wade_depth: 0.7 m", "wade_depth: 0.8 m");

    let url = server.url(&format!("{base}/draft"));
    let saved =
        reqwest::Client::new().put(url).bearer_auth(&token).json(&json!({"yaml": yaml, "revision": 0}));
    let saved: Value = saved.send().await.expect("answers").json().await.expect("JSON");
    assert_eq!((&saved["revision"], &saved["faults"]), (&json!(1), &json!([])), "{saved}");

    let post = async |path: &str, body: Value| {
        let answer = server.post(&format!("{base}/{path}"), &body).bearer_auth(&token).send().await;
        answer.expect("answers")
    };
    let check: Value = post("check", json!({"yaml": yaml})).await.json().await.expect("JSON");
    assert_eq!((&check["publishable"], &check["changes_terrain"]), (&json!(true), &json!(true)), "{check}");
    assert_eq!(check["changes"][0]["part"], "terrain");
    let body = json!({"revision": 1, "reason": "deeper fords"});
    let published: Value = post("publish", body.clone()).await.json().await.expect("JSON");
    assert_eq!((&published["version"], &published["state"]), (&json!(2), &json!("waiting")), "{published}");
    assert_eq!(post("publish", body).await.status(), StatusCode::NOT_FOUND, "the draft is gone");

    let body = json!({"version": 1, "reason": "as it was"});
    let back: Value = post("roll-back", body).await.json().await.expect("JSON");
    assert_eq!((&back["version"], &back["restores"]), (&json!(3), &json!(1)), "{back}");
    let versions: Value = get(&format!("{base}/versions")).await.json().await.expect("JSON");
    let states: Vec<_> =
        versions["items"].as_array().expect("a list").iter().map(|v| v["state"].clone()).collect();
    assert_eq!(states, ["waiting", "past", "in_force"]);
}
