//! Blobs: bytes by name, in a folder of this machine.
//!
//! A write goes to a temporary file first and is renamed into place, so that a reader sees the old bytes, the new
//! ones or none, and a full disk leaves no half file under a real name. Blobs are not flushed to the platter one
//! by one: they hold what can be made again, and their readers check what they read.

use std::{
    error::Error as _,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use object_store::{ObjectStoreExt as _, PutPayload, local::LocalFileSystem, path::Path as Key};
use tokio::time::timeout;

/// How long one read or write may take before it counts as failed.
const ACCESS_LIMIT: Duration = Duration::from_secs(10);
/// The largest blob, in bytes.
pub const BLOB_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A folder of blobs. Clones share it.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
    files: Arc<LocalFileSystem>,
}

/// Why a blob could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The folder cannot be made or used.
    #[error("blob folder {} is not usable: {reason}", folder.display())]
    FolderUnusable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No room is left.
    #[error("the disk is full: cannot write {}", file.display())]
    DiskFull {
        /// The file that was to be written.
        file: PathBuf,
    },
    /// The blob is larger than [`BLOB_BYTES_MAX`].
    #[error("blob {key} of {bytes} bytes exceeds {BLOB_BYTES_MAX}")]
    TooLarge {
        /// Its name.
        key: String,
        /// Its size.
        bytes: usize,
    },
    /// The disk did not answer in time.
    #[error("{} did not answer within {} s", file.display(), ACCESS_LIMIT.as_secs())]
    TimedOut {
        /// The file.
        file: PathBuf,
    },
    /// Any other failure of the file system.
    #[error("cannot use {}: {source}", file.display())]
    Failed {
        /// The file.
        file: PathBuf,
        /// What the store said.
        source: object_store::Error,
    },
}

impl Blobs {
    /// Opens `folder`, which is made if it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, or is no folder.
    pub fn in_folder(folder: &Path) -> Result<Self, BlobError> {
        let unusable = |reason: String| BlobError::FolderUnusable { folder: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| unusable(error.to_string()))?;
        Ok(Self { folder: folder.to_owned(), files: Arc::new(files) })
    }

    /// The bytes under `key`, or `None` if there are none.
    ///
    /// # Errors
    /// The file system failed or did not answer in time.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, BlobError> {
        let path = Key::from(key);
        let read = async { self.files.get(&path).await?.bytes().await };
        match timeout(ACCESS_LIMIT, read).await {
            Ok(Ok(bytes)) => Ok(Some(bytes)),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(None),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { file: self.file(key) }),
        }
    }

    /// Puts `bytes` under `key`, atomically, in place of what was there.
    ///
    /// # Errors
    /// The blob is too large, the disk is full, or the file system failed or did not answer in time.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError> {
        if bytes.len() > BLOB_BYTES_MAX {
            return Err(BlobError::TooLarge { key: key.to_owned(), bytes: bytes.len() });
        }
        let path = Key::from(key);
        match timeout(ACCESS_LIMIT, self.files.put(&path, PutPayload::from(bytes))).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { file: self.file(key) }),
        }
    }

    /// Whether there are bytes under `key`.
    ///
    /// # Errors
    /// The file system failed or did not answer in time.
    pub async fn exists(&self, key: &str) -> Result<bool, BlobError> {
        match timeout(ACCESS_LIMIT, self.files.head(&Key::from(key))).await {
            Ok(Ok(_)) => Ok(true),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(false),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { file: self.file(key) }),
        }
    }

    /// Removes the bytes under `key`; none there is no error.
    ///
    /// # Errors
    /// The file system failed or did not answer in time.
    pub async fn remove(&self, key: &str) -> Result<(), BlobError> {
        match timeout(ACCESS_LIMIT, self.files.delete(&Key::from(key))).await {
            Ok(Ok(()) | Err(object_store::Error::NotFound { .. })) => Ok(()),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { file: self.file(key) }),
        }
    }

    /// Finds out whether a blob could be written and read now, by doing so.
    ///
    /// # Errors
    /// It could not, and why.
    pub async fn probe(&self) -> Result<(), BlobError> {
        const PROBE: &str = "probe";
        self.put(PROBE, Bytes::from_static(b"ok")).await?;
        self.get(PROBE).await.map(|_| ())
    }

    /// The folder, for messages to people.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    fn failed(&self, key: &str, source: object_store::Error) -> BlobError {
        let file = self.file(key);
        if is_disk_full(&source) { BlobError::DiskFull { file } } else { BlobError::Failed { file, source } }
    }
}

/// The store wraps the system's error several times; look through the wrapping for "no space left".
fn is_disk_full(error: &object_store::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(system) = inner.downcast_ref::<io::Error>() {
            return matches!(system.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        }
        cause = inner.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        let failure = |kind: io::ErrorKind| object_store::Error::Generic {
            store: "LocalFileSystem",
            source: Box::new(io::Error::from(kind)),
        };
        assert!(is_disk_full(&failure(io::ErrorKind::StorageFull)));
        assert!(is_disk_full(&failure(io::ErrorKind::QuotaExceeded)));
        assert!(!is_disk_full(&failure(io::ErrorKind::PermissionDenied)));
    }
}
