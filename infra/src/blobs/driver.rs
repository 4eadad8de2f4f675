//! A driver: any store of objects, and what it is called.

use std::{error::Error as _, io, path::Path, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt as _, stream::BoxStream};
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem, path::Path as Key};
use tokio::time::timeout;

use super::{ACCESS_LIMIT, BLOB_BYTES_MAX, BlobError};
use crate::node::{Node, NodeError};

/// Where blobs are kept. Clones share it.
#[derive(Clone, Debug)]
pub struct BlobDriver {
    name: &'static str,
    /// What stands before a key in messages to people: a folder, or a bucket.
    place: String,
    objects: Arc<dyn ObjectStore>,
}

impl BlobDriver {
    /// Opens `folder`, which is made if it is missing.
    ///
    /// # Errors
    /// The folder cannot be made, or is no folder.
    pub fn in_folder(folder: &Path) -> Result<Self, BlobError> {
        let unusable = |reason: String| BlobError::FolderUnusable { folder: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|error| unusable(error.to_string()))?;
        Ok(Self::over("folder", folder.display().to_string(), Arc::new(files)))
    }

    pub(super) fn over(name: &'static str, place: String, objects: Arc<dyn ObjectStore>) -> Self {
        Self { name, place, objects }
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Bytes>, BlobError> {
        let path = Key::from(key);
        let read = async { self.objects.get(&path).await?.bytes().await };
        match timeout(ACCESS_LIMIT, read).await {
            Ok(Ok(bytes)) => Ok(Some(bytes)),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(None),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { place: self.at(key) }),
        }
    }

    pub(super) async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError> {
        if bytes.len() > BLOB_BYTES_MAX {
            return Err(BlobError::TooLarge { key: key.to_owned(), bytes: bytes.len() });
        }
        let path = Key::from(key);
        match timeout(ACCESS_LIMIT, self.objects.put(&path, PutPayload::from(bytes))).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { place: self.at(key) }),
        }
    }

    pub(super) async fn exists(&self, key: &str) -> Result<bool, BlobError> {
        match timeout(ACCESS_LIMIT, self.objects.head(&Key::from(key))).await {
            Ok(Ok(_)) => Ok(true),
            Ok(Err(object_store::Error::NotFound { .. })) => Ok(false),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { place: self.at(key) }),
        }
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), BlobError> {
        match timeout(ACCESS_LIMIT, self.objects.delete(&Key::from(key))).await {
            Ok(Ok(()) | Err(object_store::Error::NotFound { .. })) => Ok(()),
            Ok(Err(source)) => Err(self.failed(key, source)),
            Err(_) => Err(BlobError::TimedOut { place: self.at(key) }),
        }
    }

    /// The names of all blobs, in no particular order.
    pub(crate) fn keys(&self) -> BoxStream<'static, Result<String, BlobError>> {
        let driver = self.clone();
        let listed = self.objects.list(None);
        listed
            .map(move |listed| match listed {
                Ok(object) => Ok(object.location.to_string()),
                Err(source) => Err(driver.failed("", source)),
            })
            .boxed()
    }

    /// Takes a blob from another driver, or forgets it if it is not there any more.
    pub(crate) async fn take_over(&self, key: &str, from: &Self) -> Result<(), BlobError> {
        match from.get(key).await? {
            Some(bytes) => self.put(key, bytes).await,
            None => self.remove(key).await,
        }
    }

    pub(super) async fn probe_blobs(&self) -> Result<(), BlobError> {
        const PROBE: &str = "probe";
        self.put(PROBE, Bytes::from_static(b"ok")).await?;
        self.get(PROBE).await.map(|_| ())
    }

    pub(super) fn place_name(&self) -> &str {
        &self.place
    }

    pub(crate) fn explain(&self, error: &BlobError) -> NodeError {
        let (place, reason) = (self.place.clone(), error.to_string());
        match error {
            BlobError::TimedOut { .. } => NodeError::TimedOut {
                place,
                limit_ms: u64::try_from(ACCESS_LIMIT.as_millis()).unwrap_or(u64::MAX),
            },
            _ => NodeError::Failed { place, reason },
        }
    }

    fn at(&self, key: &str) -> String {
        format!("{}/{key}", self.place)
    }

    fn failed(&self, key: &str, source: object_store::Error) -> BlobError {
        let place = self.at(key);
        if is_disk_full(&source) {
            BlobError::DiskFull { place }
        } else {
            BlobError::Failed { place, source }
        }
    }
}

#[async_trait]
impl Node for BlobDriver {
    fn driver(&self) -> &'static str {
        self.name
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.probe_blobs().await.map_err(|error| self.explain(&error))
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
