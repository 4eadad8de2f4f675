//! Trying a job again that has ended badly.

use api::{job::JobView, right};
use grid::JobId;
use store::jobs::JobState;

use super::{offer, turn, view_one};
use crate::{Allowed, Domain, Error, audit};

/// Lets a job that failed or was cancelled wait for a worker once more. It goes on where it was.
///
/// # Errors
/// [`Error::NotFound`] if there is no such job, [`Error::Conflict`] if it did not fail and was not cancelled.
pub async fn retry(domain: &Domain, actor: &Allowed<right::RunJobs>, id: JobId) -> Result<JobView, Error> {
    let transaction = domain.store().begin().await?;
    let was = store::jobs::find(&transaction, id).await?.ok_or(Error::NotFound("job"))?.state;
    if !store::jobs::try_again(&transaction, id).await? {
        return Err(Error::Conflict("only a job that failed or was cancelled can be tried again".to_owned()));
    }
    audit::alteration(&transaction, actor, turn("job.retry", id, was, JobState::Queued)).await?;
    transaction.commit().await?;
    let job = store::jobs::find(domain.store(), id).await?.ok_or(Error::NotFound("job"))?;
    offer(domain, &job).await;
    view_one(domain, &job).await
}
