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
    /// Seconds after which events that a worker holds are taken over by another: longer than a batch takes, webhooks
    /// included.
    #[garde(range(min = 1, max = 3_600))]
    pub(crate) claim_after_s: u64,
}

impl Default for PipelineSettings {
    fn default() -> Self {
        Self { folder: PathBuf::from("config/pipelines"), claim_after_s: 30 }
    }
}
