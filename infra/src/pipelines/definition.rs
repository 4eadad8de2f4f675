//! What a pipeline's file says: source → steps → sinks.
//!
//! These are the words of the file and nothing more; [`Pipeline`](super::Pipeline) is what has been checked.

use std::{collections::BTreeMap, path::PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A pipeline, as its file describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Where editors find the schema of such files.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The pipeline. What it has counted hangs on this id, and goes on when the file is edited.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it is good for.
    #[serde(default)]
    pub description: String,
    /// Where records come from.
    pub source: SourceDefinition,
    /// What happens to each record, in this order.
    #[serde(default)]
    pub steps: Vec<StepDefinition>,
    /// Where the results go.
    pub sinks: Vec<SinkDefinition>,
}

/// Where records come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceDefinition {
    /// Events whose type matches: `session.left`, `session.*`, or `*` for all.
    Topic(String),
    /// The entries of one stream, whatever wrote them.
    Stream(String),
}

/// One step of a pipeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepDefinition {
    /// Keeps the records for which the expression holds.
    Filter(String),
    /// Puts what the expression gives in the record's place: one record, several, or none.
    Map(String),
    /// Adds what a table knows.
    Enrich(EnrichDefinition),
    /// Sums up. The last step, if there is one.
    Window(WindowDefinition),
}

/// Adds a row of one of our tables to each record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrichDefinition {
    /// Which table.
    pub table: EnrichTable,
    /// Gives the id of the row.
    pub key: String,
    /// The field that the row is put into; null if there is no such row.
    pub into: String,
}

/// The tables that records can be enriched from, and what they tell. Nothing secret is in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EnrichTable {
    /// `display_name`, `role`, `created_at`.
    Account,
    /// `name`, `race`, `account_id`, `world_id`, `created_at`.
    Character,
    /// `name`, `recipe_id`.
    World,
}

/// Sums records up, by key and span of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowDefinition {
    /// The length of a span, in seconds. Spans begin at multiples of it since 1970.
    pub size_s: u64,
    /// How long to wait for late records before sinks other than tables hear of a span, in seconds.
    #[serde(default = "lateness_s")]
    pub lateness_s: u64,
    /// What is kept apart: a column's name, and the expression that gives its value.
    #[serde(default)]
    pub key: BTreeMap<String, String>,
    /// What is measured: a column's name, and how.
    pub measures: BTreeMap<String, MeasureDefinition>,
}

const fn lateness_s() -> u64 {
    60
}

/// How something is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureDefinition {
    /// How many records.
    Count,
    /// The sum of what the expression gives.
    Sum(String),
    /// The mean of what the expression gives.
    Avg(String),
    /// The smallest of what the expression gives.
    Min(String),
    /// The largest of what the expression gives.
    Max(String),
    /// What so many percent of the values are at most, within one percent of the truth.
    Percentile {
        /// The expression.
        of: String,
        /// How many percent: over 0, up to 100.
        at: f64,
    },
}

/// Where results go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SinkDefinition {
    /// A table of the database, named `etl_` and this name.
    Table(TableDefinition),
    /// A stream, for other pipelines and programs. Each result gets an id of its own that stays the same.
    Stream {
        /// The stream's name.
        name: String,
    },
    /// An HTTP endpoint that gets each result as the body of a POST.
    Webhook(WebhookDefinition),
    /// A metric, named `realmkeep_etl_` and this name.
    Metric(MetricDefinition),
    /// A file of JSON, one result a line, in the data folder under `etl/`.
    File {
        /// The file's name.
        name: String,
    },
}

/// A table that results are put into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableDefinition {
    /// The table's name, without `etl_`.
    pub name: String,
    /// The columns of a pipeline without a window: fields of its records. A window brings its columns along.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnType>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Text; anything else as its JSON.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Real,
    /// A time, RFC 3339.
    Time,
}

/// An HTTP endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookDefinition {
    /// `https://`, or `http://` within a network of your own.
    pub url: String,
    /// A file with authorities to trust beside those that everybody trusts, in PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// The environment variable that holds a bearer token for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_env: Option<String>,
    /// How often to try again, with growing pauses, before the event becomes a dead letter.
    #[serde(default = "retries")]
    pub retries: u32,
}

const fn retries() -> u32 {
    4
}

/// A metric that results feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricDefinition {
    /// The metric's name, without `realmkeep_etl_`.
    pub name: String,
    /// What kind of metric it is.
    pub kind: MetricKind,
    /// What it measures, for its help text.
    pub help: String,
    /// Gives the number: added to a counter, set on a gauge, observed by a histogram.
    pub value: String,
    /// Labels, each with the expression that gives its value. Choose what has few values.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// The kinds of metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// A distribution.
    Histogram,
}
