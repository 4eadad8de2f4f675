//! Hot swap: another driver takes a node's seat while everyone goes on.
//!
//! The order is always the same: build → probe → move what has to come along → switch → probe again → drain → close. Up
//! to the switch the old driver serves, whatever fails. The switch and the last check happen while the gate is closed,
//! for [`GATE_LIMIT`] unless the machine is too busy; if the new driver does not answer there, the old one is back before anyone has noticed.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout, timeout_at},
};

mod blobs;
mod cache;
mod events;
mod jobs;
mod limits;
mod sessions;
#[cfg(test)]
mod tests;

pub(crate) use self::events::StreamMove;
pub use self::{cache::CacheSeat, limits::LimiterSeat, sessions::SessionSeat};
use crate::node::{
    Kind, Node, NodeError,
    seat::{Closed, Seat},
};

/// How long the gate may be closed before it is tried again: a frame is late then, and nobody notices.
pub(crate) const GATE_LIMIT: Duration = Duration::from_millis(40);
/// How long those who have passed the gate may take before it is tried again.
const GATE_WAIT: Duration = Duration::from_millis(25);
/// How often the gate is tried.
const GATE_TRIES: u32 = 20;
/// How long calls to a driver that is ill may take before the gate is closed behind them.
const ILL_GATE_WAIT: Duration = Duration::from_secs(5);
/// How long the last users of an old driver may take.
const DRAIN_LIMIT: Duration = Duration::from_secs(5);
/// How long the old driver may take to let go.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// What becomes of what the old driver keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It comes along.
    Move,
    /// It stays where it is.
    Leave,
}

impl State {
    /// What becomes of the state of a kind if nobody says otherwise.
    #[must_use]
    pub const fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Cache | Kind::RateLimiter => Self::Leave,
            _ => Self::Move,
        }
    }
}

/// Where a swap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// Nothing was done yet.
    #[default]
    Validate,
    /// The new driver is being made.
    Build,
    /// The new driver is asked for a little of its work.
    Probe,
    /// State goes to the new driver while the old one serves.
    Move,
    /// The gate is closed.
    Switch,
    /// The old driver's last calls come to their end.
    Drain,
    /// The old driver lets go of what it has.
    Close,
}

impl Step {
    /// Its name on the wire and in the history.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Validate => "validate",
            Self::Build => "build",
            Self::Probe => "probe",
            Self::Move => "move",
            Self::Switch => "switch",
            Self::Drain => "drain",
            Self::Close => "close",
        }
    }
}

/// Tells whoever watches where a swap stands.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<watch::Sender<Step>>);

impl Progress {
    /// Where the swap stands now.
    #[must_use]
    pub fn step(&self) -> Step {
        *self.0.borrow()
    }

    pub(crate) fn reached(&self, step: Step) {
        self.0.send_replace(step);
    }
}

/// Why a swap did not happen. The old driver serves as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at step `{}`: {reason}", step.name())]
pub struct SwapFailure {
    /// Where it ended.
    pub step: Step,
    /// What was wrong.
    pub reason: NodeError,
    /// Whether the new driver had the seat for a moment.
    pub was_rolled_back: bool,
}

/// What a swap did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swapped {
    /// What came along, by name: entries, sessions.
    pub moved: BTreeMap<&'static str, u64>,
    /// How long callers waited at the gate, at most, in microseconds.
    pub pause_us: u64,
    /// What people should know.
    pub notes: Vec<String>,
}

/// A seat whose driver can be exchanged.
#[async_trait]
pub(crate) trait Exchange: Send + Sync {
    type Driver: Node + ?Sized;

    fn seat(&self) -> &Seat<Self::Driver>;

    /// Whoever has the seat, as a node like any other.
    fn node(&self) -> Arc<dyn Node>;

    /// Seats the first driver, before anybody has called.
    fn begin(&self, driver: Arc<Self::Driver>) {
        self.seat().replace(driver);
    }

    /// `next` is about to take the seat, and state is about to move.
    fn expect(&self, _next: &Arc<Self::Driver>) {}

