//! The two listeners: the public one for people and players, the operations one for machines.

use std::{io, net::SocketAddr};

use axum::{Router, serve::ListenerExt as _};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

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
    // Without it a small message waits for the acknowledgement of the one before: 40 ms that players feel.
    let listener = listener.tap_io(|socket| {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
    });
    tokio::spawn(
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(stop.cancelled_owned())
            .into_future(),
    )
}
