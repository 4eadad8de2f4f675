//! One batch: from entries of a stream to their acknowledgement.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    time::Duration,
};

use infra::{
    events::{Envelope, SPEC_VERSION},
    pipelines::{
        Pipeline, Record, Refused,
        window::{Total, WindowKey},
    },
    streams::{Entry, Reader},
};
use serde_json::Value;
use store::pipelines::{Cell, EtlTable};
use uuid::Uuid;

use super::{commit, deliver::Deliveries, feed, look_up::LookUp, order, work::Watch};
use crate::{Domain, Error};

/// Entries of a batch. One commit for so many is what makes a pipeline quick.
const ENTRIES_OF_BATCH: usize = 200;
/// How long to wait for the first entry.
const WAIT: Duration = Duration::from_millis(500);

/// How far a batch is. Tests kill a worker at each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Entries were read.
    Read,
    /// The steps ran.
    Transformed,
    /// Webhooks and files were told.
    Delivered,
    /// The transaction is written and not committed.
    Written,
    /// The transaction is committed.
    Committed,
    /// The entries are acknowledged.
    Acknowledged,
}

/// A worker of one stream of a pipeline.
pub(super) struct Worker {
    pub(super) domain: Domain,
    pub(super) pipeline: Arc<Pipeline>,
    pub(super) tables: Arc<[EtlTable]>,
    pub(super) deliveries: Arc<Deliveries>,
    pub(super) reader: Reader,
    pub(super) watch: Watch,
}

/// What a batch of events comes down to, before it is committed.
#[derive(Default)]
pub(super) struct Reckoned {
    /// The events that it is made of, those that were refused included.
    pub(super) events: Vec<Envelope>,
    /// What a window adds.
    pub(super) totals: BTreeMap<WindowKey, Total>,
    /// The results, if there is no window: a name for each, its value, and its cells for each table.
    pub(super) results: Vec<Outcome>,
    /// The events that failed.
    pub(super) refused: Vec<Refused>,
}

/// A result that goes to the sinks.
pub(super) struct Outcome {
    pub(super) event: Uuid,
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) cells: Vec<Vec<Cell>>,
}

impl Worker {
    /// Takes a batch in, and says how many entries that were. With `stale`, one that another worker has left.
    pub(super) async fn turn(&self, stale: bool) -> Result<usize, Error> {
        let entries = if stale {
            self.claim().await?
        } else {
            self.domain.streams().read(&self.reader, ENTRIES_OF_BATCH, WAIT).await?
        };
        let count = entries.len();
        if count > 0 {
            (self.watch)(Stage::Read);
            if self.pipeline.shows_order() {
                order::take_in(self, entries).await?;
            } else {
                self.take_in(&entries).await?;
            }
        }
        Ok(count)
    }

    /// Entries that another worker has held for too long.
    pub(super) async fn claim(&self) -> Result<Vec<Entry>, Error> {
        let idle = self.domain.settings().pipelines.claim_after;
        Ok(self.domain.streams().claim(&self.reader, idle, ENTRIES_OF_BATCH).await?)
    }

    /// Commits what entries make, and acknowledges them. Until that has worked, nothing more is read: a slow sink
    /// slows its pipeline and nobody else.
    pub(super) async fn take_in(&self, entries: &[Entry]) -> Result<(), Error> {
        let (events, foreign) = self.open(entries);
        while !self.commit_unseen(&events, &foreign).await? {}
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        self.domain.streams().ack(&self.reader.stream, &self.reader.group, &ids).await?;
        (self.watch)(Stage::Acknowledged);
        Ok(())
    }

    /// The events of entries that are for this pipeline, and what was no event at all.
    fn open(&self, entries: &[Entry]) -> (Vec<Envelope>, Vec<Refused>) {
        let (mut events, mut foreign) = (Vec::new(), Vec::new());
        for entry in entries {
            match serde_json::from_slice::<Envelope>(&entry.payload) {
                Ok(event) if self.pipeline.wants(&event.kind) => events.push(event),
                Ok(_) => {}
                Err(error) => {
                    let event = foreign_event(&entry.payload);
                    let (step, reason) = ("source".to_owned(), format!("no event: {error}"));
                    foreign.push(Refused { event: event.id, step, reason });
                    events.push(event);
                }
            }
        }
        (events, foreign)
    }

