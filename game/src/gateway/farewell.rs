//! How a socket is closed, so that the client surely learns why.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures::{StreamExt, stream::SplitStream};
use protocol::ServerMessage;
use tokio::time::timeout;

use super::{outbox::Outbox, socket::Ending};

/// How long a client may take to answer a close.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);

/// Tells the client why, and waits a moment for its own close, so that it surely reads the code.
pub(super) async fn say_goodbye(outbox: Outbox, stream: &mut SplitStream<WebSocket>, ending: Ending) {
    let Ending::Close { code, reason } = ending else {
        metrics::counter!("realmkeep_gateway_closes_total", "code" => "Gone").increment(1);
        // Reading on lets the WebSocket layer answer a close; some clients take its absence for an error.
        read_out(stream).await;
        outbox.finish(Duration::ZERO).await;
        return;
    };
    metrics::counter!("realmkeep_gateway_closes_total", "code" => code.name()).increment(1);
    tracing::debug!(code = code.number(), reason, "closing a socket");
    let goodbye = ServerMessage::Goodbye { code, reason: reason.clone() };
    let close = CloseFrame { code: code.number(), reason: reason.into() };
    // With a full queue the client does not read, and would not read these.
    let _ = outbox.send(Message::Binary(goodbye.encode()));
    let _ = outbox.send(Message::Close(Some(close)));
    outbox.finish(CLOSE_WITHIN).await;
    read_out(stream).await;
}

/// Reads to the end of the stream, for a moment.
async fn read_out(stream: &mut SplitStream<WebSocket>) {
    let _ = timeout(CLOSE_WITHIN, async { while let Some(Ok(_)) = stream.next().await {} }).await;
}
