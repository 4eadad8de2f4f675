//! `/api/v1/worlds/…`

use std::time::Duration;

use reqwest::{Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

use crate::test_server::{PATIENCE, TestServer};

struct Worlds {
    server: TestServer,
    token: String,
    world: String,
}

impl Worlds {
    async fn start() -> Self {
        let server = TestServer::start().await;
        let token = server.owner().await;
        let mut worlds = Self { server, token, world: String::new() };
        let list: Value = worlds.get("/api/v1/worlds").await.json().await.expect("JSON");
        worlds.world = list["items"][0]["id"].as_str().expect("a demo world").to_owned();
        worlds
    }

    async fn get(&self, path: &str) -> Response {
        self.server.get(path).bearer_auth(&self.token).send().await.expect("answers")
    }

    async fn in_world(&self, path: &str) -> Response {
        self.get(&format!("/api/v1/worlds/{}{path}", self.world)).await
    }
}

#[tokio::test]
async fn a_world_tells_its_recipe_and_regions() {
    let worlds = Worlds::start().await;
    let world: Value = worlds.in_world("").await.json().await.expect("JSON");
    assert_eq!(world["id"], worlds.world.as_str());
    let recipe: Value = worlds.in_world("/recipe").await.json().await.expect("JSON");
    assert_eq!(recipe["fingerprint"], world["fingerprint"]);
    assert!(recipe["yaml"].as_str().is_some_and(|yaml| yaml.contains("layers:")));
    let regions: Value = worlds.in_world("/regions").await.json().await.expect("JSON");
    assert_eq!(regions["items"].as_array().map(Vec::len), Some(1), "one live region: {regions}");
    let missing = worlds.get(&format!("/api/v1/worlds/{}", uuid::Uuid::now_v7())).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_chunk_comes_in_four_forms_with_one_hash() {
    let worlds = Worlds::start().await;
    let told: Value = worlds.in_world("/chunks/3/-2.json").await.json().await.expect("JSON");
    let hash = told["hash"].as_str().expect("a hash").to_owned();
    assert_eq!(hash.len(), 64);

    let bin = worlds.in_world("/chunks/3/-2.bin").await;
    assert_eq!(bin.headers()["content-type"], "application/octet-stream");
    assert_eq!(bin.headers()["etag"], format!("\"{hash}\"").as_str());
    assert_eq!(bin.headers()["cache-control"], "private, no-cache", "another version may take effect");
    let payload = bin.bytes().await.expect("a body");
    assert_eq!(blake3::hash(&payload).to_hex().as_str(), hash, "the hash is that of the payload");

    let raw = worlds.in_world("/chunks/3/-2.r16").await;
    assert_eq!(raw.headers()["etag"], format!("\"{hash}\"").as_str());
    assert_eq!(raw.bytes().await.expect("a body").len(), 65 * 65 * 2);

    let png = worlds.in_world("/chunks/3/-2.png").await;
    assert_eq!(png.headers()["content-type"], "image/png");
    assert!(png.bytes().await.expect("a body").starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn a_chunk_that_the_client_has_is_not_sent_again() {
    let worlds = Worlds::start().await;
    let path = format!("/api/v1/worlds/{}/chunks/0/0.bin", worlds.world);
    let etag = worlds.get(&path).await.headers()["etag"].clone();
    for sent in [
        etag.to_str().expect("text").to_owned(),
        format!("W/{}", etag.to_str().expect("text")),
        "*".to_owned(),
    ] {
        let again = worlds.server.get(&path).bearer_auth(&worlds.token).header("if-none-match", &sent);
        let again = again.send().await.expect("answers");
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{sent}");
        assert_eq!(again.headers()["etag"], etag);
    }
    let other = worlds.server.get(&path).bearer_auth(&worlds.token).header("if-none-match", "\"00\"");
    assert_eq!(other.send().await.expect("answers").status(), StatusCode::OK);
}

#[tokio::test]
async fn terrain_that_is_named_by_its_fingerprint_is_kept_for_ever() {
    let worlds = Worlds::start().await;
    let world: Value = worlds.in_world("").await.json().await.expect("JSON");
    let fingerprint = world["fingerprint"].as_str().expect("a fingerprint");
    for path in
        ["/chunks/0/0.bin", "/chunks/0/0.png", "/tiles/2/0/-1.bin", "/tiles/6/0/0.r16", "/tiles/1/0/0.json"]
    {
        let answer = worlds.in_world(&format!("{path}?fingerprint={fingerprint}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let rule = answer.headers()["cache-control"].to_str().expect("text").to_owned();
        assert!(rule.contains("immutable"), "{path}: {rule}");
        let etag = answer.headers()["etag"].clone();
        let again = worlds.server.get(&format!("/api/v1/worlds/{}{path}", worlds.world));
        let again = again.bearer_auth(&worlds.token).header("if-none-match", &etag).send().await;
        assert_eq!(again.expect("answers").status(), StatusCode::NOT_MODIFIED, "{path}");
        let other = worlds.in_world(&format!("{path}?fingerprint=0123")).await;
        assert_eq!(other.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(worlds.in_world("/tiles/7/0/0.bin").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_path_that_is_no_chunk_is_refused() {
    let worlds = Worlds::start().await;
    for path in
        ["/chunks/0/0.gif", "/chunks/0/zero.bin", "/chunks/99999999999/0.bin", "/chunks/0/2147483647.bin"]
    {
        let status = worlds.in_world(path).await.status();
        assert!(status.is_client_error(), "{path}: {status}");
    }
}

#[tokio::test]
async fn entities_of_the_region_are_listed_for_staff() {
    let worlds = Worlds::start().await;
    let listed = async {
        loop {
            let list: Value = worlds.get("/api/v1/ecs/entities").await.json().await.expect("JSON");
            let items = list["items"].as_array().expect("a list").clone();
            // Creatures come as their ground does.
            if items.len() >= 12 {
                return items;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let items = timeout(PATIENCE, listed).await.expect("a dozen creatures wander");
    assert!(items.iter().all(|entity| entity["id"].is_string() && entity["x"].is_i64()));
    let player = worlds.server.player("Mira").await;
    let refused =
        worlds.server.get("/api/v1/ecs/entities").bearer_auth(player).send().await.expect("answers");
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}
