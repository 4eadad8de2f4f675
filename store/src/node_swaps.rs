//! The history of infrastructure nodes: swaps are added and read, never changed.

use chrono::{DateTime, Utc};
use grid::{AccountId, NodeId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use crate::{Records, StoreError, entity::node_swap};

/// How a swap ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapOutcome {
    /// The new driver serves.
    Done,
    /// The old driver serves as before.
    Failed,
    /// The new driver had the seat for a moment.
    RolledBack,
}

impl SwapOutcome {
    const ALL: [Self; 3] = [Self::Done, Self::Failed, Self::RolledBack];

    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::RolledBack => "rolled_back",
        }
    }
}

/// A swap that was done or tried.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeSwap {
    /// The swap.
    pub id: Uuid,
    /// The node.
    pub node_id: NodeId,
    /// When it began.
    pub at: DateTime<Utc>,
    /// Who ordered it; `None` for the server itself.
    pub actor: Option<AccountId>,
    /// Why.
    pub reason: Option<String>,
    /// Driver and settings that served before.
    pub before: Value,
    /// Driver and settings that were to serve.
    pub after: Value,
    /// How it ended.
    pub outcome: SwapOutcome,
    /// What was wrong.
    pub error: Option<String>,
    /// What came along, by name.
    pub moved: Value,
    /// How long callers waited, at most, in microseconds.
    pub pause_us: i64,
    /// How long all of it took, in milliseconds.
    pub took_ms: i64,
    /// What people should know.
    pub notes: Value,
}

/// Adds a swap.
///
/// # Errors
/// The database failed.
pub async fn append(records: &impl Records, swap: &NodeSwap) -> Result<(), StoreError> {
    let row = node_swap::ActiveModel {
        id: Set(swap.id),
        node_id: Set(swap.node_id.uuid()),
        at: Set(swap.at),
        actor: Set(swap.actor.map(AccountId::uuid)),
        reason: Set(swap.reason.clone()),
        before: Set(swap.before.clone()),
        after: Set(swap.after.clone()),
        outcome: Set(swap.outcome.name().to_owned()),
        error: Set(swap.error.clone()),
        moved: Set(swap.moved.clone()),
        pause_us: Set(swap.pause_us),
        took_ms: Set(swap.took_ms),
        notes: Set(swap.notes.clone()),
    };
    node_swap::Entity::insert(row).exec_without_returning(records.connection()).await?;
    Ok(())
}

/// The newest swaps of a node, the newest first, at most `limit` before `before`.
///
/// # Errors
/// The database failed.
pub async fn list(
    records: &impl Records,
    node: NodeId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<NodeSwap>, StoreError> {
    let mut query = node_swap::Entity::find().filter(node_swap::Column::NodeId.eq(node.uuid()));
    if let Some(before) = before {
        query = query.filter(node_swap::Column::Id.lt(before));
    }
    let rows = query.order_by_desc(node_swap::Column::Id).limit(limit).all(records.connection()).await?;
    rows.into_iter().map(NodeSwap::try_from).collect()
}

/// The newest swap of a node that was done.
///
/// # Errors
/// The database failed.
pub async fn last_done(records: &impl Records, node: NodeId) -> Result<Option<NodeSwap>, StoreError> {
    node_swap::Entity::find()
        .filter(node_swap::Column::NodeId.eq(node.uuid()))
        .filter(node_swap::Column::Outcome.eq(SwapOutcome::Done.name()))
        .order_by_desc(node_swap::Column::Id)
        .one(records.connection())
        .await?
        .map(NodeSwap::try_from)
        .transpose()
}

impl TryFrom<node_swap::Model> for NodeSwap {
    type Error = StoreError;

    fn try_from(row: node_swap::Model) -> Result<Self, StoreError> {
        let outcome = SwapOutcome::ALL.into_iter().find(|outcome| outcome.name() == row.outcome);
        let outcome = outcome.ok_or_else(|| StoreError::Unreadable {
            table: "node_swap",
            reason: format!("outcome {:?}", row.outcome),
        })?;
        Ok(Self {
            id: row.id,
            node_id: NodeId::from_uuid(row.node_id),
            at: row.at,
            actor: row.actor.map(AccountId::from_uuid),
            reason: row.reason,
            before: row.before,
            after: row.after,
            outcome,
            error: row.error,
            moved: row.moved,
            pause_us: row.pause_us,
            took_ms: row.took_ms,
            notes: row.notes,
        })
    }
}
