//! How much of a record runs.

use serde::{Deserialize, Serialize};

/// How much of what a record means is done by the engine. Written truthfully by whoever writes the record; published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// All of it.
    #[default]
    Executable,
    /// All but this, in our own words, one missing thing an entry.
    Partial(Vec<String>),
    /// It only tells something that people play out; whatever it has of mechanics (cost, time, range) runs.
    Narrative,
}

impl Coverage {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::Executable
    }
}
