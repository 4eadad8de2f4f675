//! The history of infrastructure nodes: what served, what took its place, and how that went.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum NodeSwap {
    Table,
    Id,
    NodeId,
    At,
    /// No foreign key: the history outlives the account that it speaks of.
    Actor,
    Reason,
    Before,
    After,
    Outcome,
    Error,
    Moved,
    PauseUs,
    TookMs,
    Notes,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let swap = Table::create()
            .table(NodeSwap::Table)
            .col(pk_uuid(NodeSwap::Id))
            .col(uuid(NodeSwap::NodeId))
            .col(timestamp_with_time_zone(NodeSwap::At))
            .col(uuid_null(NodeSwap::Actor))
            .col(text_null(NodeSwap::Reason))
            .col(json(NodeSwap::Before))
            .col(json(NodeSwap::After))
            .col(string_len(NodeSwap::Outcome, 32))
            .col(text_null(NodeSwap::Error))
            .col(json(NodeSwap::Moved))
            .col(big_integer(NodeSwap::PauseUs))
            .col(big_integer(NodeSwap::TookMs))
            .col(json(NodeSwap::Notes))
            .to_owned();
        manager.create_table(swap).await?;
        let by_node = Index::create()
            .name("node_swap_node_id")
            .table(NodeSwap::Table)
            .col(NodeSwap::NodeId)
            .col(NodeSwap::Id)
            .to_owned();
        manager.create_index(by_node).await
    }
}
