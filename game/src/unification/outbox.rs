//! From the thread onto the bus.

use bytes::Bytes;
use grid::{NodeId, RegionId};
use infra::bus::SharedBus;
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{
    replication::Bundle,
    wire::{self, Reply},
};

/// Messages that wait for the bus. A slow bus makes bundles be dropped, and a complete one healed by.
const OUTGOING_MAX: usize = 4_096;

/// What a region sends.
#[derive(Debug)]
pub(super) enum Outgoing {
    Frames(Bundle),
    Reply(NodeId, Reply),
}

/// Starts the task; it ends when the sender is dropped and all is sent.
pub(super) fn start(bus: SharedBus, region: RegionId) -> (mpsc::Sender<Outgoing>, JoinHandle<()>) {
    let (sender, mut outgoing) = mpsc::channel(OUTGOING_MAX);
    let frames_topic = wire::frames_topic(region);
    let task = tokio::spawn(async move {
        let mut fails = false;
        while let Some(message) = outgoing.recv().await {
            let outcome = match message {
                Outgoing::Frames(bundle) => bus.publish(&frames_topic, bundle.encode()).await,
                Outgoing::Reply(gateway, reply) => publish_reply(&bus, gateway, &reply).await,
            };
            // Once for each outage, not for each of its twenty messages a second.
            match outcome {
                Ok(()) => fails = false,
                Err(error) if !fails => {
                    fails = true;
                    tracing::error!(%region, %error, "the region can't publish");
                }
                Err(_) => {}
            }
        }
    });
    (sender, task)
}

async fn publish_reply(bus: &SharedBus, gateway: NodeId, reply: &Reply) -> Result<(), infra::NodeError> {
    let bytes: Bytes = wire::encode(reply);
    bus.publish(&wire::replies_topic(gateway), bytes).await
}