    /// Does what has not been done yet. False if another worker did some of it meanwhile: then look again.
    async fn commit_unseen(&self, events: &[Envelope], foreign: &[Refused]) -> Result<bool, Error> {
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        let mut unseen = store::events::filter_unseen(self.domain.store(), &self.reader.group, &ids).await?;
        let fresh: Vec<Envelope> = events.iter().filter(|event| unseen.remove(&event.id)).cloned().collect();
        let repeated = (events.len() - fresh.len()) as u64;
        if fresh.is_empty() && repeated == 0 {
            return Ok(true);
        }
        let reckoned = self.reckon(fresh, foreign).await?;
        (self.watch)(Stage::Delivered);
        let committed = commit::commit(self, &reckoned, repeated).await?;
        if committed {
            (self.watch)(Stage::Committed);
            self.tell(&reckoned);
        }
        Ok(committed)
    }

    /// Runs the steps and the sinks that stand outside of the database.
    pub(super) async fn reckon(&self, events: Vec<Envelope>, foreign: &[Refused]) -> Result<Reckoned, Error> {
        let mut reckoned = Reckoned { refused: foreign.to_vec(), ..Reckoned::default() };
        let is_foreign: HashSet<Uuid> = foreign.iter().map(|refused| refused.event).collect();
        let records = events.iter().filter(|event| !is_foreign.contains(&event.id)).map(record_of);
        let transformed = self.pipeline.transform(records.collect(), &LookUp(self.domain.store())).await?;
        reckoned.events = events;
        reckoned.refused.extend(transformed.refused);
        (self.watch)(Stage::Transformed);
        match self.pipeline.window() {
            Some(window) => {
                let (totals, refused) = window.sum_up(&transformed.records);
                reckoned.totals = totals;
                reckoned.refused.extend(refused);
            }
            None => {
                let (results, refused) = self.results_of(transformed.records);
                let (results, undelivered) = self.deliveries.deliver(results).await?;
                reckoned.results = results;
                reckoned.refused.extend(refused);
                reckoned.refused.extend(undelivered);
            }
        }
        Ok(reckoned)
    }

    /// The results of records whose event fits all tables, and the events that don't.
    fn results_of(&self, records: Vec<Record>) -> (Vec<Outcome>, Vec<Refused>) {
        let mut refused = BTreeMap::new();
        let mut results = Vec::with_capacity(records.len());
        for record in records {
            match self.cells_of(&record.value) {
                Ok(cells) => {
                    let name = format!("{}-{}", record.event, record.number);
                    results.push(Outcome { event: record.event, name, value: record.value, cells });
                }
                Err((step, reason)) => {
                    refused.entry(record.event).or_insert(Refused { event: record.event, step, reason });
                }
            }
        }
        results.retain(|result| !refused.contains_key(&result.event));
        (results, refused.into_values().collect())
    }

    fn cells_of(&self, value: &Value) -> Result<Vec<Vec<Cell>>, (String, String)> {
        let cells = self.tables.iter().map(|table| match value {
            Value::Object(row) => {
                table.cells(row).map_err(|error| (table.name().to_owned(), error.to_string()))
            }
            other => {
                Err((table.name().to_owned(), format!("expected an object with its columns, got {other}")))
            }
        });
        cells.collect()
    }

    /// Tells Prometheus what was committed.
    pub(super) fn tell(&self, reckoned: &Reckoned) {
        let pipeline = self.pipeline.id().to_string();
        let count = |outcome: &'static str, events: usize| {
            let labels = [("pipeline", pipeline.clone()), ("outcome", outcome.to_owned())];
            metrics::counter!("realmkeep_pipeline_events_total", &labels).increment(events as u64);
        };
        count("taken_in", reckoned.events.len() - reckoned.refused.len());
        count("refused", reckoned.refused.len());
        for result in &reckoned.results {
            feed::feed(&self.pipeline, &result.value);
        }
    }
}

/// An event as the first step gets it.
pub(super) fn record_of(event: &Envelope) -> Record {
    let value = serde_json::to_value(event).unwrap_or_default();
    Record { event: event.id, time: event.time, number: 0, value }
}

/// What was no event, in an envelope of its own, so that it can be kept and shown. The same bytes get the same id.
fn foreign_event(payload: &[u8]) -> Envelope {
    let text: String = String::from_utf8_lossy(payload).chars().take(2_000).collect();
    Envelope {
        specversion: SPEC_VERSION.to_owned(),
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, payload),
        source: "/realmkeep/unknown".to_owned(),
        kind: "unknown".to_owned(),
        subject: None,
        time: store::now(),
        datacontenttype: "application/json".to_owned(),
        cause: None,
        correlation: None,
        actor: None,
        region: None,
        data: Value::from(text),
    }
}
