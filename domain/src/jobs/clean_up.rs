//! Forgets what ended long ago.
//!
//! Idempotent: what is gone is gone.

use chrono::TimeDelta;

use super::progress::{Progress, Stopped};
use crate::jobs::run::JobRun;

/// Sign-ins, tickets and stays that ended are kept so long, for those who ask what happened yesterday.
const KEPT: TimeDelta = TimeDelta::days(2);
/// Longer than any stream can deliver something once more.
const INBOX_KEPT: TimeDelta = TimeDelta::days(30);

pub(super) async fn run(run: &JobRun<'_>, keep_days: u32) -> Result<(), Stopped> {
    let (store, now) = (run.domain.store(), run.domain.now());
    let before = now - KEPT;
    let before_days = now - TimeDelta::days(i64::from(keep_days));
    let mut progress = Progress::begin(run.domain, run.job, run.shutdown, 7).await?;
    let mut rows = run.domain.sessions().purge(before).await?;
    progress.step().await?;
    rows += store::tickets::purge(store, before).await?;
    progress.step().await?;
    rows += store::mailed_tokens::purge(store, before).await?;
    rows += store::game_sessions::purge(store, before).await?;
    progress.step().await?;
    rows += store::jobs::purge(store, before_days).await?;
    progress.step().await?;
    rows += store::events::purge(store, before_days).await?;
    progress.step().await?;
    // An inbox must remember for longer than the log can be relayed anew.
    rows += store::events::forget_seen(store, before_days.min(now - INBOX_KEPT)).await?;
    rows += store::dead_letters::purge(store, before_days).await?;
    progress.step().await?;
    rows += store::pipelines::purge(store, before_days).await?;
    progress.step().await?;
    tracing::info!(rows, "what had ended long ago was forgotten");
    Ok(())
}
