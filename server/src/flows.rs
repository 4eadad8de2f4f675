//! The flow of events: the relay from the log to the streams, and the pipelines that read there.

use std::sync::Arc;

use domain::{Domain, events, pipelines};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

/// What flows in this process.
pub(crate) struct Flows {
    relay: JoinHandle<()>,
    workers: JoinSet<()>,
}

/// Starts the relay and the pipelines. They stop when `shutdown` is cancelled.
///
/// # Errors
///
/// If a pipeline's tables can't be made, or a secret that it names is not there.
pub(crate) async fn start(domain: &Domain, shutdown: &CancellationToken) -> anyhow::Result<Flows> {
    let watch: pipelines::Watch = Arc::new(|stage| tracing::trace!(?stage, "a batch goes on"));
    let workers = pipelines::work(domain, watch, shutdown.clone()).await?;
    let relay = tokio::spawn(events::relay(domain.clone(), shutdown.clone()));
    Ok(Flows { relay, workers })
}

impl Flows {
    /// Waits until all have stopped after their shutdown was requested.
    pub(crate) async fn stopped(mut self) {
        while let Some(ended) = self.workers.join_next().await {
            if ended.is_err() {
                tracing::error!("a pipeline's worker panicked");
            }
        }
        if self.relay.await.is_err() {
            tracing::error!("the relay of events panicked");
        }
    }
}
