//! Secrets by reference: metadata says where a secret is, and never what it is.

use std::{fs, path::PathBuf};

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::NodeError;

/// The largest file that can be a secret, in bytes.
const SECRET_BYTES_MAX: u64 = 64 * 1024;

/// Where a secret is: `{"env": "NAME"}` or `{"file": "/run/secrets/name"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecretRef {
    /// An environment variable of this process.
    Env(String),
    /// A file that this process can read. A line break at its end does not count.
    File(PathBuf),
}

impl SecretRef {
    /// The secret.
    ///
    /// # Errors
    /// It is not there. The error names the place.
    pub fn resolve(&self) -> Result<SecretString, NodeError> {
        match self {
            Self::Env(name) => std::env::var(name).map(SecretString::from).map_err(|_| NodeError::Failed {
                place: format!("environment variable {name}"),
                reason: "it is not set, or is no text".to_owned(),
            }),
            Self::File(file) => {
                let failed = |reason: String| NodeError::Failed { place: file.display().to_string(), reason };
                let size = fs::metadata(file).map_err(|error| failed(error.to_string()))?.len();
                if size > SECRET_BYTES_MAX {
                    return Err(failed(format!("{size} bytes are no secret")));
                }
                let text = fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
                Ok(text.trim_end_matches(['\r', '\n']).to_owned().into())
            }
        }
    }
}
