//! `/ws/observe`: the dashboard's live view.
//!
//! The socket belongs to a cookie session and to a page of ours: a browser sends cookies to a socket whoever opens it,
//! so `Origin` is checked here. What is sent is always the newest: figures and entities are asked for when the socket
//! is free to take them, so a slow reader skips, and never makes a queue.

use std::{sync::Arc, time::Duration};

use api::{
    ProblemKind,
    observe::{ObserveMessage, ObserveRequest},
    right::ObserveGame,
};
use axum::{
    Router,
    extract::{
        FromRef, State,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code},
    },
    response::Response,
    routing::get,
};
use domain::{Allowed, Domain, Error, authority::Change};
use http::HeaderMap;
use metrics::gauge;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

use crate::{
    config::ObserveSettings,
    edge::{AllowedOrigins, Refusal},
    extract::Viewer,
    observing::names,
};

/// How often it is looked whether the viewer may still watch.
const RECHECK_EVERY: Duration = Duration::from_secs(1);
/// The dashboard sends a word now and then.
const REQUEST_BYTES_MAX: usize = 1_024;
/// What the socket reads at all. A message between the two limits is answered with a reason; a larger one is not even
/// read to its end.
const MESSAGE_BYTES_MAX: usize = 64 * 1_024;
/// Room for the entities of a full region; beyond it the socket is closed.
const WRITE_BUFFER_BYTES_MAX: usize = 8 * 1_024 * 1_024;
/// A reader that takes nothing for so long is gone.
const SEND_LIMIT: Duration = Duration::from_secs(10);
/// How long the other side may take to answer our close.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);
/// Time to read our close frame before the connection goes, for those who still send.
const CLOSE_GRACE: Duration = Duration::from_millis(100);
/// The viewer's rights ended; RFC 6455 leaves codes from 4000 on to programs.
const NO_LONGER_ALLOWED: u16 = 4_403;

/// What the socket needs.
#[derive(Clone)]
pub(crate) struct Observatory {
    domain: Domain,
    origins: AllowedOrigins,
    seats: Arc<Semaphore>,
    figures_every: Duration,
    entities_every: Duration,
    stop: CancellationToken,
    open: TaskTracker,
}

impl FromRef<Observatory> for Domain {
    fn from_ref(observatory: &Observatory) -> Self {
        observatory.domain.clone()
    }
}

impl Observatory {
    /// An observatory that closes its sockets on `stop`.
    pub(crate) fn new(
        domain: Domain,
        origins: AllowedOrigins,
        settings: &ObserveSettings,
        stop: CancellationToken,
    ) -> Self {
        Self {
            domain,
            origins,
            seats: Arc::new(Semaphore::new(settings.sockets_max)),
            figures_every: Duration::from_millis(settings.figures_every_ms),
            entities_every: Duration::from_millis(settings.entities_every_ms),
            stop,
            open: TaskTracker::new(),
        }
    }

    /// Whose pages may open the socket.
    pub(crate) const fn origins(&self) -> &AllowedOrigins {
        &self.origins
    }

    /// Waits until all sockets are closed. Cancel `stop` first.
    pub(crate) async fn drained(&self) {
        self.open.close();
        self.open.wait().await;
    }
}

/// The socket's route.
pub(crate) fn router(observatory: Observatory) -> Router {
    Router::new().route("/ws/observe", get(observe)).with_state(observatory)
}

async fn observe(
    State(observatory): State<Observatory>,
    headers: HeaderMap,
    viewer: Result<Viewer, Refusal>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    if !observatory.origins.admit(&headers) {
        return Err(Refusal::new(
            ProblemKind::Forbidden,
            "only the dashboard's own pages may open this socket",
        ));
    }
    let Viewer(actor) = viewer?;
    // Before the upgrade, so that a refusal is an HTTP answer that says why.
    let actor = actor.allow()?;
    let Ok(permit) = Arc::clone(&observatory.seats).try_acquire_owned() else {
        return Err(Refusal::new(
            ProblemKind::Unavailable,
            "as many dashboards are open as this server allows",
        ));
    };
    let seat = Seat::take(permit, observatory.open.token());
    Ok(upgrade
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .read_buffer_size(4 * 1_024)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .on_upgrade(
            move |socket| async move { View { observatory, actor, socket, _seat: seat }.run().await },
        ))
}

/// One open dashboard.
struct View {
    observatory: Observatory,
    actor: Allowed<ObserveGame>,
    socket: WebSocket,
    _seat: Seat,
}

/// Why a view ends from our side.
struct Ending {
    code: u16,
    reason: String,
}

