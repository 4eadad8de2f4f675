//! Windows that are over: sinks other than tables hear of each once it has closed.

use chrono::TimeDelta;
use serde_json::Value;
use store::pipelines as kept;
use uuid::Uuid;

use super::{
    batch::{Outcome, Worker},
    commit::{publish, row_name},
    feed,
};
use crate::Error;

/// Windows that are closed at once.
const BATCH: u64 = 100;
/// How long another worker waits for one that was killed while it closed windows.
const LEASE_TTL: TimeDelta = TimeDelta::seconds(60);

/// Closes the windows whose time is over. Of all workers of a pipeline, one does so at a time.
pub(super) async fn close(worker: &Worker) -> Result<(), Error> {
    let Some(window) = worker.pipeline.window() else { return Ok(()) };
    let (store, pipeline, now) = (worker.domain.store(), worker.pipeline.id(), store::now());
    let over = kept::closable(store, pipeline, window.closed_before(now), BATCH).await?;
    if over.is_empty() {
        return Ok(());
    }
    let (lease, holder) = (format!("windows-{pipeline}"), Uuid::now_v7());
    if !store::leases::take(store, &lease, holder, now, now + LEASE_TTL).await? {
        return Ok(());
    }
    for closed in over {
        let (name, value) = (row_name(&closed.key), Value::Object(window.row(&closed.key, &closed.total)));
        let result =
            Outcome { event: Uuid::new_v5(&pipeline, name.as_bytes()), name, value, cells: Vec::new() };
        let (delivered, undelivered) = worker.deliveries.deliver(vec![result]).await?;
        for refused in &undelivered {
            tracing::warn!(%pipeline, step = refused.step, reason = refused.reason, "a window's result could not be handed over");
        }
        let transaction = store.begin().await?;
        kept::lock(&transaction, pipeline).await?;
        if kept::close(&transaction, pipeline, &closed.key, now).await? {
            for result in &delivered {
                publish(&transaction, &worker.pipeline, &result.name, &result.value, None).await?;
            }
            transaction.commit().await?;
            delivered.iter().for_each(|result| feed::feed(&worker.pipeline, &result.value));
        }
    }
    Ok(store::leases::release(store, &lease, holder).await?)
}
