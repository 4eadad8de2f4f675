//! Restores what served before a node's last swap.

use api::infrastructure::SwapView;
use grid::NodeId;
use leptos::prelude::*;

use crate::Failure;

/// Exchanges the driver for the one before.
#[server(prefix = "/api/ui", endpoint = "infrastructure/revert")]
pub(crate) async fn revert_node(node: NodeId, reason: String) -> Result<SwapView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::SwapInfrastructure>()?;
    let request = api::infrastructure::RevertRequest { reason: Some(reason) };
    domain::infrastructure::revert(&domain, &actor, node, request).await.map_err(crate::caller::refuse)
}