impl View {
    async fn run(mut self) {
        let Some(ending) = self.watch().await else { return };
        let frame = CloseFrame { code: ending.code, reason: Utf8Bytes::from(ending.reason) };
        let closing = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                // The other side's close frame comes last; to stop before it would cut ours off.
                while let Some(Ok(_)) = self.socket.recv().await {}
                tokio::time::sleep(CLOSE_GRACE).await;
            }
        };
        // Whoever does not answer is cut off.
        let _ = timeout(CLOSE_LIMIT, closing).await;
    }

    /// Sends and listens until the view is over; `None` if the other side ended it.
    async fn watch(&mut self) -> Option<Ending> {
        let mut figures = interval(self.observatory.figures_every);
        let mut entities = interval(self.observatory.entities_every);
        figures.set_missed_tick_behavior(MissedTickBehavior::Skip);
        entities.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut recheck = interval(RECHECK_EVERY);
        recheck.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut watches_entities = false;
        let mut shown = 0;
        let stop = self.observatory.stop.clone();
        let mut changes = self.observatory.domain.standing_changes();
        loop {
            let message = tokio::select! {
                () = stop.cancelled() => {
                    return Some(Ending { code: close_code::AWAY, reason: "the server stops".to_owned() });
                }
                received = self.socket.recv() => match received?.map_err(|_| unreadable()).and_then(understand) {
                    Ok(Some(ObserveRequest::WatchEntities { watch })) => {
                        (watches_entities, shown) = (watch, 0);
                        continue;
                    }
                    Ok(None) => continue,
                    Err(ending) => return Some(ending),
                },
                changed = changes.recv() => match self.look_again(changed.unwrap_or(Change::Unknown)).await {
                    Ok(()) => continue,
                    Err(ending) => return Some(ending),
                },
                // What is given for a time ends by itself, and nobody tells.
                _ = recheck.tick() => match self.look_again(Change::Unknown).await {
                    Ok(()) => continue,
                    Err(ending) => return Some(ending),
                },
                _ = figures.tick() => Ok(ObserveMessage::Figures(domain::figures::read(&self.observatory.domain, &self.actor))),
                _ = entities.tick(), if watches_entities => domain::entities::observe(&self.observatory.domain, &self.actor, &mut shown).map_err(ended_by),
            };
            match message {
                Ok(message) => self.send(&message).await?,
                Err(ending) => return Some(ending),
            }
        }
    }

    /// Finds out whether the viewer may still watch, when something may have changed about the account.
    async fn look_again(&mut self, change: Change) -> Result<(), Ending> {
        if !change.concerns(self.actor.account()) {
            return Ok(());
        }
        match domain::authority::recheck(&self.observatory.domain, &self.actor).await {
            Ok(actor) => self.actor = actor,
            Err(error @ (Error::Unauthenticated | Error::Forbidden)) => return Err(ended_by(error)),
            // Who can't be asked about now is asked about again.
            Err(error) => tracing::debug!(%error, "a viewer's rights could not be looked up"),
        }
        Ok(())
    }

    async fn send(&mut self, message: &ObserveMessage) -> Option<()> {
        let text = serde_json::to_string(message).expect("a message has string keys only");
        timeout(SEND_LIMIT, self.socket.send(Message::text(text))).await.ok()?.ok()
    }
}

/// What a message asks for; nothing if it is one of the protocol's own.
fn understand(message: Message) -> Result<Option<ObserveRequest>, Ending> {
    match message {
        Message::Text(text) if text.len() > REQUEST_BYTES_MAX => Err(too_large()),
        Message::Text(text) => serde_json::from_str(&text).map(Some).map_err(|error| {
            let mut reason = format!("not understood: {error}");
            // A close frame has 125 bytes, two of them for the code.
            reason.truncate(reason.floor_char_boundary(120));
            Ending { code: close_code::INVALID, reason }
        }),
        Message::Binary(_) => {
            Err(Ending { code: close_code::UNSUPPORTED, reason: "this socket speaks text".to_owned() })
        }
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(None),
    }
}

fn too_large() -> Ending {
    Ending { code: close_code::SIZE, reason: format!("longer than {REQUEST_BYTES_MAX} bytes") }
}

/// The protocol was broken, or a message was too large to read. If the other side is gone, nobody hears this.
fn unreadable() -> Ending {
    Ending {
        code: close_code::PROTOCOL,
        reason: format!("unreadable, or longer than {MESSAGE_BYTES_MAX} bytes"),
    }
}

fn ended_by(error: Error) -> Ending {
    let problem = api::Problem::from(error);
    match problem.kind {
        ProblemKind::Unauthenticated | ProblemKind::Forbidden => {
            Ending { code: NO_LONGER_ALLOWED, reason: problem.title }
        }
        _ => Ending { code: close_code::ERROR, reason: problem.title },
    }
}

/// A place among the open dashboards, counted.
struct Seat {
    _permit: OwnedSemaphorePermit,
    _open: TaskTrackerToken,
}

impl Seat {
    fn take(permit: OwnedSemaphorePermit, open: TaskTrackerToken) -> Self {
        gauge!(names::OBSERVE_SOCKETS).increment(1);
        Self { _permit: permit, _open: open }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        gauge!(names::OBSERVE_SOCKETS).decrement(1);
    }
}
