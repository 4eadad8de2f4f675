//! What is looked for among the jobs: it stands in the page's address, so that it can be shared and come back to.

use api::{List, job::JobState, job::JobView};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::list_jobs::list_jobs;
use crate::Failure;

/// Asks for the jobs that the page's address looks for.
pub(super) async fn ask(query: Memo<ParamsMap>, cursor: Option<String>) -> Result<List<JobView>, Failure> {
    // The page may be gone: then nobody reads the answer.
    let query = query.try_get_untracked().unwrap_or_default();
    let state = query.get("state").and_then(|name| state_named(&name));
    list_jobs(state, query.get("kind"), query.get("text"), cursor).await
}

/// The state of that name.
pub(super) fn state_named(name: &str) -> Option<JobState> {
    Some(match name {
        "queued" => JobState::Queued,
        "running" => JobState::Running,
        "succeeded" => JobState::Succeeded,
        "failed" => JobState::Failed,
        "cancelled" => JobState::Cancelled,
        _ => return None,
    })
}
