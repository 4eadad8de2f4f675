//! The form of a case.

use rules::Ruleset;
use serde::Deserialize;
use serde_json::Value;

/// A file of cases.
#[derive(Deserialize)]
pub(crate) struct Cases {
    pub(crate) cases: Vec<Case>,
}

/// One question to the rules.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// `5.1`, `5.2`, `both`, or `engine` for what no document settles.
    pub(crate) ruleset: String,
    #[serde(rename = "fn")]
    pub(crate) function: String,
    pub(crate) input: Value,
    pub(crate) expected: Value,
    /// How far numbers may be off.
    #[serde(default)]
    pub(crate) tol: f64,
}

impl Case {
    pub(crate) fn rules(&self) -> Ruleset {
        if self.ruleset == "5.2" { Ruleset::SRD_5_2_1 } else { Ruleset::SRD_5_1 }
    }
}
