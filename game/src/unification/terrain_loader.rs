//! Terrain for the region, a few cells at a time.

use std::sync::Arc;

use grid::CellCoord;
use simulation::Command;
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinHandle,
};

use super::Mail;
use crate::TerrainSource;

/// Cells that are loaded at the same time.
const LOADS_MAX: usize = 4;

/// Starts the task; it ends when the sender is dropped. The channel is unbounded, yet a region asks for each of its 4,096
/// cells once.
pub(super) fn start(
    terrain: Arc<dyn TerrainSource>,
    mailbox: mpsc::Sender<Mail>,
) -> (mpsc::UnboundedSender<CellCoord>, JoinHandle<()>) {
    let (sender, mut wanted) = mpsc::unbounded_channel();
    let task = tokio::spawn(async move {
        let slots = Arc::new(Semaphore::new(LOADS_MAX));
        while let Some(coord) = wanted.recv().await {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                return;
            };
            let (terrain, mailbox) = (Arc::clone(&terrain), mailbox.clone());
            tokio::spawn(async move {
                let command = match terrain.chunk(coord).await {
                    Ok(chunk) => Command::TerrainReady { coord, chunk },
                    Err(error) => {
                        metrics::counter!("realmkeep_terrain_failures_total").increment(1);
                        tracing::warn!(%error, "the region's terrain can't be loaded; trying again");
                        Command::TerrainFailed { coord }
                    }
                };
                // A region that has stopped needs no terrain.
                let _ = mailbox.send(Mail::Terrain(command)).await;
                drop(slot);
            });
        }
    });
    (sender, task)
}
