//! Background jobs: asked for by staff, run by a worker, each in a file of its own.
//!
//! A job is a row of the store with its arguments and progress; the queue only says whose turn it is. A worker may
//! die at any moment and another one begins the job again: so every job is idempotent, and finds out by itself what
//! is done already. `docs/adding-a-job.md` tells how to add one.

mod back_up;
mod cancel;
mod clean_up;
mod finish;
mod get;
mod list;
mod postponed;
mod pregenerate_region;
mod priority;
mod progress;
mod queue;
mod retry;
mod roll_up;
mod run;
mod schedules;
mod send_letter;
mod start;
mod work;

pub use cancel::cancel;
pub use get::get;
pub use list::list;
pub use queue::{pause_queue, queue};
pub use retry::retry;
pub use schedules::{
    create_schedule, fire_due, list_schedules, pause_schedule, remove_schedule, run_schedule,
};
pub use start::start;
pub(crate) use start::{ask, offer};
pub use work::work;

use std::collections::HashMap;

use api::job::{JobRequest, JobState, JobView};
use grid::{AccountId, JobId};
use serde_json::json;
use store::{StoreError, jobs as rows, jobs::JobRecord};

use crate::{Domain, Error, audit::Alteration};

fn request_of(job: &JobRecord) -> Result<JobRequest, Error> {
    serde_json::from_value(job.arguments.clone()).map_err(|error| {
        Error::Store(StoreError::Unreadable {
            table: "job",
            reason: format!("arguments of {}: {error}", job.id),
        })
    })
}

/// What moving a job from one state into another is in the audit.
fn turn(action: &'static str, job: JobId, before: rows::JobState, after: rows::JobState) -> Alteration {
    Alteration {
        action,
        subject: format!("job {job}"),
        details: json!({}),
        before: json!({ "state": before.name() }),
        after: json!({ "state": after.name() }),
    }
}

async fn views(domain: &Domain, jobs: &[JobRecord]) -> Result<Vec<JobView>, Error> {
    let mut ids: Vec<AccountId> = jobs.iter().filter_map(|job| job.requested_by).collect();
    ids.sort_unstable();
    ids.dedup();
    let accounts = store::accounts::find_all(domain.store(), &ids).await?;
    let names: HashMap<_, _> =
        accounts.into_iter().map(|account| (account.id, account.display_name)).collect();
    jobs.iter()
        .map(|job| {
            let requested_by = match job.requested_by {
                Some(id) => names.get(&id).cloned().unwrap_or_else(|| "a deleted account".to_owned()),
                None => "the server".to_owned(),
            };
            view(job, requested_by)
        })
        .collect()
}

async fn view_one(domain: &Domain, job: &JobRecord) -> Result<JobView, Error> {
    let mut views = views(domain, std::slice::from_ref(job)).await?;
    views.pop().ok_or(Error::NotFound("job"))
}

fn view(job: &JobRecord, requested_by: String) -> Result<JobView, Error> {
    Ok(JobView {
        id: job.id,
        request: request_of(job)?,
        state: match job.state {
            rows::JobState::Queued => JobState::Queued,
            rows::JobState::Running => JobState::Running,
            rows::JobState::Succeeded => JobState::Succeeded,
            rows::JobState::Failed => JobState::Failed,
            rows::JobState::Cancelled => JobState::Cancelled,
        },
        progress_done: job.progress_done,
        progress_total: job.progress_total,
        error: job.error.clone(),
        attempts: job.attempts,
        priority: priority::of_number(job.priority),
        retries: job.retries,
        requested_by,
        created_at: job.created_at,
        started_at: job.started_at,
        finished_at: job.finished_at,
        due_at: job.due_at,
    })
}
