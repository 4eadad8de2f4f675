//! From an HTTP request to a socket.

use std::sync::Arc;

use axum::{
    extract::{State, WebSocketUpgrade},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use protocol::SUBPROTOCOL;

use super::{hall::Hall, socket};

/// Above the protocol's own limit of 4 KiB, so that a message slightly over it is answered with its own code. Beyond this
/// the stream is cut before the message is read.
const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Read and write buffers of one socket; the default of 128 KiB each is a gigabyte for 4,096 players.
const BUFFER_BYTES: usize = 4 * 1024;
/// What may wait in tungstenite: one message of ours, and a bit. The writer hands over one at a time.
const WRITE_BUFFER_BYTES_MAX: usize = 2 * protocol::limits::SERVER_MESSAGE_BYTES_MAX;

/// Opens a player's socket, if the client speaks our subprotocol.
pub(super) async fn upgrade(State(hall): State<Arc<Hall>>, upgrade: WebSocketUpgrade) -> Response {
    let upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX);
    if upgrade.selected_protocol().is_none() {
        let reason = format!("this socket speaks the subprotocol {SUBPROTOCOL}\n");
        return (StatusCode::BAD_REQUEST, reason).into_response();
    }
    upgrade.on_upgrade(move |socket| Arc::clone(&hall).track(socket::serve(hall, socket)))
}
