//! What lies on the ground of regions, until somebody has it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Heap {
    Table,
    Id,
    /// Regions have no table: their ids follow from world and coordinates.
    RegionId,
    Name,
    X,
    Y,
    Z,
    /// No foreign key: a heap outlives the character whose right to it comes first.
    BelongsTo,
    MoneyCp,
    Goods,
    LeftAt,
    GoneAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let heap = Table::create()
            .table(Heap::Table)
            .col(pk_uuid(Heap::Id))
            .col(uuid(Heap::RegionId))
            .col(string_len(Heap::Name, 64))
            .col(big_integer(Heap::X))
            .col(big_integer(Heap::Y))
            .col(big_integer(Heap::Z))
            .col(uuid_null(Heap::BelongsTo))
            .col(big_integer(Heap::MoneyCp))
            .col(json(Heap::Goods))
            .col(timestamp_with_time_zone(Heap::LeftAt))
            .col(timestamp_with_time_zone(Heap::GoneAt))
            .to_owned();
        manager.create_table(heap).await?;
        let of_region =
            Index::create().name("heap_region_id").table(Heap::Table).col(Heap::RegionId).to_owned();
        manager.create_index(of_region).await
    }
}
