//! Where players stand, written behind.

use std::{collections::BTreeMap, time::Duration};

use grid::{CharacterId, Position};
use store::Store;
use tokio::{sync::mpsc, task::JoinHandle, time::sleep};

/// Batches that wait for the database.
const BATCHES_MAX: usize = 64;
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Attempts for what is left when the region has stopped.
const LAST_ATTEMPTS: u32 = 5;

/// Positions by character: the newest counts.
pub(super) type Positions = BTreeMap<CharacterId, Position>;

/// Starts the task; it ends when the sender is dropped and all is saved, or can't be.
pub(super) fn start(store: Store) -> (mpsc::Sender<Positions>, JoinHandle<()>) {
    let (sender, mut batches) = mpsc::channel::<Positions>(BATCHES_MAX);
    let task = tokio::spawn(async move {
        let mut unsaved = Positions::new();
        while let Some(batch) = batches.recv().await {
            unsaved.extend(batch);
            while let Ok(next) = batches.try_recv() {
                unsaved.extend(next);
            }
            if !save(&store, &mut unsaved).await {
                sleep(RETRY_AFTER).await;
            }
        }
        for _ in 0..LAST_ATTEMPTS {
            if save(&store, &mut unsaved).await {
                return;
            }
            sleep(RETRY_AFTER).await;
        }
        tracing::error!(players = unsaved.len(), "positions were lost: the database did not take them");
    });
    (sender, task)
}

/// Saves all; what fails stays for the next batch, unless that has something newer.
async fn save(store: &Store, unsaved: &mut Positions) -> bool {
    if unsaved.is_empty() {
        return true;
    }
    let positions: Vec<_> = unsaved.iter().map(|(&character, &position)| (character, position)).collect();
    match store::characters::save_positions(store, &positions, store::now()).await {
        Ok(()) => {
            metrics::counter!("realmkeep_positions_saved_total").increment(positions.len() as u64);
            unsaved.clear();
            true
        }
        Err(error) => {
            metrics::counter!("realmkeep_position_save_failures_total").increment(1);
            tracing::error!(%error, players = positions.len(), "positions could not be saved; trying again");
            false
        }
    }
}
