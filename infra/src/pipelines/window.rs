//! Windows: records summed up by key and span of time.
//!
//! A sum is a [`Total`], and totals of the same window add up in any order. So a worker reckons the totals of what it
//! has just read, and adds them to those that are kept; nothing is in its memory that a kill could take.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    definition::ColumnType,
    expression::Expression,
    flow::{Record, Refused},
    sketch::Sketch,
};

/// The longest text of a key's column, in bytes.
const KEY_TEXT_BYTES_MAX: usize = 200;
/// The columns that every window's results have.
pub(super) const SPAN_COLUMNS: [&str; 2] = ["window_start", "window_end"];

/// What sums records up.
#[derive(Debug)]
pub struct Window {
    pub(super) size_s: i64,
    pub(super) lateness_s: i64,
    pub(super) key: Vec<(String, Expression)>,
    pub(super) measures: Vec<(String, Measure)>,
}

#[derive(Debug)]
pub(super) enum Measure {
    Count,
    Sum(Expression),
    Avg(Expression),
    Min(Expression),
    Max(Expression),
    Percentile { of: Expression, at: f64 },
}

impl Measure {
    const fn expression(&self) -> Option<&Expression> {
        match self {
            Self::Count => None,
            Self::Sum(of) | Self::Avg(of) | Self::Min(of) | Self::Max(of) | Self::Percentile { of, .. } => {
                Some(of)
            }
        }
    }
}

/// Which sum a record belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WindowKey {
    /// The beginning of the span.
    pub start: DateTime<Utc>,
    /// The values of the key's columns, as a JSON array.
    pub key: String,
}

/// What has been measured so far, in the order of the window's measures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Total(BTreeMap<String, Tally>);

/// One measure so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Tally {
    #[serde(default)]
    count: u64,
    #[serde(default)]
    sum: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sketch: Option<Sketch>,
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        let pick = |ours: Option<f64>, theirs: Option<f64>, pick: fn(f64, f64) -> f64| match (ours, theirs) {
            (Some(ours), Some(theirs)) => Some(pick(ours, theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        self.count += other.count;
        self.sum += other.sum;
        self.min = pick(self.min, other.min, f64::min);
        self.max = pick(self.max, other.max, f64::max);
        if let Some(theirs) = &other.sketch {
            self.sketch.get_or_insert_default().merge(theirs);
        }
    }
}

impl Total {
    /// Adds another total of the same window.
    pub fn merge(&mut self, other: &Self) {
        for (name, theirs) in &other.0 {
            self.0.entry(name.clone()).or_default().merge(theirs);
        }
    }
}

impl Window {
    /// Sums records up. An event of which a key or measure fails is refused, and counts nowhere.
    #[must_use]
    pub fn sum_up(&self, records: &[Record]) -> (BTreeMap<WindowKey, Total>, Vec<Refused>) {
        let mut refused = BTreeMap::new();
        let mut measured = Vec::with_capacity(records.len());
        for record in records {
            match self.measure(record) {
                Ok(sum) => measured.push((record.event, sum)),
                Err(reason) => {
                    let step = "window".to_owned();
                    refused.entry(record.event).or_insert(Refused { event: record.event, step, reason });
                }
            }
        }
        let mut totals = BTreeMap::<WindowKey, Total>::new();
        for (_, (key, total)) in measured.into_iter().filter(|(event, _)| !refused.contains_key(event)) {
            totals.entry(key).or_default().merge(&total);
        }
        (totals, refused.into_values().collect())
    }

    fn measure(&self, record: &Record) -> Result<(WindowKey, Total), String> {
        let mut key = Vec::with_capacity(self.key.len());
        for (name, expression) in &self.key {
            let value = expression.value(&record.value).map_err(|error| format!("key {name}: {error}"))?;
            key.push(
                key_text(value)
                    .ok_or_else(|| format!("key {name}: it must be text, a number or a truth value"))?,
            );
        }
        let mut total = Total::default();
        for (name, measure) in &self.measures {
            let mut tally = Tally { count: 1, ..Tally::default() };
            if let Some(expression) = measure.expression() {
                let value =
                    expression.value(&record.value).map_err(|error| format!("measure {name}: {error}"))?;
                let number = value
                    .as_f64()
                    .ok_or_else(|| format!("measure {name}: expected a number, got {value}"))?;
                (tally.sum, tally.min, tally.max) = (number, Some(number), Some(number));
                if matches!(measure, Measure::Percentile { .. }) {
                    tally.sketch.get_or_insert_default().add(number);
                }
            }
            total.0.insert(name.clone(), tally);
        }
        let seconds = record.time.timestamp().div_euclid(self.size_s) * self.size_s;
        let start = DateTime::from_timestamp(seconds, 0).ok_or("its time is out of range")?;
        let key = Value::from(key).to_string();
        Ok((WindowKey { start, key }, total))
    }

    /// The result that a total stands for: a row with the span, the key's columns and the measures.
    #[must_use]
    pub fn row(&self, key: &WindowKey, total: &Total) -> Map<String, Value> {
        let texts: Vec<String> = serde_json::from_str(&key.key).unwrap_or_default();
        let mut row = Map::new();
        row.insert(SPAN_COLUMNS[0].to_owned(), json!(key.start));
        row.insert(SPAN_COLUMNS[1].to_owned(), json!(key.start + TimeDelta::seconds(self.size_s)));
        for ((name, _), text) in self.key.iter().zip(texts) {
            row.insert(name.clone(), Value::from(text));
        }
        for (name, measure) in &self.measures {
            let tally = total.0.get(name).cloned().unwrap_or_default();
            let value = match measure {
                Measure::Count => json!(tally.count),
                Measure::Sum(_) => json!(tally.sum),
                Measure::Avg(_) => json!(tally.sum / tally.count.max(1) as f64),
                Measure::Min(_) => json!(tally.min),
                Measure::Max(_) => json!(tally.max),
                Measure::Percentile { at, .. } => {
                    json!(tally.sketch.as_ref().and_then(|sketch| sketch.percentile(*at)))
                }
            };
            row.insert(name.clone(), value);
        }
        row
    }

    /// The columns of its results.
    #[must_use]
    pub fn columns(&self) -> Vec<(String, ColumnType)> {
        let span = SPAN_COLUMNS.iter().map(|name| ((*name).to_owned(), ColumnType::Time));
        let key = self.key.iter().map(|(name, _)| (name.clone(), ColumnType::Text));
        let measures = self.measures.iter().map(|(name, measure)| {
            let kind = if matches!(measure, Measure::Count) { ColumnType::Integer } else { ColumnType::Real };
            (name.clone(), kind)
        });
        span.chain(key).chain(measures).collect()
    }

    /// Spans that began before this moment are over, late records included.
    #[must_use]
    pub fn closed_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::seconds(self.size_s + self.lateness_s)
    }
}

fn key_text(value: Value) -> Option<String> {
    let mut text = match value {
        Value::Null => "unknown".to_owned(),
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    while text.len() > KEY_TEXT_BYTES_MAX {
        text.pop();
    }
    Some(text)
}
