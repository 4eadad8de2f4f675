//! Exchanges a node's driver or its settings.

use api::infrastructure::SwapView;
use grid::NodeId;
use leptos::prelude::*;

use crate::Failure;

/// Carries the order out, or finds out whether it would work. `config` is JSON; a dry run needs no `reason`.
#[server(prefix = "/api/ui", endpoint = "infrastructure/swap")]
pub(crate) async fn swap_node(
    node: NodeId,
    driver: String,
    config: String,
    leaves_state: bool,
    dry_run: bool,
    reason: String,
) -> Result<SwapView, Failure> {
    use api::infrastructure::{StateChoice, SwapRequest};

    let (domain, actor) = crate::caller::allowed::<api::right::SwapInfrastructure>()?;
    let request = SwapRequest {
        driver,
        // What is no JSON fits no driver's settings, and is refused as such.
        config: serde_json::from_str(&config).unwrap_or(serde_json::Value::String(config)),
        state: Some(if leaves_state { StateChoice::Leave } else { StateChoice::Move }),
        dry_run,
        reason: Some(reason).filter(|reason| !reason.trim().is_empty()),
    };
    domain::infrastructure::swap(&domain, &actor, node, request).await.map_err(crate::caller::refuse)
}
