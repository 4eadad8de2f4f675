//! How far each pipeline is, and what its windows have summed up.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Pipeline {
    Table,
    Id,
    PausedAt,
    EventsIn,
    EventsRepeated,
    RowsOut,
    EventsRefused,
    LastEventAt,
    CheckpointAt,
    Error,
    ErrorAt,
}

#[derive(DeriveIden)]
enum PipelineWindow {
    Table,
    PipelineId,
    StartsAt,
    Key,
    Total,
    ChangedAt,
    ClosedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pipeline = Table::create()
            .table(Pipeline::Table)
            .col(pk_uuid(Pipeline::Id))
            .col(timestamp_with_time_zone_null(Pipeline::PausedAt))
            .col(big_integer(Pipeline::EventsIn))
            .col(big_integer(Pipeline::EventsRepeated))
            .col(big_integer(Pipeline::RowsOut))
            .col(big_integer(Pipeline::EventsRefused))
            .col(timestamp_with_time_zone_null(Pipeline::LastEventAt))
            .col(timestamp_with_time_zone_null(Pipeline::CheckpointAt))
            .col(text_null(Pipeline::Error))
            .col(timestamp_with_time_zone_null(Pipeline::ErrorAt))
            .to_owned();
        manager.create_table(pipeline).await?;
        let window = Table::create()
            .table(PipelineWindow::Table)
            .col(uuid(PipelineWindow::PipelineId))
            .col(timestamp_with_time_zone(PipelineWindow::StartsAt))
            .col(text(PipelineWindow::Key))
            .col(json(PipelineWindow::Total))
            .col(timestamp_with_time_zone(PipelineWindow::ChangedAt))
            .col(timestamp_with_time_zone_null(PipelineWindow::ClosedAt))
            .primary_key(
                Index::create()
                    .col(PipelineWindow::PipelineId)
                    .col(PipelineWindow::StartsAt)
                    .col(PipelineWindow::Key),
            )
            .to_owned();
        manager.create_table(window).await
    }
}
