//! Forgets sign-ins, tickets and stays in the game that ended long ago. The worker does it by itself, every hour.

use std::time::Duration;

use chrono::TimeDelta;
use store::StoreError;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::Domain;

const EVERY: Duration = Duration::from_secs(3_600);
/// What has ended is kept so long, for those who ask what happened yesterday.
const KEPT: TimeDelta = TimeDelta::days(2);

pub(super) async fn every_hour(domain: Domain, shutdown: CancellationToken) {
    let mut due = interval(EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = due.tick() => match purge(&domain).await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "what had ended long ago was forgotten"),
                Err(error) => tracing::warn!(%error, "what has ended cannot be forgotten; trying again in an hour"),
            },
            () = shutdown.cancelled() => return,
        }
    }
}

async fn purge(domain: &Domain) -> Result<u64, StoreError> {
    let (store, before) = (domain.store(), domain.now() - KEPT);
    Ok(store::sessions::purge(store, before).await?
        + store::tickets::purge(store, before).await?
        + store::game_sessions::purge(store, before).await?)
}
