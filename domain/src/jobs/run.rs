//! One turn of a job: from the queue's id to the row's next state.

use std::time::Duration;

use api::job::JobRequest;
use chrono::{DateTime, Utc};
use grid::JobId;
use infra::jobs::Verdict;
use store::{
    StoreError,
    events::Context,
    jobs::{JobRecord, JobState, Postponement},
};
use tokio_util::sync::CancellationToken;

use super::{
    back_up, clean_up, finish::finish, pregenerate_region, progress::Stopped, queue, request_of, roll_up,
    send_letter,
};
use crate::{Domain, Error};

/// How often a job is begun before it is given up. Interruptions by a shutdown do not count, crashes do: a job that
/// kills its server must not do so for ever.
const ATTEMPTS_MAX: u32 = 5;
/// The pause before the second attempt; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// How long to wait when even the job's row cannot be read or written.
const BLIND_PAUSE: Duration = Duration::from_secs(5);

/// What a running job works with.
pub(super) struct JobRun<'a> {
    pub(super) domain: &'a Domain,
    pub(super) job: JobId,
    pub(super) shutdown: &'a CancellationToken,
    /// When it was asked for.
    pub(super) asked_at: DateTime<Utc>,
}

/// Runs a job to its end, or as far as it gets.
pub(super) async fn run(domain: &Domain, job: JobId, shutdown: &CancellationToken) -> Verdict {
    match try_run(domain, job, shutdown).await {
        Ok(verdict) => verdict,
        Err(error) => {
            tracing::error!(job_id = %job, %error, "a job's row cannot be used; the job is offered again");
            Verdict::RunAgain { pause: BLIND_PAUSE }
        }
    }
}

async fn try_run(domain: &Domain, id: JobId, shutdown: &CancellationToken) -> Result<Verdict, StoreError> {
    let store = domain.store();
    if queue::is_paused(store).await? {
        // The queue handed this one out before its worker noticed the pause.
        return Ok(Verdict::RunAgain { pause: queue::LOOK_EVERY });
    }
    if !store::jobs::take_up(store, id, store::now()).await? {
        // Cancelled while it waited, or offered again after its end.
        return Ok(Verdict::Finished);
    }
    let Some(job) = store::jobs::find(store, id).await? else { return Ok(Verdict::Finished) };
    if job.attempts > ATTEMPTS_MAX {
        let last = job.error.as_deref().unwrap_or("the server died under it each time");
        return give_up(domain, &job, &format!("given up after {ATTEMPTS_MAX} attempts: {last}")).await;
    }
    tracing::info!(job_id = %id, kind = job.kind, attempt = job.attempts, "job begins");
    match dispatch(&JobRun { domain, job: id, shutdown, asked_at: job.created_at }, &job).await {
        Ok(()) => {
            end(domain, id, JobState::Succeeded, None).await?;
            tracing::info!(job_id = %id, kind = job.kind, "job succeeded");
            Ok(Verdict::Finished)
        }
        Err(Stopped::Cancelled) => {
            tracing::info!(job_id = %id, kind = job.kind, "job was cancelled");
            Ok(Verdict::Finished)
        }
        Err(Stopped::Interrupted) => {
            store::jobs::put_back(store, id).await?;
            Ok(Verdict::RunAgain { pause: Duration::ZERO })
        }
        Err(Stopped::Failed(error)) => fail(domain, &job, &error).await,
        Err(Stopped::Hopeless(reason)) => give_up(domain, &job, &reason).await,
        Err(Stopped::Later { pause, reason }) => {
            tracing::info!(job_id = %id, kind = job.kind, reason, "job waits");
            postpone(domain, id, &reason, pause, false).await
        }
    }
}

async fn dispatch(run: &JobRun<'_>, job: &JobRecord) -> Result<(), Stopped> {
    match request_of(job)? {
        JobRequest::PregenerateRegion { world_id, region } => {
            pregenerate_region::run(run, world_id, region).await
        }
        JobRequest::BackUp { keep } => back_up::run(run, keep).await,
        JobRequest::CleanUp { keep_days } => clean_up::run(run, keep_days).await,
        JobRequest::RollUp {} => roll_up::run(run).await,
        JobRequest::SendLetter { letter, account_id } => send_letter::run(run, letter, account_id).await,
    }
}

async fn fail(domain: &Domain, job: &JobRecord, error: &Error) -> Result<Verdict, StoreError> {
    if job.attempts >= ATTEMPTS_MAX || matches!(error, Error::NotFound(_) | Error::Invalid(_)) {
        return give_up(domain, job, &error.to_string()).await;
    }
    tracing::warn!(job_id = %job.id, kind = job.kind, attempt = job.attempts, %error, "job failed and is tried again");
    let pause = FIRST_PAUSE * 2_u32.pow(job.attempts.saturating_sub(1).min(ATTEMPTS_MAX));
    postpone(domain, job.id, &error.to_string(), pause, true).await
}

/// Lets go of the job until the pause is over: a job that waits must not keep a worker from others.
async fn postpone(
    domain: &Domain,
    job: JobId,
    reason: &str,
    pause: Duration,
    attempt_counts: bool,
) -> Result<Verdict, StoreError> {
    let postponement = Postponement { error: reason, due_at: store::now() + pause, attempt_counts };
    store::jobs::postpone(domain.store(), job, postponement).await?;
    Ok(Verdict::Finished)
}

async fn give_up(domain: &Domain, job: &JobRecord, reason: &str) -> Result<Verdict, StoreError> {
    tracing::error!(job_id = %job.id, kind = job.kind, reason, "job failed");
    end(domain, job.id, JobState::Failed, Some(reason)).await?;
    Ok(Verdict::Finished)
}

async fn end(domain: &Domain, job: JobId, state: JobState, error: Option<&str>) -> Result<(), StoreError> {
    let transaction = domain.store().begin().await?;
    finish(&transaction, job, state, error, store::now(), Context::default()).await?;
    transaction.commit().await
}
