//! Copies the whole database into the blobs, and forgets the oldest copies.
//!
//! An attempt that is cut short leaves parts that no list names; the next one begins anew, since a copy is of one moment.

use super::progress::{Progress, Stopped};
use crate::{backups, jobs::run::JobRun};

pub(super) async fn run(run: &JobRun<'_>, keep: u32) -> Result<(), Stopped> {
    let copy = backups::Copy::of(run.domain, run.job).await?;
    let mut progress = Progress::begin(run.domain, run.job, run.shutdown, copy.parts() + 1).await?;
    let mut manifest = copy.manifest();
    for part in copy.iter() {
        manifest.push(copy.keep(part).await?);
        progress.step().await?;
    }
    backups::list_and_forget(run.domain, manifest, keep).await?;
    progress.step().await?;
    Ok(())
}
