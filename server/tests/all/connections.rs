//! Connections that stay silent.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::{
    player::Player,
    test_server::{PATIENCE, Setup, TestServer},
};

/// A server that waits a second for a request's head.
async fn impatient() -> TestServer {
    Setup::new().with("REALMKEEP_HTTP__HEAD_TIMEOUT_MS", "1000").start().await
}

/// Sends this and waits until the server hangs up; what it said until then.
async fn hung_up_after(server: &TestServer, said: &str) -> String {
    let address = server.origin.strip_prefix("http://").expect("no TLS here");
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(said.as_bytes()).await.expect("is taken");
    let mut heard = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut heard)).await.expect("hangs up in time").expect("is text");
    heard
}

#[tokio::test]
async fn who_never_finishes_a_request_is_hung_up_on() {
    let server = impatient().await;
    assert_eq!(hung_up_after(&server, "").await, "");
    assert_eq!(hung_up_after(&server, "GET /api/v1/openapi.json HTTP/1.1\r\nHost: ").await, "");
}

#[tokio::test]
async fn a_connection_is_kept_between_two_requests_only_for_a_while() {
    let server = impatient().await;
    let request = "GET /api/v1/auth/jwks HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let heard = hung_up_after(&server, request).await;
    assert!(heard.starts_with("HTTP/1.1 200 "), "{heard}");
}

#[tokio::test]
async fn what_was_begun_is_done_also_if_whoever_asked_hangs_up() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let wish = json!({
        "email": "brega@example.org", "password": "a long enough password", "display_name": "Brega",
        "role": "moderator", "reason": "she helps out",
    })
    .to_string();
    let length = wish.len();
    let request = format!(
        "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{wish}"
    );
    let address = server.origin.strip_prefix("http://").expect("no TLS here");
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(request.as_bytes()).await.expect("is taken");
    // Long enough for it to be begun, and far too short for a password to be hashed.
    tokio::time::sleep(Duration::from_millis(5)).await;
    drop(stream);
    let is_done = async {
        while server.read(&token, "/api/v1/users?search=brega").await["items"] == json!([]) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, is_done).await.expect("is done");
}

#[tokio::test]
async fn a_socket_stays_open_however_long_it_is() {
    let server = impatient().await;
    let mut player = Player::join(&server).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    server.ask_to_stop();
    assert!(player.read_to_close().await.is_some(), "the socket was cut without a close frame");
}
