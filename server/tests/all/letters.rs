//! Letters, as a mail server gets them from the program.

use reqwest::StatusCode;
use serde_json::{Value, json};
use std::{fs, path::Path, time::Duration};
use tokio::time::timeout;

use crate::{
    mail_server::{Bag, serve},
    test_server::{PATIENCE, PLAYER_PASSWORD, Setup, TestServer},
};

fn setup(port: u16) -> Setup {
    Setup::new()
        .with("REALMKEEP_MAIL__DRIVER", "smtp")
        .with("REALMKEEP_MAIL__HOST", "localhost")
        .with("REALMKEEP_MAIL__PORT", &port.to_string())
        .with("REALMKEEP_MAIL__TLS", "off")
        .with("REALMKEEP_MAIL__USER", "realmkeep")
        .with("REALMKEEP_MAIL__PASSWORD", r#"{ env = "SMTP_PASSWORD" }"#)
        .with("REALMKEEP_MAIL__FROM", "Realmkeep <no-reply@realmkeep.test>")
        .with("SMTP_PASSWORD", "tuesday gravel")
}

/// The token in the letter to that address, once it has come.
async fn token(bag: &Bag, to: &str) -> String {
    let arrived = async {
        loop {
            if let Some(taken) = bag.letters().into_iter().find(|taken| taken.to == to) {
                assert!(taken.signed_in, "{taken:?}");
                return taken.text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let text = timeout(PATIENCE, arrived).await.expect("the letter comes");
    text.split("token=").nth(1).expect("has a token").chars().take_while(char::is_ascii_hexdigit).collect()
}

/// The newest letter's job, once it is as wished.
async fn job(server: &TestServer, owner: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let reached = async {
        loop {
            let reply =
                server.get("/api/v1/jobs?kind=send_letter").bearer_auth(owner).send().await.expect("answers");
            let jobs: Value = reply.json().await.expect("is JSON");
            if is_so(&jobs["items"][0]) {
                return jobs["items"][0].clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, reached).await.expect("the job gets there")
}

fn holds(folder: &Path, secret: &str) -> bool {
    fs::read_dir(folder).expect("lists").any(|entry| {
        let path = entry.expect("reads").path();
        if path.is_dir() {
            return holds(&path, secret);
        }
        let bytes = fs::read(&path).unwrap_or_default();
        bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
    })
}

#[tokio::test]
async fn a_new_player_verifies_the_address_by_a_letter_whose_secret_is_kept_nowhere() {
    let bag = Bag::default();
    let (port, _mail) = serve("localhost:0", &bag).await;
    let server = setup(port).start().await;
    let (mira, owner) = (server.player("Mira").await, server.owner().await);
    let token = token(&bag, "mira@example.org").await;
    let sent = job(&server, &owner, |job| job["state"] == "succeeded").await;
    assert_eq!(sent["request"]["letter"], "verify_email");
    assert!(!sent.to_string().contains(&token) && !sent.to_string().contains("mira@"), "{sent}");
    assert!(!holds(server.data(), &token), "the secret lies in the data folder");
    let reply =
        server.post("/api/v1/auth/email/verify", &json!({"token": token})).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    let me: Value = server
        .get("/api/v1/auth/me")
        .bearer_auth(mira)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("is JSON");
    assert_eq!(me["email_verified"], true);
}

#[tokio::test]
async fn a_letter_waits_out_an_outage_and_nobody_waits_for_it() {
    let bag = Bag::default();
    let (port, mail) = serve("127.0.0.1:0", &bag).await;
    drop(mail);
    let server = setup(port).start().await;
    server.player("Mira").await;
    let owner = server.owner().await;
    let waiting = job(&server, &owner, |job| !job["due_at"].is_null()).await;
    assert_eq!((&waiting["state"], &waiting["attempts"]), (&json!("queued"), &json!(0)), "{waiting}");
    assert!(waiting["error"].as_str().is_some_and(|error| error.contains("not reachable")), "{waiting}");
    let by_hand = json!({"kind": "send_letter", "letter": "reset_password", "account_id": waiting["id"]});
    let reply = server.post("/api/v1/jobs", &by_hand).bearer_auth(&owner).send().await.expect("answers");
    assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY, "staff send no letters");
    let (_, _mail) = serve(&format!("127.0.0.1:{port}"), &bag).await;
    token(&bag, "mira@example.org").await;
    job(&server, &owner, |job| job["state"] == "succeeded").await;
}

#[tokio::test]
async fn a_letter_that_is_refused_for_good_is_given_up_and_others_are_not() {
    let bag = Bag::default();
    let (port, _mail) = serve("localhost:0", &bag).await;
    let server = setup(port).start().await;
    let register = async |name: &str| {
        let body = json!({
            "email": format!("{name}@example.org"), "password": PLAYER_PASSWORD, "display_name": name
        });
        let reply = server.post("/api/v1/auth/register", &body).send().await.expect("answers");
        assert_eq!(reply.status(), StatusCode::CREATED);
    };
    let owner = server.owner().await;
    register("nobody").await;
    let failed = job(&server, &owner, |job| job["state"] == "failed").await;
    let error = failed["error"].as_str().expect("says why");
    assert!(error.contains("nobody of that name") && !error.contains("@example.org"), "{error}");
    register("later").await;
    job(&server, &owner, |job| !job["due_at"].is_null()).await;
    register("mira").await;
    token(&bag, "mira@example.org").await;
}
