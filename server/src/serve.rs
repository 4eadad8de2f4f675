//! The two listeners: the public one for people and players, the operations one for machines.

use std::{
    future::{Ready, ready},
    io,
    net::SocketAddr,
    time::Duration,
};

use axum::Router;
use axum_server::{Handle, Server, accept::Accept};
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

/// How long a peer may leave unread what was sent to it, before the connection counts as dead.
const UNREAD_MAX: Duration = Duration::from_mins(2);

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

/// Answers requests until `stop`, then finishes those at work. Who opens a connection and doesn't send a request's head within
/// `head_timeout`, the first or a further one, is hung up on.
pub(crate) fn serve(
    listener: TcpListener,
    router: Router,
    head_timeout: Duration,
    stop: CancellationToken,
) -> JoinHandle<io::Result<()>> {
    let handle = Handle::<SocketAddr>::new();
    let mut server = Server::from_listener(listener)
        .handle(handle.clone())
        .acceptor(Tuned)
        .first_request_timeout(head_timeout)
        .accept_error_handler(|peer, error| tracing::warn!(?peer, %error, "a connection was not taken"));
    server.http_builder().http1().header_read_timeout(head_timeout);
    server.http_builder().http2().keep_alive_interval(head_timeout);
    tokio::spawn(async move {
        let serving = server.serve(router.into_make_service_with_connect_info::<SocketAddr>());
        tokio::pin!(serving);
        tokio::select! {
            ended = &mut serving => return ended,
            () = stop.cancelled_owned() => handle.graceful_shutdown(None),
        }
        serving.await
    })
}

/// Takes connections with [`tune`]d sockets.
#[derive(Clone, Copy)]
struct Tuned;

impl<S> Accept<TcpStream, S> for Tuned {
    type Stream = TcpStream;
    type Service = S;
    type Future = Ready<io::Result<(TcpStream, S)>>;

    fn accept(&self, socket: TcpStream, service: S) -> Self::Future {
        if let Err(error) = tune(&socket) {
            tracing::debug!(%error, "a connection keeps the system's settings");
        }
        ready(Ok((socket, service)))
    }
}

/// Live connections: what is said arrives at once, and who does not listen is noticed.
fn tune(socket: &TcpStream) -> io::Result<()> {
    // With Nagle's algorithm a small message waits for the acknowledgement of the one before: 40 ms that players feel.
    socket.set_nodelay(true)?;
    let socket = SockRef::from(socket);
    socket.set_tcp_user_timeout(Some(UNREAD_MAX))?;
    socket.set_tcp_notsent_lowat(UNSENT_BYTES_MAX)
}
