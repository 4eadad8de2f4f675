//! From the bus into the mailbox.

use grid::RegionId;
use infra::{
    NodeError,
    bus::{Delivery, SharedBus},
};
use tokio::{sync::mpsc, task::JoinHandle};

use super::Mail;
use crate::wire;

/// Listens to the region's commands. Returns once nothing that is published can be missed.
pub(super) async fn start(
    bus: &SharedBus,
    region: RegionId,
    mailbox: mpsc::Sender<Mail>,
) -> Result<JoinHandle<()>, NodeError> {
    let mut commands = bus.subscribe(&wire::commands_topic(region)).await?;
    Ok(tokio::spawn(async move {
        while let Some(delivery) = commands.next().await {
            match delivery {
                Delivery::Message(bytes) => {
                    let Some(command) = wire::decode(&bytes) else {
                        metrics::counter!("realmkeep_region_commands_malformed_total").increment(1);
                        tracing::warn!(%region, bytes = bytes.len(), "a command on the bus is none of ours");
                        continue;
                    };
                    if mailbox.send(Mail::Command(command)).await.is_err() {
                        return;
                    }
                }
                Delivery::Lagged(count) => {
                    metrics::counter!("realmkeep_region_commands_lost_total").increment(count.max(1));
                    tracing::warn!(%region, count, "commands were lost: the region is too slow or the bus broke");
                }
            }
        }
    }))
}
