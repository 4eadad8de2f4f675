//! Pipelines.

use std::path::PathBuf;

use garde::Validate;
use serde::Deserialize;

/// What is made of events.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PipelineSettings {
    /// Folder of the pipelines' files; one that is not there has none.
    #[garde(skip)]
    pub(crate) folder: PathBuf,
}

impl Default for PipelineSettings {
    fn default() -> Self {
        Self { folder: PathBuf::from("config/pipelines") }
    }
}
