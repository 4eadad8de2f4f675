//! `/ws/observe`

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};

use super::pages::session_cookie;
use crate::test_server::{PATIENCE, TestServer};

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens the socket as the dashboard does, with the owner's session.
pub(crate) async fn open(server: &TestServer) -> Result<Socket, Error> {
    let cookie = session_cookie(server).await;
    open_with(server, Some(&cookie), Some(&server.origin)).await
}

pub(crate) async fn open_with(
    server: &TestServer,
    cookie: Option<&str>,
    origin: Option<&str>,
) -> Result<Socket, Error> {
    let mut request =
        format!("{}/ws/observe", server.origin.replacen("http", "ws", 1)).into_client_request()?;
    for (name, value) in [("cookie", cookie), ("origin", origin)] {
        if let Some(value) = value {
            request.headers_mut().insert(name, value.parse().expect("a header"));
        }
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

fn status(outcome: Result<Socket, Error>) -> u16 {
    match outcome {
        Ok(_) => 101,
        Err(Error::Http(reply)) => reply.status().as_u16(),
        Err(other) => panic!("{other}"),
    }
}

pub(crate) async fn next(socket: &mut Socket, kind: &str) -> Value {
    let heard = async {
        loop {
            let message = socket.next().await.expect("open").expect("reads");
            if let Message::Text(text) = message {
                let value: Value = serde_json::from_str(&text).expect("JSON");
                if value["type"] == kind {
                    return value;
                }
            }
        }
    };
    timeout(PATIENCE, heard).await.expect("comes in time")
}

#[tokio::test]
async fn figures_come_by_themselves_and_entities_when_watched() {
    let server = TestServer::start().await;
    let mut socket = open(&server).await.expect("opens");
    let figures = next(&mut socket, "figures").await;
    assert_eq!(figures["ready"], true);
    // Creatures come as their ground does.
    while next(&mut socket, "figures").await["entities"].as_u64().is_none_or(|entities| entities < 12) {}

    let watch = json!({"type": "watch_entities", "watch": true}).to_string();
    socket.send(Message::text(watch)).await.expect("is sent");
    let first = next(&mut socket, "entities").await;
    let later = next(&mut socket, "entities").await;
    assert!(first["entities"].as_array().is_some_and(|entities| entities.len() >= 12), "{first}");
    assert!(first["tick"].as_u64() < later["tick"].as_u64(), "time goes on");

    let unwatch = json!({"type": "watch_entities", "watch": false}).to_string();
    socket.send(Message::text(unwatch)).await.expect("is sent");
    tokio::time::sleep(Duration::from_millis(300)).await;
    next(&mut socket, "figures").await;
}

#[tokio::test]
async fn nobody_else_looks_in() {
    let server = TestServer::start().await;
    let cookie = session_cookie(&server).await;
    assert_eq!(
        status(open_with(&server, Some(&cookie), Some("https://evil.example")).await),
        403,
        "another site"
    );
    assert_eq!(status(open_with(&server, Some(&cookie), None).await), 403, "no origin");
    assert_eq!(status(open_with(&server, None, Some(&server.origin)).await), 401, "no session");
}

#[tokio::test]
async fn nonsense_closes_the_socket_with_a_reason() {
    let server = TestServer::start().await;
    let cases = [
        Message::text("{"),
        Message::text("x".repeat(100_000)),
        Message::binary(vec![0]),
        Message::text(r#"{"type":"x"}"#),
    ];
    for nonsense in cases {
        let mut socket = open(&server).await.expect("opens");
        socket.send(nonsense).await.expect("is sent");
        let closed = async {
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Close(Some(frame)) = message {
                    return frame;
                }
            }
            panic!("no close frame");
        };
        let frame = timeout(PATIENCE, closed).await.expect("closes in time");
        assert!(!frame.reason.is_empty(), "{frame:?}");
    }
}
