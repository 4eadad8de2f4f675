//! Exchanging a node's driver.

use api::{
    NodeId,
    infrastructure::{Setup, StateChoice, SwapOutcome, SwapRequest, SwapView},
    right,
};
use garde::Validate as _;
use grid::AccountId;
use infra::{
    nodes::{Order, OrderError},
    swap::State,
};
use serde_json::json;
use store::node_swaps::{self as rows, NodeSwap};
use uuid::Uuid;

use super::{as_json, history::names, setup, view};
use crate::{
    Actor, Allowed, AllowedAt as _, Domain, Error,
    audit::{self, Alteration},
};

/// Puts another driver into a node's seat, or finds out whether that would work.
///
/// # Errors
/// [`Error::InvalidField`] if the settings don't fit, or nobody says why; [`Error::Conflict`] if another swap of the node is under way, or
/// the new driver could not take the seat: then the old one serves as before.
pub async fn swap(
    domain: &Domain,
    actor: &Allowed<right::SwapInfrastructure>,
    node: NodeId,
    request: SwapRequest,
) -> Result<SwapView, Error> {
    request.validate()?;
    let order = Order {
        driver: request.driver,
        config: request.config,
        state: request.state.map(|choice| match choice {
            StateChoice::Move => State::Move,
            StateChoice::Leave => State::Leave,
        }),
    };
    if request.dry_run {
        return try_out(domain, node, &order, request.reason).await;
    }
    let actor = with_reason(actor, request.reason)?;
    carry_out(domain, Actor::clone(&actor), node, order).await
}

/// The actor with the reason that the order gives, or else came along with it.
pub(super) fn with_reason(
    actor: &Allowed<right::SwapInfrastructure>,
    given: Option<String>,
) -> Result<Allowed<right::SwapInfrastructure>, Error> {
    let reason = given.or_else(|| actor.arrival.reason.clone()).ok_or_else(|| Error::InvalidField {
        field: "reason",
        message: "say why, in 3 to 500 characters".to_owned(),
    })?;
    actor.everywhere()?.because_of(&reason)
}

/// Carries an order out on a task of its own: whoever ordered it may leave.
pub(super) async fn carry_out(
    domain: &Domain,
    actor: Actor,
    node: NodeId,
    order: Order,
) -> Result<SwapView, Error> {
    let domain = domain.clone();
    let swap = tokio::spawn(async move { swap_and_note(&domain, &actor, node, order).await });
    swap.await.map_err(|error| Error::Internal(format!("a swap panicked: {error}")))?
}

async fn swap_and_note(domain: &Domain, actor: &Actor, id: NodeId, order: Order) -> Result<SwapView, Error> {
    let node = domain.nodes().find(id.uuid()).ok_or(Error::NotFound("node"))?;
    let (at, before) = (domain.now(), setup(&node.metadata()));
    let began = std::time::Instant::now();
    let outcome = node.swap(&order).await;
    let took_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    let after = Setup { driver: order.driver.clone(), config: order.config.clone() };
    let mut swap = NodeSwap {
        id: Uuid::now_v7(),
        node_id: id,
        at,
        actor: actor.account,
        reason: actor.arrival.reason.clone(),
        before: as_json(&before),
        after: as_json(&after),
        outcome: rows::SwapOutcome::Done,
        error: None,
        moved: json!({}),
        pause_us: 0,
        took_ms,
        notes: json!([]),
    };
    match &outcome {
        Ok(done) => {
            swap.moved = json!(done.moved);
            swap.pause_us = i64::try_from(done.pause_us).unwrap_or(i64::MAX);
            swap.notes = json!(done.notes);
            tracing::info!(node_id = %id, driver = order.driver, pause_us = done.pause_us, "a node was swapped");
        }
        Err(OrderError::Failed(failure)) => {
            let is_back = failure.was_rolled_back;
            swap.outcome = if is_back { rows::SwapOutcome::RolledBack } else { rows::SwapOutcome::Failed };
            swap.error = Some(failure.to_string());
            tracing::warn!(node_id = %id, driver = order.driver, %failure, "a swap failed");
        }
        Err(refusal) => return Err(refuse(refusal)),
    }
    note(domain, actor, &swap).await;
    match outcome {
        Ok(_) => {
            let actors: Vec<AccountId> = swap.actor.into_iter().collect();
            Ok(view(&swap, &names(domain, &actors).await.unwrap_or_default())?)
        }
        Err(error) => Err(refuse(&error)),
    }
}

/// The swap has happened, whether or not it can be written down.
async fn note(domain: &Domain, actor: &Actor, swap: &NodeSwap) {
    let written = async {
        let transaction = domain.store().begin().await?;
        rows::append(&transaction, swap).await?;
        let stays = swap.outcome != rows::SwapOutcome::Done;
        let done = Alteration {
            action: "infrastructure.swap",
            subject: format!("node {}", swap.node_id),
            details: json!({ "swap": swap.id, "wanted": swap.after, "error": swap.error }),
            before: swap.before.clone(),
            after: if stays { swap.before.clone() } else { swap.after.clone() },
        };
        audit::alteration(&transaction, actor, done).await?;
        transaction.commit().await
    };
    if let Err(error) = written.await {
        tracing::error!(swap_id = %swap.id, %error, before = %swap.before, after = %swap.after, "a swap could not be noted");
    }
}

async fn try_out(
    domain: &Domain,
    id: NodeId,
    order: &Order,
    reason: Option<String>,
) -> Result<SwapView, Error> {
    let node = domain.nodes().find(id.uuid()).ok_or(Error::NotFound("node"))?;
    let began = std::time::Instant::now();
    node.try_out(order).await.map_err(|error| refuse(&error))?;
    let metadata = node.metadata();
    let leaves = order.state.unwrap_or_else(|| State::usual(metadata.kind)) == State::Leave;
    let fate =
        if leaves { "What it keeps would stay where it is." } else { "What it keeps would come along." };
    Ok(SwapView {
        id: Uuid::now_v7(),
        node_id: id,
        at: domain.now(),
        actor: "nobody: a dry run".to_owned(),
        reason,
        before: setup(&metadata),
        after: Setup { driver: order.driver.clone(), config: order.config.clone() },
        outcome: SwapOutcome::WouldWork,
        error: None,
        moved: std::collections::BTreeMap::new(),
        pause_us: 0,
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        notes: vec![fate.to_owned()],
    })
}

fn refuse(error: &OrderError) -> Error {
    match error {
        OrderError::Busy => Error::Conflict(error.to_string()),
        OrderError::Misfit(misfit) if misfit.key == "driver" => {
            Error::InvalidField { field: "driver", message: misfit.reason.clone() }
        }
        OrderError::Misfit(misfit) => Error::InvalidField { field: "config", message: misfit.to_string() },
        OrderError::Failed(failure) => Error::Conflict(failure.to_string()),
    }
}
