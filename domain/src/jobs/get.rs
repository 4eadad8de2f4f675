//! One job.

use api::{Permission, job::JobView};
use grid::JobId;

use crate::{Actor, Domain, Error};

/// The job of that id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(domain: &Domain, actor: &Actor, job: JobId) -> Result<JobView, Error> {
    actor.require(Permission::ViewJobs)?;
    let job = store::jobs::find(domain.store(), job).await?.ok_or(Error::NotFound("job"))?;
    super::view_one(domain, &job).await
}
