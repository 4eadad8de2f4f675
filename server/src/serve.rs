//! The two listeners: the public one for people and players, the operations one for machines.

use std::{io, net::SocketAddr};

use axum::{Router, serve::ListenerExt as _};
use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// Bytes that may wait in the kernel for a peer before a write has to wait, too: about one keyframe. By default it takes
/// megabytes, minutes of frames, and a player who does not read would be noticed when they are all in vain. What is on
/// its way to the peer does not count, so that downloads over long lines are as quick as ever.
const UNSENT_BYTES_MAX: u32 = 16 * 1024;

/// An address that can't be listened on. Its text is one line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenError {
    #[error("{addr} is in use by another program (another address: {setting})")]
    InUse { addr: SocketAddr, setting: &'static str },
    #[error("{addr}: cannot listen: {cause} (another address: {setting})")]
    Refused { addr: SocketAddr, setting: &'static str, cause: io::Error },
}

/// Takes `addr`; `setting` is what an operator changes if it can't be had.
pub(crate) async fn listen(addr: SocketAddr, setting: &'static str) -> Result<TcpListener, ListenError> {
    TcpListener::bind(addr).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => ListenError::InUse { addr, setting },
        _ => ListenError::Refused { addr, setting, cause },
    })
}

/// Answers requests until `stop`, then finishes those at work.
pub(crate) fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> JoinHandle<io::Result<()>> {
    let listener = listener.tap_io(|socket| {
        if let Err(error) = tune(socket) {
            tracing::debug!(%error, "a connection keeps the system's settings");
        }
    });
    tokio::spawn(
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(stop.cancelled_owned())
            .into_future(),
    )
}

/// Live connections: what is said arrives at once, and who does not listen is noticed.
fn tune(socket: &TcpStream) -> io::Result<()> {
    // With Nagle's algorithm a small message waits for the acknowledgement of the one before: 40 ms that players feel.
    socket.set_nodelay(true)?;
    SockRef::from(socket).set_tcp_notsent_lowat(UNSENT_BYTES_MAX)
}
