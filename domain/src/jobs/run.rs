//! One turn of a job: from the queue's id to the row's next state.

use std::time::Duration;

use api::job::JobRequest;
use grid::JobId;
use infra::jobs::Verdict;
use store::{
    StoreError,
    events::Context,
    jobs::{JobRecord, JobState},
};
use tokio_util::sync::CancellationToken;

use super::{
    back_up, clean_up, finish::finish, pregenerate_region, progress::Stopped, queue, request_of, roll_up,
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
    match dispatch(&JobRun { domain, job: id, shutdown }, &job).await {
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
            store::jobs::put_back(store, id, None, false).await?;
            Ok(Verdict::RunAgain { pause: Duration::ZERO })
        }
        Err(Stopped::Failed(error)) => fail(domain, &job, &error).await,
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
    }
}

async fn fail(domain: &Domain, job: &JobRecord, error: &Error) -> Result<Verdict, StoreError> {
    if job.attempts >= ATTEMPTS_MAX || matches!(error, Error::NotFound(_) | Error::Invalid(_)) {
        return give_up(domain, job, &error.to_string()).await;
    }
    tracing::warn!(job_id = %job.id, kind = job.kind, attempt = job.attempts, %error, "job failed and is tried again");
    store::jobs::put_back(domain.store(), job.id, Some(&error.to_string()), true).await?;
    Ok(Verdict::RunAgain { pause: FIRST_PAUSE * 2_u32.pow(job.attempts.saturating_sub(1).min(ATTEMPTS_MAX)) })
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
