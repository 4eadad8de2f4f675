//! One job.

use api::{job::JobView, right};
use grid::JobId;

use crate::{Allowed, Domain, Error};

/// The job of that id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(domain: &Domain, _: &Allowed<right::ViewJobs>, job: JobId) -> Result<JobView, Error> {
    let job = store::jobs::find(domain.store(), job).await?.ok_or(Error::NotFound("job"))?;
    super::view_one(domain, &job).await
}
