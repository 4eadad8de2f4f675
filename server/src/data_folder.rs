//! The folder of embedded state, held by one server at a time.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Name of the file that the lock stands on. It stays behind when the server ends; the lock does not.
const LOCK_FILE: &str = "server.lock";

/// Proof that no other server works in the folder. The kernel gives the lock up when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DataFolder {
    path: PathBuf,
    _lock: File,
}

/// Why the folder can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataFolderError {
    #[error("{}: another server works in this folder (another folder: REALMKEEP_DATA)", .0.display())]
    InUse(PathBuf),
    #[error("{}: cannot be made or written to: {cause} (another folder: REALMKEEP_DATA)", path.display())]
    NotWritable { path: PathBuf, cause: io::Error },
}

impl DataFolder {
    /// Makes the folder if it is absent, and takes it.
    pub(crate) fn take(path: &Path) -> Result<Self, DataFolderError> {
        let not_writable = |cause| DataFolderError::NotWritable { path: path.to_owned(), cause };
        fs::create_dir_all(path).map_err(not_writable)?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join(LOCK_FILE))
            .map_err(not_writable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataFolderError::InUse(path.to_owned())),
            Err(TryLockError::Error(cause)) => Err(not_writable(cause)),
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_servers_cannot_share_a_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let held = DataFolder::take(folder.path()).expect("free");
        assert!(matches!(DataFolder::take(folder.path()), Err(DataFolderError::InUse(_))));
        drop(held);
        DataFolder::take(folder.path()).expect("free again");
    }
}
