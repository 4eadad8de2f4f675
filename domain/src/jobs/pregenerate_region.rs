//! Generates all chunks of a region ahead of its players.
//!
//! Idempotent: chunks that are kept already are counted and skipped, so a job that was killed goes on where it was.

use futures::{StreamExt as _, stream};
use grid::{REGION_CELLS, RegionCoord, WorldId};
use std::pin::pin;

use super::progress::{Progress, Stopped};
use crate::jobs::run::JobRun;

pub(super) async fn run(run: &JobRun<'_>, world: WorldId, region: RegionCoord) -> Result<(), Stopped> {
    let terrain = run.domain.terrain();
    let world = terrain.world(world).await?;
    let total = u64::from(REGION_CELLS.unsigned_abs()).pow(2);
    let mut progress = Progress::begin(run.domain, run.job, run.shutdown, total).await?;
    let chunks = stream::iter(region.cells())
        .map(|cell| terrain.keep(&world, cell))
        .buffer_unordered(terrain.generators_max());
    let mut chunks = pin!(chunks);
    while let Some(kept) = chunks.next().await {
        kept?;
        progress.step().await?;
    }
    Ok(())
}
