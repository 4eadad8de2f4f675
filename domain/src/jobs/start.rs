//! Asking for a job.

use api::{
    Permission,
    job::{JobRequest, JobView},
};
use garde::Validate as _;
use grid::JobId;
use serde_json::Value;
use store::jobs::{JobRecord, JobState};
use uuid::Uuid;

use super::{kind_of, view_one};
use crate::{Actor, Domain, Error, audit};

/// Puts a job into the queue.
///
/// # Errors
/// [`Error::Conflict`] if the same job is under way; [`Error::NotFound`] if it names a world that is not there.
pub async fn start(domain: &Domain, actor: &Actor, request: JobRequest) -> Result<JobView, Error> {
    let account = actor.require(Permission::RunJobs)?;
    request.validate()?;
    check_subject(domain, &request).await?;
    let arguments = serde_json::to_value(&request)
        .map_err(|error| Error::Internal(format!("a job's arguments do not become JSON: {error}")))?;
    let job = JobRecord {
        id: JobId::from_uuid(Uuid::now_v7()),
        kind: kind_of(&request).to_owned(),
        arguments,
        state: JobState::Queued,
        progress_done: 0,
        progress_total: 0,
        message: None,
        error: None,
        attempts: 0,
        requested_by: Some(account),
        created_at: store::now(),
        started_at: None,
        finished_at: None,
    };
    insert(domain, actor, &job).await?;
    if let Err(error) = domain.queue().push(job.id.uuid()).await {
        // The row is there, so the job is not lost: a worker that starts puts all open jobs into the queue again.
        tracing::warn!(job_id = %job.id, %error, "a job could not be queued; it waits for the next start");
    }
    view_one(domain, &job).await
}

async fn check_subject(domain: &Domain, request: &JobRequest) -> Result<(), Error> {
    match request {
        JobRequest::PregenerateRegion { world_id, .. } => domain.terrain().world(*world_id).await.map(|_| ()),
    }
}

async fn insert(domain: &Domain, actor: &Actor, job: &JobRecord) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    let open = store::jobs::list_open(&transaction).await?;
    if open.iter().any(|other| other.arguments == job.arguments) {
        return Err(Error::Conflict("the same job is under way already".to_owned()));
    }
    store::jobs::insert(&transaction, job).await?;
    let details: Value = job.arguments.clone();
    audit::note(&transaction, actor, "job.start", format!("job {}", job.id), details).await?;
    Ok(transaction.commit().await?)
}
