//! Stopping a job.

use api::{job::JobView, right};
use grid::JobId;
use store::{events::Context, jobs::JobState};

use super::{finish::finish, turn, view_one};
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
    let was = store::jobs::find(&transaction, job).await?.ok_or(Error::NotFound("job"))?.state;
    let context =
        Context { correlation: Some(actor.arrival.request_id), actor: actor.account, ..Context::default() };
    if !finish(&transaction, job, JobState::Cancelled, None, store::now(), context).await? {
        return Err(Error::Conflict("the job has ended already".to_owned()));
    }
    audit::alteration(&transaction, actor, turn("job.cancel", job, was, JobState::Cancelled)).await?;
    transaction.commit().await?;
    let job = store::jobs::find(domain.store(), job).await?.ok_or(Error::NotFound("job"))?;
    view_one(domain, &job).await
}
