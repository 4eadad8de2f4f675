//! Restoring what served before.

use api::{
    NodeId,
    infrastructure::{RevertRequest, SwapView},
    right,
};
use garde::Validate as _;
use infra::nodes::Order;

use super::{
    from_json,
    swap::{carry_out, with_reason},
};
use crate::{Actor, Allowed, Domain, Error};

/// Exchanges a node's driver for the one that served before the last swap.
///
/// # Errors
/// [`Error::Conflict`] if there was no swap, or it can't be undone; [`Error::InvalidField`] if nobody says why; else as [`swap`](super::swap()).
pub async fn revert(
    domain: &Domain,
    actor: &Allowed<right::SwapInfrastructure>,
    node: NodeId,
    request: RevertRequest,
) -> Result<SwapView, Error> {
    request.validate()?;
    let actor = with_reason(actor, request.reason)?;
    if domain.nodes().find(node.uuid()).is_none() {
        return Err(Error::NotFound("node"));
    }
    let last = store::node_swaps::last_done(domain.store(), node).await?;
    let last = last.ok_or_else(|| Error::Conflict("this node was never swapped".to_owned()))?;
    let before = from_json(&last.before)?;
    let order = Order { driver: before.driver, config: before.config, state: None };
    carry_out(domain, Actor::clone(&actor), node, order).await
}
