//! Infrastructure nodes.

use std::path::PathBuf;

use garde::Validate;
use serde::Deserialize;

/// Where nodes are described, and what a change of a description does.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct InfrastructureSettings {
    /// Folder of the nodes' files. A kind without a file has its embedded driver.
    #[garde(skip)]
    pub(crate) folder: PathBuf,
    /// Whether a changed file is carried out by itself. Otherwise the dashboard offers it.
    #[garde(skip)]
    pub(crate) apply_changes: bool,
}

impl Default for InfrastructureSettings {
    fn default() -> Self {
        Self { folder: PathBuf::from("config/infrastructure"), apply_changes: false }
    }
}
