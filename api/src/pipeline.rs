//! Pipelines: what happens in the house, turned into figures.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A pipeline, and how it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PipelineView {
    /// The pipeline.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is good for.
    pub description: String,
    /// Its parts, from the source to the last sink.
    pub parts: Vec<PipelinePart>,
    /// Since when it is paused, if it is.
    pub paused_at: Option<DateTime<Utc>>,
    /// Events taken in, each once.
    pub events_in: u64,
    /// Events that were delivered once more, and skipped.
    pub events_repeated: u64,
    /// Rows written; a window's row counts each time that it changes.
    pub rows_out: u64,
    /// Events that it could make nothing of, ever.
    pub events_refused: u64,
    /// Dead letters that wait for someone.
    pub dead_letters: u64,
    /// Entries on its streams that it has not taken in; null if the streams do not answer.
    pub lag: Option<u64>,
    /// When the newest event that it has taken in happened.
    pub last_event_at: Option<DateTime<Utc>>,
    /// When it last committed.
    pub checkpoint_at: Option<DateTime<Utc>>,
    /// What went wrong the last time that something did.
    pub error: Option<String>,
    /// When that was.
    pub error_at: Option<DateTime<Utc>>,
    /// The tables that it fills.
    pub tables: Vec<String>,
}

/// A part of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PipelinePart {
    /// Where it stands.
    pub role: PartRole,
    /// What it is: `topic`, `filter`, `window`, `table` …
    pub kind: String,
    /// Its settings, as the file has them.
    pub text: String,
}

/// Where a part of a pipeline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PartRole {
    /// Where records come from.
    Source,
    /// What happens to them.
    Step,
    /// Where results go.
    Sink,
}

/// The newest rows of a table that a pipeline fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PipelineRows {
    /// The pipeline.
    pub id: Uuid,
    /// The table's name in the database.
    pub table: String,
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// Its rows, the newest first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub rows: Vec<Map<String, Value>>,
}

/// The newest events for a pipeline, and what its steps make of each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PipelineTail {
    /// The pipeline.
    pub id: Uuid,
    /// The events, the newest first.
    pub events: Vec<TailEvent>,
}

/// An event on its way through a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TailEvent {
    /// The event.
    pub event_id: Uuid,
    /// Its type.
    pub kind: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether the pipeline has taken it in; otherwise it waits.
    pub taken_in: bool,
    /// What went into each step and came out, in the order of the steps, as far as it came.
    pub passages: Vec<StepPassage>,
    /// Where and why it came no further, if it failed.
    pub refused: Option<String>,
}

/// What went into a step and came out. What is very long is cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepPassage {
    /// In, each as JSON.
    pub input: Vec<String>,
    /// Out, each as JSON; of a window, what its rows grow by. Nothing if the event was filtered out.
    pub output: Vec<String>,
}

/// An event that a pipeline could make nothing of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeadLetterView {
    /// The letter.
    pub id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// Its type.
    pub kind: String,
    /// Its particulars.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// Where it failed, such as `steps[1].map`.
    pub step: String,
    /// Why.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it failed the last time.
    pub failed_at: DateTime<Utc>,
}

/// `POST pipelines/{id}/dead-letters/retry`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetryDeadLettersRequest {
    /// One letter; all of the pipeline's if absent.
    #[serde(default)]
    pub letter_id: Option<Uuid>,
}

/// How many dead letters will be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetryDeadLettersReply {
    /// The pipeline.
    pub id: Uuid,
    /// Letters that are tried again.
    pub queued: u64,
}
