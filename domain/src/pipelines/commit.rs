//! The one transaction that a batch takes effect in.

use std::collections::{BTreeMap, HashMap};

use infra::{
    events::{Envelope, SPEC_VERSION},
    pipelines::{
        Pipeline,
        definition::SinkDefinition,
        window::{Total, WindowKey},
    },
};
use serde_json::Value;
use store::{
    Records, StoreError, Transaction,
    dead_letters::{DeadLetter, LetterState},
    events,
    pipelines::{self as kept, EtlTable, Progress},
};
use uuid::Uuid;

use super::{
    batch::{Outcome, Reckoned, Stage, Worker},
    consumer_of,
};
use crate::Error;

/// Commits a batch. False, and nothing done, if another worker has done some of it.
pub(super) async fn commit(worker: &Worker, reckoned: &Reckoned, repeated: u64) -> Result<bool, Error> {
    let (pipeline, now) = (&worker.pipeline, store::now());
    let consumer = consumer_of(pipeline);
    let transaction = worker.domain.store().begin().await?;
    kept::lock(&transaction, pipeline.id()).await?;
    let ids: Vec<Uuid> = reckoned.events.iter().map(|event| event.id).collect();
    if events::filter_unseen(&transaction, &consumer, &ids).await?.len() < ids.len() {
        return Ok(false);
    }
    let rows_out = write(worker, &transaction, reckoned).await?;
    bury(&transaction, &consumer, reckoned).await?;
    events::mark_seen(&transaction, &consumer, ids, now).await?;
    let refused = reckoned.refused.len() as u64;
    let progress = Progress {
        events_in: reckoned.events.len() as u64 - refused,
        events_repeated: repeated,
        rows_out,
        events_refused: refused,
        last_event_at: reckoned.events.iter().map(|event| event.time).max(),
    };
    kept::checkpoint(&transaction, pipeline.id(), progress, now).await?;
    (worker.watch)(Stage::Written);
    transaction.commit().await?;
    metrics::counter!("realmkeep_pipeline_rows_total", "pipeline" => pipeline.id().to_string())
        .increment(rows_out);
    Ok(true)
}

/// Commits another try of a dead letter. False if someone else did.
pub(super) async fn commit_letter(worker: &Worker, letter: Uuid, reckoned: &Reckoned) -> Result<bool, Error> {
    let now = store::now();
    let transaction = worker.domain.store().begin().await?;
    kept::lock(&transaction, worker.pipeline.id()).await?;
    if !store::dead_letters::settle(&transaction, letter, now).await? {
        return Ok(false);
    }
    let rows_out = write(worker, &transaction, reckoned).await?;
    let progress = Progress { events_in: 1, rows_out, ..Progress::default() };
    kept::checkpoint(&transaction, worker.pipeline.id(), progress, now).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn write(worker: &Worker, transaction: &Transaction, reckoned: &Reckoned) -> Result<u64, Error> {
    let pipeline = &worker.pipeline;
    for (index, table) in worker.tables.iter().enumerate() {
        let row = |result: &Outcome| (result.name.clone(), result.cells[index].clone());
        table.upsert(transaction, reckoned.results.iter().map(row).collect()).await?;
    }
    let causes: HashMap<Uuid, &Envelope> = reckoned.events.iter().map(|event| (event.id, event)).collect();
    for result in &reckoned.results {
        let cause = causes.get(&result.event).copied();
        publish(transaction, pipeline, &result.name, &result.value, cause).await?;
    }
    let windows = add_up(transaction, pipeline, &worker.tables, &reckoned.totals).await?;
    Ok(reckoned.results.len() as u64 + windows)
}

/// Adds totals to those that are kept, and writes the rows that they change.
async fn add_up(
    transaction: &Transaction,
    pipeline: &Pipeline,
    tables: &[EtlTable],
    totals: &BTreeMap<WindowKey, Total>,
) -> Result<u64, Error> {
    let Some(window) = pipeline.window().filter(|_| !totals.is_empty()) else { return Ok(0) };
    let mut sums = kept::load(transaction, pipeline.id(), totals.keys()).await?;
    sums.retain(|key, _| totals.contains_key(key));
    for (key, total) in totals {
        sums.entry(key.clone()).or_default().merge(total);
    }
    kept::save(transaction, pipeline.id(), &sums, store::now()).await?;
    for table in tables {
        let mut rows = Vec::with_capacity(sums.len());
        for (key, total) in &sums {
            let cells = table
                .cells(&window.row(key, total))
                .map_err(|error| Error::Internal(format!("{}: {error}", table.name())))?;
            rows.push((row_name(key), cells));
        }
        table.upsert(transaction, rows).await?;
    }
    Ok(sums.len() as u64)
}

/// What a window's row is called in its table.
pub(super) fn row_name(key: &WindowKey) -> String {
    format!("{} {}", key.start.timestamp(), key.key)
}

/// Tells a result as an event of its own, if the pipeline has a stream for a sink.
pub(super) async fn publish(
    records: &impl Records,
    pipeline: &Pipeline,
    name: &str,
    value: &Value,
    cause: Option<&Envelope>,
) -> Result<(), StoreError> {
    for sink in pipeline.sinks() {
        let SinkDefinition::Stream { name: stream } = sink else { continue };
        let id = Uuid::new_v5(&pipeline.id(), format!("{stream} {name}").as_bytes());
        let envelope = Envelope {
            specversion: SPEC_VERSION.to_owned(),
            id,
            source: format!("/realmkeep/pipelines/{}", pipeline.id()),
            kind: format!("etl.{stream}"),
            subject: Some(format!("pipeline/{}", pipeline.id())),
            time: cause.map_or_else(store::now, |cause| cause.time),
            datacontenttype: "application/json".to_owned(),
            cause: cause.map(|cause| cause.id),
            correlation: cause.and_then(|cause| cause.correlation),
            actor: None,
            region: cause.and_then(|cause| cause.region),
            data: value.clone(),
        };
        events::append_envelope(records, &envelope).await?;
    }
    Ok(())
}

/// Keeps the events that failed.
async fn bury(transaction: &Transaction, consumer: &str, reckoned: &Reckoned) -> Result<(), StoreError> {
    let events: HashMap<Uuid, &Envelope> = reckoned.events.iter().map(|event| (event.id, event)).collect();
    for refused in &reckoned.refused {
        let Some(event) = events.get(&refused.event) else { continue };
        tracing::warn!(consumer, event_id = %event.id, step = refused.step, reason = refused.reason, "an event became a dead letter");
        let letter = DeadLetter {
            id: Uuid::now_v7(),
            consumer: consumer.to_owned(),
            envelope: (*event).clone(),
            step: refused.step.chars().take(64).collect(),
            reason: refused.reason.clone(),
            state: LetterState::Open,
            attempts: 1,
            failed_at: store::now(),
        };
        store::dead_letters::insert(transaction, &letter).await?;
    }
    Ok(())
}
