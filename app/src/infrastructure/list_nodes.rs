//! Asks what runs.

use api::{List, infrastructure::NodeView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The nodes of this process, each asked just now.
#[server(prefix = "/api/ui", endpoint = "infrastructure/nodes", input = GetUrl)]
pub(crate) async fn list_nodes() -> Result<List<NodeView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewInfrastructure>()?;
    Ok(domain::infrastructure::list(&domain, &actor).await)
}
