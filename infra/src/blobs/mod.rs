//! Blobs: bytes by name, in a folder of this machine or in a store that speaks S3.
//!
//! A write is whole or did not happen: a reader sees the old bytes, the new ones or none, and a full disk leaves no
//! half file under a real name. In a folder blobs are not flushed to the platter one by one: they hold what can be
//! made again, and their readers check what they read.

mod driver;
pub mod s3;
mod seated;

use std::time::Duration;

pub use self::{
    driver::BlobDriver,
    seated::{BlobSeat, Blobs},
};

/// How long one read or write may take before it counts as failed.
const ACCESS_LIMIT: Duration = Duration::from_secs(10);
/// The largest blob, in bytes.
pub const BLOB_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Why a blob could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The folder cannot be made or used.
    #[error("blob folder {} is not usable: {reason}", folder.display())]
    FolderUnusable {
        /// The folder.
        folder: std::path::PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No room is left.
    #[error("the disk is full: cannot write {place}")]
    DiskFull {
        /// The file that was to be written.
        place: String,
    },
    /// The blob is larger than [`BLOB_BYTES_MAX`].
    #[error("blob {key} of {bytes} bytes exceeds {BLOB_BYTES_MAX}")]
    TooLarge {
        /// Its name.
        key: String,
        /// Its size.
        bytes: usize,
    },
    /// The disk or the store did not answer in time.
    #[error("{place} did not answer within {} s", ACCESS_LIMIT.as_secs())]
    TimedOut {
        /// The file or object.
        place: String,
    },
    /// Any other failure of the file system or the store.
    #[error("cannot use {place}: {source}")]
    Failed {
        /// The file or object.
        place: String,
        /// What the store said.
        source: object_store::Error,
    },
}
