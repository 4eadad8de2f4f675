//! The queue as a whole: how it stands, and letting it stand still.

use std::time::Duration;

use api::{job::QueueView, right};
use serde_json::json;
use store::{Records, StoreError, jobs::JobState};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{
    Allowed, Domain, Error,
    audit::{self, Alteration},
};

/// The one queue that there is so far.
const QUEUE: &str = "jobs";
/// How soon a worker of another process notices a pause.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How the queue stands.
///
/// # Errors
/// The database failed.
pub async fn queue(domain: &Domain, _: &Allowed<right::ViewJobs>) -> Result<QueueView, Error> {
    view(domain).await
}

/// Lets the queue stand still, or go on. A job that runs stops at its next step and goes on after the pause; the try
/// does not count.
///
/// # Errors
/// [`Error::Conflict`] if it stands as is wished.
pub async fn pause_queue(
    domain: &Domain,
    actor: &Allowed<right::RunJobs>,
    pause: bool,
) -> Result<QueueView, Error> {
    let transaction = domain.store().begin().await?;
    let was_paused = is_paused(&transaction).await?;
    if was_paused == pause {
        let how = if pause { "the queue stands still already" } else { "the queue does not stand still" };
        return Err(Error::Conflict(how.to_owned()));
    }
    store::job_queues::set_paused(&transaction, QUEUE, pause.then(store::now)).await?;
    let action = if pause { "jobs.pause" } else { "jobs.resume" };
    let done = Alteration {
        action,
        subject: format!("queue {QUEUE}"),
        details: json!({}),
        before: json!({ "paused": was_paused }),
        after: json!({ "paused": pause }),
    };
    audit::alteration(&transaction, actor, done).await?;
    transaction.commit().await?;
    view(domain).await
}

async fn view(domain: &Domain) -> Result<QueueView, Error> {
    let store = domain.store();
    Ok(QueueView {
        paused_at: store::job_queues::paused_at(store, QUEUE).await?,
        queued: store::jobs::count(store, JobState::Queued).await?,
        running: store::jobs::count(store, JobState::Running).await?,
    })
}

/// Whether the queue stands still at this moment.
pub(super) async fn is_paused(records: &impl Records) -> Result<bool, StoreError> {
    Ok(store::job_queues::paused_at(records, QUEUE).await?.is_some())
}

/// Tells whether the queue stands still, to whoever works on it, until `shutdown` is cancelled.
pub(super) async fn watch_pause(
    domain: &Domain,
    shutdown: CancellationToken,
) -> Result<watch::Receiver<bool>, Error> {
    let (sender, receiver) = watch::channel(is_paused(domain.store()).await?);
    let store = domain.store().clone();
    tokio::spawn(async move {
        let mut look = interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = look.tick() => {}
                () = shutdown.cancelled() => return,
            }
            // While the database does not answer, things stay as they are.
            if let Ok(is_paused) = is_paused(&store).await {
                sender.send_if_modified(|paused| std::mem::replace(paused, is_paused) != is_paused);
            }
        }
    });
    Ok(receiver)
}
