//! What the steps of a pipeline do to the records of a batch.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{Pipeline, Step, definition::EnrichTable, expression::Expression};

/// Records that one event may become.
pub const RECORDS_OF_EVENT_MAX: usize = 100;

/// What flows through a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The event that it was made of.
    pub event: Uuid,
    /// When that happened.
    pub time: DateTime<Utc>,
    /// Which one it is of those that the event became.
    pub number: usize,
    /// What it says.
    pub value: Value,
}

/// An event that a pipeline can't make sense of. It becomes a dead letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The event.
    pub event: Uuid,
    /// Where it failed, such as `steps[1].map`.
    pub step: String,
    /// Why.
    pub reason: String,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformed {
    /// What reached the end of the steps, in order.
    pub records: Vec<Record>,
    /// The events that did not, through a failure. Their other records are gone with them.
    pub refused: Vec<Refused>,
}

/// The tables that records are enriched from.
#[async_trait]
pub trait Tables: Sync {
    /// Why a table can't be read; the whole batch is tried again later.
    type Error: Send;

    /// The rows of those ids, as far as there are any.
    ///
    /// # Errors
    /// The table can't be read now.
    async fn rows(&self, table: EnrichTable, ids: &[Uuid]) -> Result<HashMap<Uuid, Value>, Self::Error>;
}

impl Pipeline {
    /// Takes a batch through all steps up to the window.
    ///
    /// # Errors
    /// A table can't be read now. An expression that fails is no error of the batch: its event is refused.
    pub async fn transform<T: Tables>(
        &self,
        batch: Vec<Record>,
        tables: &T,
    ) -> Result<Transformed, T::Error> {
        let mut flow = Flow { records: batch, refused: HashMap::new() };
        for (index, step) in self.steps.iter().enumerate() {
            flow.pass(index, step, tables).await?;
        }
        let Flow { records, refused } = flow;
        let mut refused: Vec<_> = refused.into_values().collect();
        refused.sort_unstable_by_key(|refused| refused.event);
        Ok(Transformed { records, refused })
    }
}

/// What went into a step and what came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// In.
    pub input: Vec<Value>,
    /// Out; behind a window, what its rows grow by.
    pub output: Vec<Value>,
}

/// The way of one event through a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Through each step that it came to, in order; a window is the last one.
    pub passages: Vec<Passage>,
    /// Where and why it came no further, if it failed.
    pub refused: Option<Refused>,
}

impl Pipeline {
    /// Follows one record through all steps, the window included. Nothing is counted.
    ///
    /// # Errors
    /// A table can't be read now.
    pub async fn trace<T: Tables>(&self, record: Record, tables: &T) -> Result<Trace, T::Error> {
        let mut flow = Flow { records: vec![record], refused: HashMap::new() };
        let mut passages = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            if flow.records.is_empty() {
                break;
            }
            let input = flow.values();
            flow.pass(index, step, tables).await?;
            passages.push(Passage { input, output: flow.values() });
        }
        let mut refused = flow.refused.values().next().cloned();
        if let Some(window) = self.window().filter(|_| !flow.records.is_empty()) {
            let (totals, failed) = window.sum_up(&flow.records);
            let rows = totals.iter().map(|(key, total)| Value::Object(window.row(key, total)));
            passages.push(Passage { input: flow.values(), output: rows.collect() });
            refused = failed.into_iter().next();
        }
        Ok(Trace { passages, refused })
    }
}

struct Flow {
    records: Vec<Record>,
    refused: HashMap<Uuid, Refused>,
}

impl Flow {
    /// Does what a step does.
    async fn pass<T: Tables>(&mut self, index: usize, step: &Step, tables: &T) -> Result<(), T::Error> {
        match step {
            Step::Filter(holds) => self.filter(holds, &format!("steps[{index}].filter")),
            Step::Map(map) => self.map(map, &format!("steps[{index}].map")),
            Step::Enrich { table, key, into } => {
                let keys = self.keys(key, &format!("steps[{index}].enrich.key"));
                let ids: Vec<Uuid> =
                    keys.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
                let rows = if ids.is_empty() { HashMap::new() } else { tables.rows(*table, &ids).await? };
                self.enrich(&keys, &rows, into);
            }
        }
        Ok(())
    }

    fn values(&self) -> Vec<Value> {
        self.records.iter().map(|record| record.value.clone()).collect()
    }

    fn filter(&mut self, holds: &Expression, step: &str) {
        self.each(step, |record| match holds.holds(&record.value) {
            Ok(true) => Ok(vec![record]),
            Ok(false) => Ok(Vec::new()),
            Err(error) => Err(error.to_string()),
        });
    }

    fn map(&mut self, map: &Expression, step: &str) {
        self.each(step, |record| {
            let values = map.run(&record.value).map_err(|error| error.to_string())?;
            let number = record.number * RECORDS_OF_EVENT_MAX;
            let made = values.into_iter().enumerate();
            Ok(made
                .map(|(index, value)| Record { number: number + index, value, ..record.clone() })
                .collect())
        });
    }

    /// The ids that the records' rows have; `None` where the expression gives none.
    fn keys(&mut self, key: &Expression, step: &str) -> Vec<Option<Uuid>> {
        let mut keys = Vec::new();
        self.each(step, |record| {
            let value = key.value(&record.value).map_err(|error| error.to_string())?;
            keys.push(value.as_str().and_then(|text| text.parse().ok()));
            Ok(vec![record])
        });
        keys
    }

    fn enrich(&mut self, keys: &[Option<Uuid>], rows: &HashMap<Uuid, Value>, into: &str) {
        for (record, key) in self.records.iter_mut().zip(keys) {
            let row = key.and_then(|key| rows.get(&key)).cloned().unwrap_or_default();
            if let Value::Object(fields) = &mut record.value {
                fields.insert(into.to_owned(), row);
            }
        }
    }

    /// Does `step` to each record, and takes out all records of an event that fails.
    fn each(&mut self, step: &str, mut act: impl FnMut(Record) -> Result<Vec<Record>, String>) {
        let mut kept = Vec::with_capacity(self.records.len());
        let before = self.refused.len();
        for record in std::mem::take(&mut self.records) {
            let event = record.event;
            let made = act(record).and_then(|made| {
                let too_many = made.len() > RECORDS_OF_EVENT_MAX;
                if too_many {
                    Err(format!("it makes more than {RECORDS_OF_EVENT_MAX} records"))
                } else {
                    Ok(made)
                }
            });
            match made {
                Ok(made) => kept.extend(made),
                Err(reason) => {
                    self.refused.entry(event).or_insert(Refused { event, step: step.to_owned(), reason });
                }
            }
        }
        if self.refused.len() > before {
            kept.retain(|record| !self.refused.contains_key(&record.event));
        }
        self.records = kept;
    }
}
