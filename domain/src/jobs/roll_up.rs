//! Counts the events of each hour that is over.
//!
//! Idempotent: an hour that was counted before is counted anew, with the same result.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::progress::{Progress, Stopped};
use crate::{Error, jobs::run::JobRun};

/// How far back to begin when nothing was counted yet.
const FIRST_BACK: TimeDelta = TimeDelta::days(7);
const HOUR: TimeDelta = TimeDelta::hours(1);

pub(super) async fn run(run: &JobRun<'_>) -> Result<(), Stopped> {
    let (store, now) = (run.domain.store(), run.domain.now());
    let this_hour = beginning_of_hour(now)?;
    let begin = match store::events::last_rolled_up(store).await? {
        // The last hour once more: events that were committed late belong there.
        Some(last) => last.max(this_hour - FIRST_BACK),
        None => this_hour - FIRST_BACK,
    };
    let hours = (this_hour - begin).num_hours().max(0);
    let mut progress = Progress::begin(run.domain, run.job, run.shutdown, hours.unsigned_abs()).await?;
    for number in 0..hours {
        let hour = begin + HOUR * i32::try_from(number).unwrap_or(i32::MAX);
        store::events::roll_up(store, hour, hour + HOUR).await?;
        progress.step().await?;
    }
    Ok(())
}

fn beginning_of_hour(moment: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    moment.duration_trunc(HOUR).map_err(|error| Error::Internal(format!("{moment} has no hour: {error}")))
}
