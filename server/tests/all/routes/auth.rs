//! `/api/v1/auth/…` and `/api/v1/game/tickets`

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{OWNER_EMAIL, OWNER_PASSWORD, PLAYER_PASSWORD, Setup, TestServer};

async fn log_in(server: &TestServer, email: &str, password: &str) -> reqwest::Response {
    server
        .post("/api/v1/auth/login", &json!({"email": email, "password": password}))
        .send()
        .await
        .expect("answers")
}

#[tokio::test]
async fn a_login_gives_a_pair_of_tokens_that_work() {
    let server = TestServer::start().await;
    let reply = log_in(&server, OWNER_EMAIL, OWNER_PASSWORD).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()["cache-control"], "no-store");
    let tokens: Value = reply.json().await.expect("JSON");
    assert_eq!(tokens["expires_in"], 900);
    let me = server.get("/api/v1/auth/me").bearer_auth(tokens["access_token"].as_str().expect("text"));
    let me: Value = me.send().await.expect("answers").json().await.expect("JSON");
    assert_eq!(me["email"], OWNER_EMAIL);
    assert_eq!(me["role"], "owner");
    assert!(me["id"].as_str().is_some_and(|id| id.parse::<uuid::Uuid>().is_ok()));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let server = TestServer::start().await;
    let wrong = log_in(&server, OWNER_EMAIL, "not the password at all").await;
    let unknown = log_in(&server, "nobody@example.org", "not the password at all").await;
    assert_eq!((wrong.status(), unknown.status()), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    let (wrong, unknown): (Value, Value) =
        (wrong.json().await.expect("JSON"), unknown.json().await.expect("JSON"));
    assert_eq!((&wrong["type"], &wrong["detail"]), (&unknown["type"], &unknown["detail"]));
    assert_eq!(wrong["type"], "wrong_credentials");
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_reuse_ends_the_family() {
    let server = TestServer::start().await;
    let first: Value = log_in(&server, OWNER_EMAIL, OWNER_PASSWORD).await.json().await.expect("JSON");
    let refresh = async |token: &Value| {
        server.post("/api/v1/auth/refresh", &json!({"refresh_token": token})).send().await.expect("answers")
    };
    let second = refresh(&first["refresh_token"]).await;
    assert_eq!(second.status(), StatusCode::OK);
    let second: Value = second.json().await.expect("JSON");
    let third: Value = refresh(&second["refresh_token"]).await.json().await.expect("JSON");
    assert_eq!(refresh(&first["refresh_token"]).await.status(), StatusCode::UNAUTHORIZED, "used before");
    assert_eq!(
        refresh(&third["refresh_token"]).await.status(),
        StatusCode::UNAUTHORIZED,
        "the family is revoked"
    );
}

#[tokio::test]
async fn a_logout_ends_the_refresh_token() {
    let server = TestServer::start().await;
    let tokens: Value = log_in(&server, OWNER_EMAIL, OWNER_PASSWORD).await.json().await.expect("JSON");
    let body = json!({"refresh_token": tokens["refresh_token"]});
    let out = server.post("/api/v1/auth/logout", &body).send().await.expect("answers");
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    let refresh = server.post("/api/v1/auth/refresh", &body).send().await.expect("answers");
    assert_eq!(refresh.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_access_token_ends() {
    let server = Setup::new().with("REALMKEEP_AUTH__ACCESS_TTL_S", "1").start().await;
    let token = server.owner().await;
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let reply = server.get("/api/v1/auth/me").bearer_auth(&token).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(reply.headers()["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn a_login_is_limited() {
    let server = Setup::new().with("REALMKEEP_AUTH__LOGINS_PER_MINUTE", "3").start().await;
    let mut last = None;
    for _ in 0..6 {
        last = Some(log_in(&server, OWNER_EMAIL, "not the password at all").await);
    }
    let last = last.expect("tried");
    assert_eq!(last.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn an_address_registers_once() {
    let server = TestServer::start().await;
    let body = json!({"email": "Mira@example.org", "password": PLAYER_PASSWORD, "display_name": "Mira"});
    let made = server.post("/api/v1/auth/register", &body).send().await.expect("answers");
    assert_eq!(made.status(), StatusCode::CREATED);
    let body = json!({"email": "mira@EXAMPLE.org", "password": PLAYER_PASSWORD, "display_name": "Mira"});
    let again = server.post("/api/v1/auth/register", &body).send().await.expect("answers");
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_ticket_is_for_ones_own_character() {
    let server = TestServer::start().await;
    let (mira, brega) = (server.player("Mira").await, server.player("Brega").await);
    let body = json!({"name": "Mira", "race": "elf"});
    let character =
        server.post("/api/v1/characters", &body).bearer_auth(&mira).send().await.expect("answers");
    let character: Value = character.json().await.expect("JSON");
    let body = json!({"character_id": character["id"]});
    let own = server.post("/api/v1/game/tickets", &body).bearer_auth(&mira).send().await.expect("answers");
    assert!(own.status().is_success(), "{}", own.status());
    assert_eq!(own.json::<Value>().await.expect("JSON")["expires_in"], 30);
    let other = server.post("/api/v1/game/tickets", &body).bearer_auth(&brega).send().await.expect("answers");
    assert_eq!(other.status(), StatusCode::NOT_FOUND, "somebody else's character is not even visible");
}
