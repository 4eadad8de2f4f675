//! Copies of the whole database among the blobs, made by a job and brought back by `server restore`.
//!
//! A copy is a row of parts, `backups/<id>/<file>/<number>`, each at most [`PART_BYTES`] long, and a [`Manifest`] that
//! names them with their hashes. `backups/index.json` lists the manifests; it is written last, so what stands there is
//! whole. Terrain is not copied: it grows again from the world's seed and recipe, which are in the database. The keys
//! that tokens are signed with are not copied either: a copy that is stolen must not sign.

use std::{
    io::{self, SeekFrom},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use grid::JobId;
use infra::blobs::{BlobError, Blobs};
use serde::{Deserialize, Serialize};
use store::backup::{self, BackupError};
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
};
use uuid::Uuid;

use crate::{Domain, Error};

/// The length of a part: well under what a blob may hold.
const PART_BYTES: u64 = 8 * 1024 * 1024;
const INDEX: &str = "backups/index.json";

/// Why a copy could not be brought back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is no copy, or none of that id.
    #[error("there is no back-up {0}")]
    Unknown(String),
    /// The list of copies, or a part, is missing or not what was written.
    #[error("the back-up is damaged: {0}")]
    Damaged(String),
    /// The blobs failed.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The database or a file failed.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A file can't be written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What a copy consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The copy.
    pub id: Uuid,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// The version of the program that made it.
    pub version: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The file that it belongs to.
    pub file: String,
    /// Its number within the file.
    pub number: u64,
    /// Its length, in bytes.
    pub bytes: u64,
    /// Hex BLAKE3 hash of its bytes.
    pub hash: String,
}

impl Part {
    fn key(&self, backup: Uuid) -> String {
        format!("backups/{backup}/{}/{:06}", self.file, self.number)
    }
}

impl Manifest {
    /// Adds a part.
    pub(crate) fn push(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// The length of all parts, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.bytes).sum()
    }
}

/// A copy of the database in files, on its way into the blobs. The files go when it is dropped.
pub(crate) struct Copy {
    id: Uuid,
    made_at: DateTime<Utc>,
    database: &'static str,
    blobs: Blobs,
    folder: Scratch,
    pieces: Vec<Piece>,
}

/// A piece of a file that becomes a part.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    file: PathBuf,
    number: u64,
}

/// A folder that goes when it is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "a folder for a back-up could not be removed");
        }
    }
}

impl Copy {
    /// Copies the database into files.
    pub(crate) async fn of(domain: &Domain, job: JobId) -> Result<Self, Error> {
        let folder = domain.settings().scratch.join(format!("back-up-{job}"));
        // What an attempt before this one has left.
        if fs::try_exists(&folder).await.unwrap_or(false) {
            fs::remove_dir_all(&folder).await.map_err(|error| unusable(&folder, &error))?;
        }
        fs::create_dir_all(&folder).await.map_err(|error| unusable(&folder, &error))?;
        let folder = Scratch(folder);
        let made_at = store::now();
        let files = backup::copy(domain.store(), &folder.0).await?;
        let mut pieces = Vec::new();
        for file in files {
            let bytes = fs::metadata(&file).await.map_err(|error| unusable(&file, &error))?.len();
            pieces.extend(
                (0..bytes.div_ceil(PART_BYTES).max(1)).map(|number| Piece { file: file.clone(), number }),
            );
        }
        let database = backup::kind_of(domain.store()).name();
        Ok(Self { id: Uuid::now_v7(), made_at, database, blobs: domain.blobs().clone(), folder, pieces })
    }

    pub(crate) fn parts(&self) -> u64 {
        self.pieces.len() as u64
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter()
    }

    /// The manifest, without parts so far.
    pub(crate) fn manifest(&self) -> Manifest {
        Manifest {
            id: self.id,
            made_at: self.made_at,
            database: self.database.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            parts: Vec::new(),
        }
    }