    /// Gets `next` ready, while the old driver serves. May be called again.
    async fn prepare(&self, _next: &Self::Driver) -> Result<(), NodeError> {
        Ok(())
    }

    /// Takes back from `next` what was moved there: it will be tried anew, or not at all.
    async fn abandon(&self, _next: &Self::Driver) -> Result<(), NodeError> {
        Ok(())
    }

    /// Moves to `next` what can be moved while the old driver serves.
    async fn move_ahead(&self, old: &Self::Driver, next: &Self::Driver) -> Result<(), NodeError>;

    /// Moves the rest, while the gate is closed. After it the switch follows at once.
    async fn move_rest(&self, old: &Self::Driver, next: &Self::Driver, state: State)
    -> Result<(), NodeError>;

    /// The seat has changed hands; the gate is closed still.
    fn seated(&self, old: &Self::Driver, next: &Self::Driver);

    /// The old driver has left the seat and nobody asks it any more: what came along is not to be found there again, and
    /// what can only go stale is dropped.
    async fn leave(&self, _old: &Self::Driver, _state: State) -> Result<(), NodeError> {
        Ok(())
    }

    /// Forgets what was begun, and says what was moved if the switch has happened.
    fn finish(&self) -> BTreeMap<&'static str, u64>;
}

/// Whichever driver has the seat, as callers hold it.
#[derive(Debug)]
pub(crate) struct Seated<X>(pub(crate) X);

#[async_trait]
impl<X: Exchange + fmt::Debug> Node for Seated<X>
where
    X::Driver: 'static,
{
    fn driver(&self) -> &'static str {
        self.0.seat().present().driver()
    }

    fn place(&self) -> String {
        self.0.seat().present().place()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.0.seat().present().probe().await
    }

    fn figures(&self) -> Vec<(&'static str, u64)> {
        self.0.seat().present().figures()
    }
}

/// Puts `next` into the seat.
pub(crate) async fn exchange<X: Exchange>(
    exchange: &X,
    next: Arc<X::Driver>,
    state: State,
    progress: &Progress,
) -> Result<Swapped, SwapFailure> {
    match take_seat(exchange, &next, state, progress).await {
        Ok((old, mut swapped, state)) => {
            drained(&old, progress, &mut swapped).await;
            if let Some(state) = state
                && let Err(error) = exchange.leave(&old, state).await
            {
                swapped.notes.push(format!("{} could not be tidied up: {error}", old.place()));
            }
            swapped.moved = exchange.finish();
            close(&*old, progress, &mut swapped).await;
            Ok(swapped)
        }
        Err(failure) => {
            if let Ok(Err(error)) = timeout(CLOSE_LIMIT, exchange.abandon(&next)).await {
                tracing::warn!(%error, "what was copied to the new driver is left there");
            }
            exchange.finish();
            let _ = timeout(CLOSE_LIMIT, next.close()).await;
            Err(failure)
        }
    }
}

