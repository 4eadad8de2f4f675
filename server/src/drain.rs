//! The end: told by a signal, in the reverse order of the start, within a bounded time.
//!
//! 1. `/health/ready` says no, so that nobody is sent here any more.
//! 2. No new connections. Sockets are told goodbye: players may resume elsewhere, dashboards come back by themselves.
//! 3. Requests at work are finished.
//! 4. The region stops: its players are saved.
//! 5. The jobs' worker, the relay of events and the pipelines stop; what they had begun is taken up by the next start.
//! 6. The queue and the database are closed, and at the very last the operations address.
//!
//! What takes longer than its time is left behind with a line in the log. A second signal ends the program at once.

use std::{process, time::Duration};

use anyhow::Context as _;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::timeout,
};

use crate::wire::Running;

/// How long each part may take that does not wait for people.
const PART_LIMIT: Duration = Duration::from_secs(5);
/// Exit code of a stop that was not waited for, as shells count it for an interrupt.
const FORCED: i32 = 130;

/// Serves until a signal comes, then ends in good order.
///
/// # Errors
///
/// If a listener fails, or no signals can be listened for.
pub(crate) async fn until_told(mut running: Running) -> anyhow::Result<()> {
    let mut signals = Signals::listen().context("signals can't be listened for")?;
    tokio::select! {
        name = signals.next() => tracing::info!(signal = name, "stopping; a second signal stops at once"),
        ended = &mut running.public => ended.context("the public listener panicked")?.context("the public listener failed")?,
        ended = &mut running.ops => ended.context("the operations listener panicked")?.context("the operations listener failed")?,
    }
    tokio::spawn(async move {
        let name = signals.next().await;
        tracing::warn!(signal = name, "stopped at once");
        #[expect(clippy::disallowed_methods, reason = "a second signal asks not to wait for anything")]
        process::exit(FORCED);
    });
    drain(running).await;
    Ok(())
}

async fn drain(running: Running) {
    let Running {
        domain,
        gateway,
        observatory,
        region,
        worker,
        flows,
        queue,
        store,
        public,
        ops,
        stop,
        drain_limit,
    } = running;
    domain.health().begin_draining();
    stop.sockets.cancel();
    stop.public.cancel();
    tokio::join!(
        within(drain_limit, "players' sockets", gateway.drained()),
        within(drain_limit, "dashboards' sockets", observatory.drained()),
        within(drain_limit, "requests", async {
            if let Err(error) = public.await {
                tracing::error!(%error, "the public listener panicked");
            }
        }),
    );
    within(PART_LIMIT, "the region", region.stop()).await;
    stop.worker.cancel();
    within(PART_LIMIT, "the jobs' worker", worker.stopped()).await;
    within(PART_LIMIT, "the pipelines", flows.stopped()).await;
    stop.background.cancel();
    within(PART_LIMIT, "the queue of jobs", queue.close()).await;
    within(PART_LIMIT, "the database", async {
        if let Err(error) = store.close().await {
            tracing::error!(%error, "the database was not closed in good order");
        }
    })
    .await;
    stop.ops.cancel();
    within(Duration::from_secs(1), "the operations listener", async {
        let _ = ops.await;
    })
    .await;
    tracing::info!("stopped");
}

async fn within(limit: Duration, part: &str, ending: impl Future<Output = ()>) {
    if timeout(limit, ending).await.is_err() {
        tracing::warn!(part, limit_s = limit.as_secs(), "did not stop in time and is left behind");
    }
}

/// What an operator, a container engine or a terminal sends.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}
