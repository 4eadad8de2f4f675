//! Jobs that wait for a moment come into the queue when it has come.
//!
//! Every worker looks. The queue takes a job once for each turn, so it does no harm if several find the same one.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{Domain, Error};

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Jobs that one look brings into the queue; the next look is soon.
const OFFERED_MAX: u64 = 200;

/// Looks for jobs that are due until `shutdown` is cancelled.
pub(super) async fn watch(domain: Domain, shutdown: CancellationToken) {
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            () = shutdown.cancelled() => return,
        }
        if let Err(error) = offer_due(&domain).await {
            tracing::warn!(%error, "postponed jobs can't be put into the queue; looking again soon");
        }
    }
}

async fn offer_due(domain: &Domain) -> Result<(), Error> {
    for job in store::jobs::list_due(domain.store(), store::now(), OFFERED_MAX).await? {
        domain.queue().push(job.id.uuid(), job.order()).await?;
        store::jobs::note_offered(domain.store(), job.id, job.turn).await?;
    }
    Ok(())
}
