//! The end of a job, told as an event in the transaction that makes it so.

use chrono::{DateTime, Utc};
use grid::JobId;
use store::{
    Records, StoreError,
    events::{Context, Happening},
    jobs::JobState,
};

/// Ends an open job in `state`. False if it had ended before.
pub(super) async fn finish(
    records: &impl Records,
    id: JobId,
    state: JobState,
    error: Option<&str>,
    now: DateTime<Utc>,
    context: Context,
) -> Result<bool, StoreError> {
    if !store::jobs::finish(records, id, state, error, now).await? {
        return Ok(false);
    }
    let Some(job) = store::jobs::find(records, id).await? else { return Ok(true) };
    let seconds = job.started_at.map_or(0.0, |started| (now - started).as_seconds_f64().max(0.0));
    let finished = Happening::JobFinished {
        job_id: id,
        kind: job.kind,
        state: state.name().to_owned(),
        attempts: job.attempts,
        seconds,
    };
    store::events::append(records, &finished, now, context).await?;
    Ok(true)
}
