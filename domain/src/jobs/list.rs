//! All jobs.

use api::{
    List,
    job::{JobFilter, JobState as State, JobView},
    right,
};
use garde::Validate as _;
use grid::JobId;
use store::jobs::{JobQuery, JobState};

use crate::{Allowed, Domain, Error};

/// Jobs of a page.
const PAGE_JOBS: usize = 50;

/// A page of jobs, the newest first.
///
/// # Errors
/// [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    _: &Allowed<right::ViewJobs>,
    filter: JobFilter,
) -> Result<List<JobView>, Error> {
    filter.validate()?;
    let before = filter.cursor.map(|text| text.parse::<JobId>()).transpose().map_err(|_| {
        Error::InvalidField { field: "cursor", message: "must be the `next` of the page before".to_owned() }
    })?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let query = JobQuery {
        state: filter.state.map(state_of),
        kind: given(filter.kind),
        text: given(filter.text),
        before,
    };
    // One more than a page tells whether there is another one.
    let mut jobs = store::jobs::list(domain.store(), &query, PAGE_JOBS as u64 + 1).await?;
    let has_more = jobs.len() > PAGE_JOBS;
    jobs.truncate(PAGE_JOBS);
    let next = jobs.last().filter(|_| has_more).map(|job| job.id.to_string());
    Ok(List { items: super::views(domain, &jobs).await?, next })
}

const fn state_of(state: State) -> JobState {
    match state {
        State::Queued => JobState::Queued,
        State::Running => JobState::Running,
        State::Succeeded => JobState::Succeeded,
        State::Failed => JobState::Failed,
        State::Cancelled => JobState::Cancelled,
    }
}
