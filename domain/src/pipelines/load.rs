//! Reading the pipelines' files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use infra::pipelines::{LoadError, Pipeline, definition::SinkDefinition};
use uuid::Uuid;

/// The largest file of a pipeline, in bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024;
/// Pipelines of an installation.
const PIPELINES_MAX: usize = 64;

/// All pipelines of this installation. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Pipelines(Arc<[Arc<Pipeline>]>);

/// Why a pipeline's file was refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file or folder can't be read.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is larger than a pipeline can be.
    #[error("{}: {bytes} bytes; {FILE_BYTES_MAX} are allowed", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// The file is no pipeline.
    #[error("{}: {error}", file.display())]
    Wrong {
        /// The file.
        file: PathBuf,
        /// What is wrong in which line.
        error: LoadError,
    },
    /// Two files want the same thing.
    #[error("{}: {what} is that of {} as well", file.display(), other.display())]
    Twice {
        /// The file.
        file: PathBuf,
        /// The file before it.
        other: PathBuf,
        /// What both have.
        what: String,
    },
    /// More files than an installation may have.
    #[error("{}: more than {PIPELINES_MAX} pipelines", folder.display())]
    TooMany {
        /// The folder.
        folder: PathBuf,
    },
}

impl Pipelines {
    /// Reads all `.json` files of a folder; one that is not there has none.
    ///
    /// # Errors
    /// A file can't be read or is wrong: the error names file, line and key.
    pub fn in_folder(folder: &Path) -> Result<Self, FileError> {
        let mut known: Vec<(PathBuf, Arc<Pipeline>)> = Vec::new();
        for file in files_of(folder)? {
            let pipeline = Arc::new(read(&file)?);
            if let Some((other, what)) =
                known.iter().find_map(|(other, before)| Some((other, same(before, &pipeline)?)))
            {
                return Err(FileError::Twice { file, other: other.clone(), what });
            }
            known.push((file, pipeline));
            if known.len() > PIPELINES_MAX {
                return Err(FileError::TooMany { folder: folder.to_owned() });
            }
        }
        Ok(Self(known.into_iter().map(|(_, pipeline)| pipeline).collect()))
    }

    /// Those pipelines, for tests and tools that have no folder.
    #[must_use]
    pub fn of(pipelines: Vec<Pipeline>) -> Self {
        Self(pipelines.into_iter().map(Arc::new).collect())
    }

    /// All pipelines, in the order of their files' names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Pipeline>> {
        self.0.iter()
    }

    pub(super) fn find(&self, id: Uuid) -> Option<Arc<Pipeline>> {
        self.iter().find(|pipeline| pipeline.id() == id).cloned()
    }
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let unreadable = |source: io::Error| FileError::Unreadable { file: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<Pipeline, FileError> {
    let unreadable = |source: io::Error| FileError::Unreadable { file: file.to_owned(), source };
    let bytes = fs::metadata(file).map_err(unreadable)?.len();
    if bytes > FILE_BYTES_MAX {
        return Err(FileError::TooLarge { file: file.to_owned(), bytes });
    }
    let text = fs::read_to_string(file).map_err(unreadable)?;
    infra::pipelines::load(&text).map_err(|error| FileError::Wrong { file: file.to_owned(), error })
}

/// What two pipelines must not share.
fn same(one: &Pipeline, other: &Pipeline) -> Option<String> {
    if one.id() == other.id() {
        return Some(format!("id {}", one.id()));
    }
    let names = |pipeline: &Pipeline| -> Vec<String> {
        pipeline
            .sinks()
            .iter()
            .filter_map(|sink| match sink {
                SinkDefinition::Table(table) => Some(format!("table {}", table.name)),
                SinkDefinition::Metric(metric) => Some(format!("metric {}", metric.name)),
                _ => None,
            })
            .collect()
    };
    let theirs = names(other);
    names(one).into_iter().find(|name| theirs.contains(name))
}