async fn take_seat<X: Exchange>(
    exchange: &X,
    next: &Arc<X::Driver>,
    state: State,
    progress: &Progress,
) -> Result<(Arc<X::Driver>, Swapped, Option<State>), SwapFailure> {
    let failed = |step: Step| move |reason: NodeError| SwapFailure { step, reason, was_rolled_back: false };
    progress.reached(Step::Probe);
    next.probe().await.map_err(failed(Step::Probe))?;
    let old = exchange.seat().present();
    let mut swapped = Swapped::default();
    // Two drivers over the same place see the same state: a copy of it would double everything.
    let is_elsewhere = (old.driver(), old.place()) != (next.driver(), next.place());
    let state = if is_elsewhere { state } else { State::Leave };
    let is_well = old.probe().await.is_ok();
    progress.reached(Step::Move);
    if state == State::Move {
        exchange.expect(next);
    } else if is_elsewhere {
        swapped.notes.push(format!("what {} keeps stays there", old.place()));
    }
    for attempt in 0..GATE_TRIES {
        exchange.prepare(next).await.map_err(failed(Step::Move))?;
        if state == State::Move {
            exchange.move_ahead(&old, next).await.map_err(failed(Step::Move))?;
        }
        progress.reached(Step::Switch);
        let Some(gate) = close_gate(exchange.seat(), is_well).await else {
            // Let those who wait behind us pass before the next try.
            sleep(GATE_WAIT).await;
            continue;
        };
        let until = Instant::now() + gate_limit(attempt);
        match timeout_at(until, exchange.move_rest(&old, next, state)).await {
            Ok(Ok(())) => match seat_checked(exchange, &old, next, &gate, until).await {
                Ok(true) => {
                    swapped.pause_us = u64::try_from(gate.elapsed().as_micros()).unwrap_or(u64::MAX);
                    return Ok((old, swapped, is_elsewhere.then_some(state)));
                }
                Ok(false) => {
                    drop(gate);
                    exchange.abandon(next).await.map_err(failed(Step::Switch))?;
                }
                Err(reason) => {
                    return Err(SwapFailure { step: Step::Switch, reason, was_rolled_back: true });
                }
            },
            Ok(Err(reason)) => return Err(failed(Step::Switch)(reason)),
            Err(_) => {
                drop(gate);
                // Nobody knows how far it got.
                exchange.abandon(next).await.map_err(failed(Step::Switch))?;
            }
        }
    }
    Err(failed(Step::Switch)(gate_timed_out(next.place())))
}

/// How long the gate may be closed: a machine that is too busy for the usual limit is given more, rather than no swap.
fn gate_limit(attempt: u32) -> Duration {
    let doublings = attempt.saturating_sub(GATE_TRIES / 2).min(5);
    GATE_LIMIT * 2_u32.pow(doublings)
}

/// Seats `next`, and takes it back if it does not answer. `false` if it took too long, and may be tried again.
async fn seat_checked<X: Exchange>(
    exchange: &X,
    old: &Arc<X::Driver>,
    next: &Arc<X::Driver>,
    gate: &Closed<'_>,
    until: Instant,
) -> Result<bool, NodeError> {
    exchange.seat().replace(Arc::clone(next));
    exchange.seated(old, next);
    let checked = timeout_at(until, next.probe()).await;
    if matches!(checked, Ok(Ok(()))) {
        return Ok(true);
    }
    exchange.seat().replace(Arc::clone(old));
    exchange.seated(next, old);
    match checked {
        Ok(Err(reason)) => {
            tracing::warn!(%reason, held_ms = gate.elapsed().as_millis(), "a swap was rolled back");
            Err(reason)
        }
        _ => Ok(false),
    }
}

fn gate_timed_out(place: String) -> NodeError {
    NodeError::TimedOut { place, limit_ms: u64::try_from(GATE_LIMIT.as_millis()).unwrap_or(u64::MAX) }
}

async fn close_gate<T: ?Sized>(seat: &Seat<T>, is_well: bool) -> Option<Closed<'_>> {
    // Calls to a driver that does not answer hold the gate until they give up; nothing is lost by waiting for them,
    // since nobody is served anyway.
    seat.close_within(if is_well { GATE_WAIT } else { ILL_GATE_WAIT }).await
}

/// Waits for the last users of an old driver.
async fn drained<T: Node + ?Sized>(old: &Arc<T>, progress: &Progress, swapped: &mut Swapped) {
    progress.reached(Step::Drain);
    let unused = async {
        while Arc::strong_count(old) > 1 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    if timeout(DRAIN_LIMIT, unused).await.is_err() {
        swapped.notes.push(format!("{} was closed while somebody used it", old.place()));
    }
}

async fn close<T: Node + ?Sized>(old: &T, progress: &Progress, swapped: &mut Swapped) {
    progress.reached(Step::Close);
    if timeout(CLOSE_LIMIT, old.close()).await.is_err() {
        swapped.notes.push(format!("{} did not let go in time", old.place()));
    }
}
