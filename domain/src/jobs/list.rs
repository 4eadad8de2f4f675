//! All jobs.

use api::{List, Permission, job::JobView};
use grid::JobId;

use crate::{Actor, Domain, Error};

/// Jobs of a page.
const PAGE_JOBS: usize = 50;

/// A page of jobs, the newest first; `cursor` is the `next` of the page before.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(domain: &Domain, actor: &Actor, cursor: Option<String>) -> Result<List<JobView>, Error> {
    actor.require(Permission::ViewJobs)?;
    let before = cursor.map(|text| text.parse::<JobId>()).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    // One more than a page tells whether there is another one.
    let mut jobs = store::jobs::list(domain.store(), before, PAGE_JOBS as u64 + 1).await?;
    let has_more = jobs.len() > PAGE_JOBS;
    jobs.truncate(PAGE_JOBS);
    let next = jobs.last().filter(|_| has_more).map(|job| job.id.to_string());
    Ok(List { items: super::views(domain, &jobs).await?, next })
}
