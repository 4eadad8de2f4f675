//! Infrastructure nodes: what runs, what could run, and the exchange of one for the other.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::NodeId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::health::Condition;

/// A kind of node, with everything that can serve as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindView {
    /// Its name, such as `event_bus`.
    pub kind: String,
    /// Its drivers.
    pub drivers: Vec<DriverView>,
}

/// A driver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DriverView {
    /// Its name, such as `redis`.
    pub driver: String,
    /// JSON Schema of its settings.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub schema: Value,
}

/// A driver with its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Setup {
    /// The driver.
    pub driver: String,
    /// Its settings; secrets are named in them and never told.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub config: Value,
}

/// A node that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NodeView {
    /// The node.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: NodeId,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub kind: String,
    /// Who does the work, and how.
    pub setup: Setup,
    /// The region that it serves, if it serves one.
    pub region: Option<Uuid>,
    /// What people sort nodes by.
    pub labels: BTreeMap<String, String>,
    /// Where it works, for people.
    pub place: String,
    /// Whether it answered just now.
    pub condition: Condition,
    /// What it said if it did not.
    pub error: Option<String>,
    /// What it counts, by name.
    pub figures: BTreeMap<String, u64>,
    /// The step of the swap that is under way, if one is.
    pub swapping: Option<String>,
    /// What its file says by now, if that is not what runs.
    pub offered: Option<Setup>,
    /// Whether its driver can be exchanged while the server runs.
    pub swappable: bool,
}

/// What becomes of what the old driver keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StateChoice {
    /// It comes along.
    Move,
    /// It stays where it is.
    Leave,
}

/// An order to exchange a node's driver or its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SwapRequest {
    /// The driver that is to serve.
    #[garde(length(chars, min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub driver: String,
    /// Its settings, as the driver's schema says.
    #[serde(default = "no_settings")]
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub config: Value,
    /// What becomes of the state; by default it comes along, except for a cache and a limiter.
    #[serde(default)]
    #[garde(skip)]
    pub state: Option<StateChoice>,
    /// Only find out what would happen.
    #[serde(default)]
    #[garde(skip)]
    pub dry_run: bool,
    /// Why, for the history and the audit; 3 to 500 characters. The header `X-Reason` will do as well, and a dry run needs none.
    #[serde(default)]
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: Option<String>,
}

/// An order to restore what served before the last swap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevertRequest {
    /// Why, for the history and the audit; 3 to 500 characters. The header `X-Reason` will do as well.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: Option<String>,
}

fn no_settings() -> Value {
    Value::Object(serde_json::Map::new())
}

/// How a swap ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SwapOutcome {
    /// The new driver serves.
    Done,
    /// The old driver serves as before; the new one never did.
    Failed,
    /// The new driver did not answer once it had the seat, and the old one is back.
    RolledBack,
    /// A dry run: it would be tried.
    WouldWork,
}

/// A swap, done or tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SwapView {
    /// The swap.
    pub id: Uuid,
    /// The node.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub node_id: NodeId,
    /// When it began.
    pub at: DateTime<Utc>,
    /// Who ordered it.
    pub actor: String,
    /// Why.
    pub reason: Option<String>,
    /// What served before.
    pub before: Setup,
    /// What was to serve.
    pub after: Setup,
    /// How it ended.
    pub outcome: SwapOutcome,
    /// What was wrong, if something was, with the step.
    pub error: Option<String>,
    /// What came along, by name.
    pub moved: BTreeMap<String, u64>,
    /// How long callers waited, at most, in microseconds.
    pub pause_us: u64,
    /// How long all of it took, in milliseconds.
    pub took_ms: u64,
    /// What people should know.
    pub notes: Vec<String>,
}
