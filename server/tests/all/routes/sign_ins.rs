//! What ends a sign-in, seen from outside; and what is no sign-in at all.

use std::time::Duration;

use futures::StreamExt as _;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::observe;
use crate::test_server::{OWNER_PASSWORD, PATIENCE, TestServer};

async fn staff(server: &TestServer, name: &str, role: &str) -> (String, String) {
    let email = format!("{name}@example.org");
    let body = json!({"email": email, "password": OWNER_PASSWORD, "display_name": name, "role": role,
        "reason": "a test"});
    let made = server.post("/api/v1/users", &body).bearer_auth(server.owner().await).send().await;
    let made: Value = made.expect("answers").json().await.expect("JSON");
    (email, made["id"].as_str().expect("an id").to_owned())
}

#[tokio::test]
async fn a_dashboard_is_closed_when_its_viewer_is_disabled() {
    let server = TestServer::start().await;
    let (email, id) = staff(&server, "olla", "operator").await;
    let cookie = super::pages::session_cookie_of(&server, &email, OWNER_PASSWORD).await;
    let mut socket = observe::open_with(&server, Some(&cookie), Some(&server.origin)).await.expect("opens");
    let owner = server.owner().await;
    let path = format!("/api/v1/users/{id}/disable");
    let reply = server.post(&path, &json!({"reason": "left us"})).bearer_auth(&owner).send().await;
    assert_eq!(reply.expect("answers").status(), StatusCode::OK);
    let closed = async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(Some(frame)) = message {
                return u16::from(frame.code);
            }
        }
        panic!("no close frame");
    };
    let code = tokio::time::timeout(PATIENCE, closed).await.expect("closes in time");
    assert_eq!(code, 4403);
    let page =
        server.get("/api/ui/session/viewer").header(header::COOKIE, &cookie).send().await.expect("answers");
    assert_eq!(page.text().await.expect("text"), "null", "the cookie is worth nothing");
}

#[tokio::test]
async fn what_is_no_token_of_ours_lets_nobody_in() {
    let server = TestServer::start().await;
    let good = server.owner().await;
    let mut forged: Vec<String> = vec![
        "rk_".into(),
        format!("rk_{}", "0".repeat(64)),
        "a.b.c".into(),
        // {"alg":"none","typ":"at+jwt"} with the claims of the good one.
        format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{}.", good.split('.').nth(1).expect("claims")),
        good.to_uppercase(),
        format!("{good}x"),
        good[..good.len() - 2].to_owned(),
    ];
    // Every byte of a good token, changed once.
    for at in (0..good.len()).step_by(7) {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        forged.push(String::from_utf8(bytes).expect("ASCII"));
    }
    for token in forged.iter().filter(|token| **token != good) {
        let reply = server.get("/api/v1/auth/me").bearer_auth(token).send().await.expect("answers");
        // The last character of a base64 text has bits that mean nothing.
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{token}");
    }
    for cookie in ["", "x", &"f".repeat(64), &"é".repeat(40), &good] {
        let asked =
            server.get("/api/v1/auth/me").header(header::COOKIE, format!("realmkeep_session={cookie}"));
        assert_eq!(asked.send().await.expect("answers").status(), StatusCode::UNAUTHORIZED, "{cookie}");
    }
    for scheme in ["Basic dTpw", "Bearer", "Bearer ", "bearer\ttoken", "Token x"] {
        let asked = server.get("/api/v1/auth/me").header(header::AUTHORIZATION, scheme);
        assert_eq!(asked.send().await.expect("answers").status(), StatusCode::UNAUTHORIZED, "{scheme}");
    }
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_back() {
    let setup = crate::test_server::Setup::new().with("REALMKEEP_LIMITS__READS_PER_MINUTE", "5");
    let server = setup.start().await;
    let token = server.player("Mira").await;
    let ask = async |path: &str| server.get(path).bearer_auth(&token).send().await.expect("answers");
    let first = ask("/api/v1/worlds").await;
    assert_eq!(first.headers()["ratelimit-policy"], "\"read\";q=5;w=60");
    assert!(first.headers()["ratelimit"].to_str().expect("text").starts_with("\"read\";r=4;t="));
    for _ in 0..4 {
        assert_eq!(ask("/api/v1/worlds").await.status(), StatusCode::OK);
    }
    let limited = ask("/api/v1/worlds").await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = limited.headers()["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(limited.headers()["content-type"], "application/problem+json");
    assert_eq!(
        ask("/api/v1/characters").await.status(),
        StatusCode::OK,
        "another endpoint counts for itself"
    );
    let brega = server.player("Brega").await;
    let other = server.get("/api/v1/worlds").bearer_auth(brega).send().await.expect("answers");
    assert_eq!(other.status(), StatusCode::OK, "and so does another account");
}

#[tokio::test]
async fn each_key_of_an_account_counts_for_itself() {
    let setup = crate::test_server::Setup::new().with("REALMKEEP_LIMITS__READS_PER_MINUTE", "2");
    let server = setup.start().await;
    let owner = server.owner().await;
    let (_, robot) = staff(&server, "robot", "service").await;
    let mut statuses = Vec::new();
    for name in ["wild", "tame"] {
        let body = json!({"account_id": robot, "name": name, "scopes": ["view_worlds"], "reason": "a test"});
        let made = server.post("/api/v1/api-keys", &body).bearer_auth(&owner).send().await.expect("answers");
        let made: Value = made.json().await.expect("JSON");
        let key = made["token"].as_str().unwrap_or_else(|| panic!("{made}"));
        for _ in 0..3 {
            let read = server.get("/api/v1/worlds").bearer_auth(key).send().await.expect("answers");
            statuses.push(read.status().as_u16());
        }
    }
    assert_eq!(statuses, [200, 200, 429, 200, 200, 429]);
}

#[tokio::test]
async fn keys_are_changed_without_logging_anyone_out() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let keys = async || -> Value {
        server.get("/api/v1/auth/jwks").send().await.expect("answers").json().await.expect("JSON")
    };
    assert_eq!(keys().await["keys"].as_array().map(Vec::len), Some(1));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["keys", "rotate"])
        .env("REALMKEEP_DATA", server.data())
        .current_dir(crate::test_server::repository())
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let known = async {
        while keys().await["keys"].as_array().map(Vec::len) != Some(2) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, known).await.expect("the new key is found");
    let reply = server.get("/api/v1/auth/me").bearer_auth(token).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::OK);
}
