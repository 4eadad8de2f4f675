//! Asks what was exchanged for what.

use api::{List, infrastructure::SwapView};
use grid::NodeId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The newest swaps of a node.
#[server(prefix = "/api/ui", endpoint = "infrastructure/history", input = GetUrl)]
pub(crate) async fn read_history(node: NodeId) -> Result<List<SwapView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewInfrastructure>()?;
    domain::infrastructure::history(&domain, &actor, node, None).await.map_err(crate::caller::refuse)
}
