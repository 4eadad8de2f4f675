//! The envelope of an event: CloudEvents 1.0, in its JSON form.
//!
//! What happens in the house is told in this one shape, on streams, in the log of events and over REST. What an event
//! of a type carries in `data` is not known here: that stands in `store::events`, beside the outbox.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The version of CloudEvents that envelopes follow.
pub const SPEC_VERSION: &str = "1.0";
/// Streams of events begin with this; the topic follows.
const STREAM_PREFIX: &str = "events.";

/// One event. `cause`, `correlation`, `actor` and `region` are extension attributes in the sense of CloudEvents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Always [`SPEC_VERSION`].
    pub specversion: String,
    /// The event. A second delivery has the same one.
    pub id: Uuid,
    /// Which part of the house tells it, as a path.
    pub source: String,
    /// What happened, such as `session.left`: the topic, a dot, and the word.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it happened to: a kind and an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// The event that it followed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Uuid>,
    /// The request that began it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation: Option<Uuid>,
    /// The account that did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Uuid>,
    /// The region that it happened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Uuid>,
    /// The particulars, by type.
    pub data: Value,
}

impl Envelope {
    /// The topic that the event belongs to. Events of one topic keep their order.
    #[must_use]
    pub fn topic(&self) -> &str {
        topic_of(&self.kind)
    }
}

/// The topic of a type of events: `session` of `session.left`.
#[must_use]
pub fn topic_of(kind: &str) -> &str {
    kind.split_once('.').map_or(kind, |(topic, _)| topic)
}

/// The stream that carries a topic's events.
#[must_use]
pub fn stream_of(topic: &str) -> String {
    format!("{STREAM_PREFIX}{topic}")
}
