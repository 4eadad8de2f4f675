//! The log of events.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Which events to list. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct EventFilter {
    /// The type, such as `session.left`, or a beginning with `*` behind, such as `session.*`.
    #[serde(default)]
    #[garde(length(max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub kind: Option<String>,
    /// What it happened to, such as `account/` and its id.
    #[serde(default)]
    #[garde(length(max = 128))]
    #[cfg_attr(feature = "openapi", param(max_length = 128))]
    pub subject: Option<String>,
    /// The request that began it.
    #[serde(default)]
    #[garde(skip)]
    pub correlation: Option<Uuid>,
    /// The account that did it.
    #[serde(default)]
    #[garde(skip)]
    pub actor: Option<Uuid>,
    /// `next` of the page before; absent for the first page.
    #[serde(default)]
    #[garde(length(max = 32))]
    #[cfg_attr(feature = "openapi", param(max_length = 32))]
    pub cursor: Option<String>,
}

/// An event, as CloudEvents 1.0 writes it; `cause`, `correlation`, `actor`, `region` and `relayed_at` are ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    /// `1.0`.
    pub specversion: String,
    /// The event.
    pub id: Uuid,
    /// Which part of the house tells it, as a path.
    pub source: String,
    /// What happened, such as `session.left`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it happened to: a kind and an id.
    pub subject: Option<String>,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// `application/json`.
    pub datacontenttype: String,
    /// The event that it followed from.
    pub cause: Option<Uuid>,
    /// The request that began it all.
    pub correlation: Option<Uuid>,
    /// The account that did it.
    pub actor: Option<Uuid>,
    /// The region that it happened in.
    pub region: Option<Uuid>,
    /// The particulars, by type.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: Value,
    /// When it was put on its stream; null while it waits.
    pub relayed_at: Option<DateTime<Utc>>,
}