    /// Puts a piece among the blobs.
    pub(crate) async fn keep(&self, piece: &Piece) -> Result<Part, Error> {
        let bytes = read_piece(piece).await.map_err(|error| unusable(&piece.file, &error))?;
        let name = piece.file.strip_prefix(&self.folder.0).unwrap_or(&piece.file);
        let part = Part {
            file: name.to_string_lossy().into_owned(),
            number: piece.number,
            bytes: bytes.len() as u64,
            hash: blake3::hash(&bytes).to_hex().to_string(),
        };
        self.blobs.put(&part.key(self.id), bytes.into()).await?;
        Ok(part)
    }
}

async fn read_piece(piece: &Piece) -> io::Result<Vec<u8>> {
    let mut file = fs::File::open(&piece.file).await?;
    file.seek(SeekFrom::Start(piece.number * PART_BYTES)).await?;
    let mut bytes = Vec::new();
    file.take(PART_BYTES).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// Lists a copy that is whole, and forgets all but the newest `keep`.
pub(crate) async fn list_and_forget(domain: &Domain, manifest: Manifest, keep: u32) -> Result<(), Error> {
    let blobs = domain.blobs();
    tracing::info!(backup = %manifest.id, bytes = manifest.bytes(), "the database was copied");
    let mut all = index(blobs).await.map_err(|error| Error::Internal(error.to_string()))?;
    all.push(manifest);
    let surplus = all.len().saturating_sub(keep as usize);
    let old: Vec<Manifest> = all.drain(..surplus).collect();
    let text = serde_json::to_vec_pretty(&all)
        .map_err(|error| Error::Internal(format!("the list of back-ups does not become JSON: {error}")))?;
    blobs.put(INDEX, text.into()).await?;
    for manifest in old {
        for part in &manifest.parts {
            blobs.remove(&part.key(manifest.id)).await?;
        }
    }
    Ok(())
}

/// All copies that are whole, the oldest first.
///
/// # Errors
/// The blobs failed, or the list is damaged.
pub async fn index(blobs: &Blobs) -> Result<Vec<Manifest>, RestoreError> {
    match blobs.get(INDEX).await? {
        Some(text) => {
            serde_json::from_slice(&text).map_err(|error| RestoreError::Damaged(format!("{INDEX}: {error}")))
        }
        None => Ok(Vec::new()),
    }
}

/// The copy of that id, or the newest.
///
/// # Errors
/// There is none.
pub async fn choose(blobs: &Blobs, id: Option<Uuid>) -> Result<Manifest, RestoreError> {
    let all = index(blobs).await?;
    let chosen = match id {
        Some(id) => all.into_iter().find(|manifest| manifest.id == id),
        None => all.into_iter().next_back(),
    };
    chosen.ok_or_else(|| RestoreError::Unknown(id.map_or_else(|| "yet".to_owned(), |id| id.to_string())))
}

/// Puts a copy's files together in `folder`, each part checked by its hash.
///
/// # Errors
/// A part is missing or damaged, or a file can't be written.
pub async fn fetch(blobs: &Blobs, manifest: &Manifest, folder: &Path) -> Result<(), RestoreError> {
    for part in &manifest.parts {
        let key = part.key(manifest.id);
        let bytes: Bytes =
            blobs.get(&key).await?.ok_or_else(|| RestoreError::Damaged(format!("{key} is missing")))?;
        if blake3::hash(&bytes).to_hex().as_str() != part.hash {
            return Err(RestoreError::Damaged(format!("{key} is not what was written")));
        }
        // A manifest is data; a name in it must not lead out of the folder.
        let name = Path::new(&part.file).file_name().unwrap_or_default();
        let file = folder.join(name);
        let written = async {
            let mut open = fs::OpenOptions::new().create(true).append(true).open(&file).await?;
            open.write_all(&bytes).await?;
            open.sync_all().await
        };
        written.await.map_err(|source| RestoreError::File { file: file.clone(), source })?;
    }
    Ok(())
}

fn unusable(file: &Path, error: &io::Error) -> Error {
    Error::Internal(format!("{} can't be used: {error}", file.display()))
}
