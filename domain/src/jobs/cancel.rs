//! Stopping a job.

use api::{job::JobView, right};
use grid::JobId;
use serde_json::json;
use store::{events::Context, jobs::JobState};

use super::{finish::finish, view_one};
use crate::{Allowed, Domain, Error, audit};

/// Stops a job at its next step. What it has done stays.
///
/// # Errors
/// [`Error::NotFound`] if there is no such job, [`Error::Conflict`] if it has ended.
pub async fn cancel(
    domain: &Domain,
    actor: &Allowed<right::CancelJobs>,
    job: JobId,
) -> Result<JobView, Error> {
    let transaction = domain.store().begin().await?;
    if store::jobs::find(&transaction, job).await?.is_none() {
        return Err(Error::NotFound("job"));
    }
    let context =
        Context { correlation: Some(actor.arrival.request_id), actor: actor.account, ..Context::default() };
    if !finish(&transaction, job, JobState::Cancelled, None, store::now(), context).await? {
        return Err(Error::Conflict("the job has ended already".to_owned()));
    }
    audit::note(&transaction, actor, "job.cancel", format!("job {job}"), json!({})).await?;
    transaction.commit().await?;
    let job = store::jobs::find(domain.store(), job).await?.ok_or(Error::NotFound("job"))?;
    view_one(domain, &job).await
}
