//! Asking for a job.

use api::{
    job::{JobPriority, JobRequest, JobView, StartOptions},
    right,
    role::Place,
};
use garde::Validate as _;
use grid::{AccountId, JobId};
use serde_json::Value;
use store::{
    Records, StoreError,
    jobs::{JobRecord, JobState},
};
use uuid::Uuid;

use super::{priority, view_one};
use crate::{Actor, AllowedAt, Domain, Error, audit};

/// Puts a job into the queue. Asked for again under the same key, it is the same job.
///
/// # Errors
/// [`Error::Conflict`] if the same job is under way, or another one was asked for under that key;
/// [`Error::NotFound`] if it names a world that is not there; [`Error::NotAllowedThere`].
pub async fn start(
    domain: &Domain,
    actor: &impl AllowedAt<right::RunJobs>,
    request: JobRequest,
    options: StartOptions,
) -> Result<JobView, Error> {
    request.validate()?;
    options.validate()?;
    let actor = &match place_of(&request) {
        Some(place) => actor.at(place)?,
        None => actor.everywhere()?,
    };
    let account = actor.account();
    check_subject(domain, &request).await?;
    let job = record_of(&request, &options, Some(account))?;
    let job = insert(domain, actor, job).await?;
    if job.state == JobState::Queued {
        offer(domain, &job).await;
    }
    view_one(domain, &job).await
}

/// Asks for a job of the house's own, within the transaction of what makes it needed. [`offer`] it once that is
/// committed. `None` if the same job is under way.
pub(crate) async fn ask(
    records: &impl Records,
    request: &JobRequest,
    priority: JobPriority,
) -> Result<Option<JobRecord>, Error> {
    let options = StartOptions { priority, ..StartOptions::default() };
    let job = record_of(request, &options, None)?;
    if is_under_way(records, &job).await? {
        return Ok(None);
    }
    store::jobs::insert(records, &job).await?;
    Ok(Some(job))
}

/// Puts a job into the queue whose row is there.
pub(crate) async fn offer(domain: &Domain, job: &JobRecord) {
    if let Err(error) = domain.queue().push(job.id.uuid(), job.order()).await {
        tracing::warn!(job_id = %job.id, %error, "a job could not be queued; it is tried again soon");
        // Else nobody would look at it before a worker starts, and it would keep all of its like out until then.
        if let Err(error) = store::jobs::note_not_offered(domain.store(), job.id, store::now()).await {
            tracing::error!(job_id = %job.id, %error, "a job could not be queued; it waits for the next start");
        }
    }
}

/// Where the job works, if it works in one place alone.
fn place_of(request: &JobRequest) -> Option<Place> {
    match request {
        JobRequest::PregenerateRegion { world_id, region, .. } => Some(Place::region(*world_id, *region)),
        JobRequest::BackUp { .. }
        | JobRequest::CleanUp { .. }
        | JobRequest::RollUp {}
        | JobRequest::SendLetter { .. } => None,
    }
}

pub(super) async fn check_subject(domain: &Domain, request: &JobRequest) -> Result<(), Error> {
    match request {
        JobRequest::PregenerateRegion { world_id, .. } => domain.terrain().world(*world_id).await.map(|_| ()),
        JobRequest::BackUp { .. } | JobRequest::CleanUp { .. } | JobRequest::RollUp {} => Ok(()),
        JobRequest::SendLetter { .. } => Err(Error::InvalidField {
            field: "kind",
            message: "must be another one: letters are sent by what they tell of".to_owned(),
        }),
    }
}

/// A new job's row.
pub(super) fn record_of(
    request: &JobRequest,
    options: &StartOptions,
    requested_by: Option<AccountId>,
) -> Result<JobRecord, Error> {
    Ok(JobRecord {
        id: JobId::from_uuid(Uuid::now_v7()),
        kind: request.kind().to_owned(),
        arguments: arguments_of(request)?,
        state: JobState::Queued,
        progress_done: 0,
        progress_total: 0,
        message: None,
        error: None,
        attempts: 0,
        priority: priority::number_of(options.priority),
        idempotency_key: options.idempotency_key.clone(),
        retries: 0,
        requested_by,
        created_at: store::now(),
        started_at: None,
        finished_at: None,
        due_at: None,
        turn: 0,
    })
}

pub(super) fn arguments_of(request: &JobRequest) -> Result<Value, Error> {
    serde_json::to_value(request)
        .map_err(|error| Error::Internal(format!("a job's arguments do not become JSON: {error}")))
}

/// Whether a job that does the same waits or runs.
pub(super) async fn is_under_way(records: &impl Records, job: &JobRecord) -> Result<bool, StoreError> {
    let open = store::jobs::list_open_of(records, &job.kind).await?;
    Ok(open.iter().any(|other| other.arguments == job.arguments))
}

async fn insert(domain: &Domain, actor: &Actor, job: JobRecord) -> Result<JobRecord, Error> {
    let transaction = domain.store().begin().await?;
    if let Some(key) = &job.idempotency_key
        && let Some(before) = store::jobs::find_by_key(&transaction, key).await?
    {
        if before.arguments == job.arguments {
            return Ok(before);
        }
        return Err(Error::Conflict("another job was asked for under this idempotency key".to_owned()));
    }
    if is_under_way(&transaction, &job).await? {
        return Err(Error::Conflict("the same job is under way already".to_owned()));
    }
    store::jobs::insert(&transaction, &job).await?;
    audit::note(&transaction, actor, "job.start", format!("job {}", job.id), job.arguments.clone()).await?;
    transaction.commit().await?;
    Ok(job)
}
