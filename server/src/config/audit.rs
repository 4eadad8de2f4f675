//! The audit's signed heads.

use std::path::{Path, PathBuf};

use garde::Validate;
use serde::Deserialize;

/// When the audit's head is signed, and where it is kept.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AuditSettings {
    /// Time from one signed head to the next, in seconds. Nothing is signed while nothing is noted.
    #[garde(range(min = 1, max = 86_400))]
    pub(crate) head_every_s: u64,
    /// File that signed heads are appended to; better on another disk than the database. Empty: `audit-heads.jwt` in the
    /// data folder.
    #[garde(skip)]
    pub(crate) heads_file: PathBuf,
}

impl Default for AuditSettings {
    fn default() -> Self {
        Self { head_every_s: 3_600, heads_file: PathBuf::new() }
    }
}

impl AuditSettings {
    /// The file of signed heads.
    pub(crate) fn heads_file_in(&self, data: &Path) -> PathBuf {
        if self.heads_file.as_os_str().is_empty() {
            data.join("audit-heads.jwt")
        } else {
            self.heads_file.clone()
        }
    }
}
