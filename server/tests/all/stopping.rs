//! How the server ends.

use futures::StreamExt as _;
use reqwest::StatusCode;
use tokio_tungstenite::tungstenite::Message;

use crate::{player::Player, test_server::TestServer};

#[tokio::test]
async fn a_stop_says_goodbye_to_players_and_exits_cleanly() {
    let server = TestServer::start().await;
    let mut player = Player::join(&server).await;
    server.ask_to_stop();
    let goodbye = player.read_to_close().await;
    assert!(goodbye.is_some(), "the socket was cut without a close frame");
    let (status, _) = server.ended().await;
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn a_stop_leaves_no_write_ahead_log_behind() {
    let server = TestServer::start().await;
    server.player("Brega").await;
    let (status, setup) = server.stop().await;
    assert!(status.success(), "{status}");
    assert!(setup.data().join("realmkeep.db").exists());
    assert!(!setup.data().join("realmkeep.db-wal").exists(), "the log was not folded in");
}

#[tokio::test]
async fn a_dashboard_socket_does_not_hold_the_stop_up() {
    let server = TestServer::start().await;
    let mut socket = crate::routes::observe::open(&server).await.expect("opens");
    server.ask_to_stop();
    let mut closed = false;
    while let Some(Ok(message)) = socket.next().await {
        closed |= matches!(message, Message::Close(_));
    }
    assert!(closed, "no close frame");
    let (status, _) = server.ended().await;
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn a_request_at_work_is_finished() {
    let server = TestServer::start().await;
    let request = server.get("/api/v1/openapi.json").send();
    let (reply, ()) = tokio::join!(request, async { server.ask_to_stop() });
    // Refused before it was accepted, or answered in full; never cut in the middle.
    if let Ok(reply) = reply {
        assert_eq!(reply.status(), StatusCode::OK);
        reply.json::<serde_json::Value>().await.expect("a whole answer");
    }
    let (status, _) = server.ended().await;
    assert!(status.success(), "{status}");
}
