//! Signed heads of the audit: at the time of signing, the log ended so.
//!
//! Whoever may write to the database could cut the log's end off, or write all of it anew, hashes and all. A signed head
//! that was kept elsewhere shows it. So a head is signed now and then and appended to a file, one JWT a line, which an
//! installation may place on another disk or ship away with its logs: the same line goes there, too.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use store::audit::Head;
use tokio::{
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{Domain, Error};

/// The file of signed heads.
#[derive(Clone, Debug)]
pub struct HeadLog {
    file: PathBuf,
}

/// A file of signed heads that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("audit heads {}: {cause}", file.display())]
pub struct HeadError {
    file: PathBuf,
    cause: io::Error,
}

impl HeadLog {
    /// The heads in that file, which need not exist yet.
    #[must_use]
    pub fn in_file(file: &Path) -> Self {
        Self { file: file.to_owned() }
    }

    /// The lines of the file, the oldest first; none if there is no file yet.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(&self) -> Result<Vec<String>, HeadError> {
        match std::fs::read_to_string(&self.file) {
            Ok(text) => Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(cause) => Err(HeadError { file: self.file.clone(), cause }),
        }
    }

    fn append(&self, line: &str) -> Result<(), HeadError> {
        let written = || {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.file)?;
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_all()
        };
        written().map_err(|cause| HeadError { file: self.file.clone(), cause })
    }
}

/// Signs the log's head every so often, if it has moved, until `stop`.
pub fn sign_heads(domain: &Domain, log: HeadLog, every: Duration, stop: CancellationToken) {
    let domain = domain.clone();
    tokio::spawn(async move {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut signed = None;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            match sign_head(&domain, &log, signed.as_ref()).await {
                Ok(head) => signed = head,
                Err(error) => tracing::error!(%error, "the audit's head could not be signed"),
            }
        }
    });
}

async fn sign_head(domain: &Domain, log: &HeadLog, signed: Option<&Head>) -> Result<Option<Head>, Error> {
    let head = store::audit::head(domain.store()).await?;
    if let Some(head) = head.as_ref().filter(|head| signed != Some(head)) {
        let line = domain.keys().sign_head(head, store::now())?;
        tracing::info!(seq = head.seq, hash = %head.hash, signed = %line, "audit head");
        let log = log.clone();
        spawn_blocking(move || log.append(&line))
            .await
            .map_err(|error| Error::Internal(error.to_string()))?
            .map_err(|error| Error::Internal(error.to_string()))?;
    }
    Ok(head)
}
