//! Conditions, and other effects that many pieces of content share.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::Effect;

use super::Coverage;

/// A condition, such as `srd:poisoned`: an effect that others lay on creatures by its name.
///
/// Exhaustion is one for each level, `srd:exhaustion-1` to `srd:exhaustion-6`; the engine applies them up to the level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Its id.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// What it does.
    pub gives: Effect,
    /// How much of it runs.
    #[serde(default, skip_serializing_if = "Coverage::is_default")]
    pub coverage: Coverage,
}
