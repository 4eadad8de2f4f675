//! Which part of the server is well, and since when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Condition {
    /// It answered its last probe.
    Well,
    /// It did not, or it answered with an error.
    Ill,
    /// It has not been probed yet.
    Unknown,
}

/// One part of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartHealth {
    /// Short stable name, such as `database`.
    pub part: String,
    /// What it is, for people: the driver and where it stands, without secrets.
    pub description: String,
    /// How it is.
    pub condition: Condition,
    /// Since when it has been so.
    pub since: DateTime<Utc>,
    /// When it was last probed.
    pub checked_at: Option<DateTime<Utc>>,
    /// How long the last probe took, in microseconds.
    pub probe_us: Option<u64>,
    /// What the last failed probe said; kept after recovery, for those who ask what happened.
    pub last_error: Option<String>,
    /// What an operator can do while it is ill.
    pub advice: String,
    /// Whether the server counts as ready without it.
    pub required: bool,
}

/// The whole server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthView {
    /// Whether all required parts are well and the server is not draining.
    pub ready: bool,
    /// Whether it is ready and a part is ill all the same: play goes on, and something waits for a repair.
    pub degraded: bool,
    /// Whether the server is on its way down.
    pub draining: bool,
    /// The parts, in a fixed order.
    pub parts: Vec<PartHealth>,
}
