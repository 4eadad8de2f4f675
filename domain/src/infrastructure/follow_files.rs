//! Following the files: what they say by now is offered, and carried out by itself if so configured.

use std::time::Duration;

use api::NodeId;
use infra::nodes::Order;
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use super::swap::carry_out;
use crate::{Actor, Arrival, Domain};

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Looks at the nodes' files from now on, until `shutdown`.
pub fn follow_files(domain: &Domain, applies: bool, shutdown: CancellationToken) -> JoinHandle<()> {
    let domain = domain.clone();
    tokio::spawn(async move {
        let mut due = interval(LOOK_EVERY);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last_error = None;
        let mut tried: Vec<(NodeId, Order)> = Vec::new();
        loop {
            tokio::select! {
                _ = due.tick() => {}
                () = shutdown.cancelled() => return,
            }
            let error = domain.nodes().compare_files().err();
            if let Some(error) = error.as_ref().filter(|error| Some(*error) != last_error.as_ref()) {
                tracing::error!(%error, "a node's file can't be used; the node goes on as it is");
            }
            last_error = error;
            if applies {
                apply(&domain, &mut tried).await;
            }
        }
    })
}

/// Carries out what the files say, each version of a file once.
async fn apply(domain: &Domain, tried: &mut Vec<(NodeId, Order)>) {
    let offers: Vec<(NodeId, Order)> = domain
        .nodes()
        .iter()
        .filter(|node| node.is_swappable())
        .filter_map(|node| {
            let offered = node.status().offered?;
            let order = Order { driver: offered.driver, config: offered.config, state: None };
            Some((NodeId::from_uuid(node.id()), order))
        })
        .collect();
    tried.retain(|(node, order)| offers.iter().any(|offer| (&offer.0, &offer.1) == (node, order)));
    for (node, order) in offers {
        if tried.contains(&(node, order.clone())) {
            continue;
        }
        tried.push((node, order.clone()));
        let reason = Some("its file was changed".to_owned());
        let actor = Actor::visitor(Arrival { reason, ..Arrival::within() });
        if let Err(error) = carry_out(domain, actor, node, order).await {
            tracing::error!(node_id = %node, %error, "a node's changed file could not be carried out");
        }
    }
}
