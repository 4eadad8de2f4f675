//! Trying a job again that has ended badly.

use api::{job::JobView, right};
use grid::JobId;
use serde_json::json;

use super::{offer, view_one};
use crate::{Allowed, Domain, Error, audit};

/// Lets a job that failed or was cancelled wait for a worker once more. It goes on where it was.
///
/// # Errors
/// [`Error::NotFound`] if there is no such job, [`Error::Conflict`] if it did not fail and was not cancelled.
pub async fn retry(domain: &Domain, actor: &Allowed<right::RunJobs>, id: JobId) -> Result<JobView, Error> {
    let transaction = domain.store().begin().await?;
    if store::jobs::find(&transaction, id).await?.is_none() {
        return Err(Error::NotFound("job"));
    }
    if !store::jobs::try_again(&transaction, id).await? {
        return Err(Error::Conflict("only a job that failed or was cancelled can be tried again".to_owned()));
    }
    audit::note(&transaction, actor, "job.retry", format!("job {id}"), json!({})).await?;
    transaction.commit().await?;
    let job = store::jobs::find(domain.store(), id).await?.ok_or(Error::NotFound("job"))?;
    offer(domain, &job).await;
    view_one(domain, &job).await
}
