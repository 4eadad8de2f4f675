//! Infrastructure nodes: what runs, and the exchange of drivers while players play.
//!
//! A swap goes on when whoever ordered it is gone, and every one that was tried is noted: in the node's history, and in
//! the audit.

mod follow_files;
mod history;
mod kinds;
mod list;
mod revert;
mod swap;

pub use follow_files::follow_files;
pub use history::history;
pub use kinds::kinds;
pub use list::{get, list};
pub use revert::revert;
pub use swap::swap;

use std::collections::BTreeMap;

use api::infrastructure::{Setup, SwapOutcome, SwapView};
use grid::AccountId;
use infra::nodes::Metadata;
use serde_json::{Value, json};
use store::{
    StoreError,
    node_swaps::{self as rows, NodeSwap},
};

fn setup(metadata: &Metadata) -> Setup {
    Setup { driver: metadata.driver.clone(), config: metadata.config.clone() }
}

fn as_json(setup: &Setup) -> Value {
    json!({"driver": setup.driver, "config": setup.config})
}

fn from_json(value: &Value) -> Result<Setup, StoreError> {
    serde_json::from_value(value.clone())
        .map_err(|error| StoreError::Unreadable { table: "node_swap", reason: error.to_string() })
}

fn view(swap: &NodeSwap, names: &BTreeMap<AccountId, String>) -> Result<SwapView, StoreError> {
    let actor = match swap.actor {
        Some(id) => names.get(&id).cloned().unwrap_or_else(|| "a deleted account".to_owned()),
        None => "the server".to_owned(),
    };
    Ok(SwapView {
        id: swap.id,
        node_id: swap.node_id,
        at: swap.at,
        actor,
        reason: swap.reason.clone(),
        before: from_json(&swap.before)?,
        after: from_json(&swap.after)?,
        outcome: match swap.outcome {
            rows::SwapOutcome::Done => SwapOutcome::Done,
            rows::SwapOutcome::Failed => SwapOutcome::Failed,
            rows::SwapOutcome::RolledBack => SwapOutcome::RolledBack,
        },
        error: swap.error.clone(),
        moved: serde_json::from_value(swap.moved.clone()).unwrap_or_default(),
        pause_us: u64::try_from(swap.pause_us).unwrap_or_default(),
        took_ms: u64::try_from(swap.took_ms).unwrap_or_default(),
        notes: serde_json::from_value(swap.notes.clone()).unwrap_or_default(),
    })
}
