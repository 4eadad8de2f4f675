//! Background jobs: what they do, who asked, how far they are. The queue itself is kept elsewhere.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Job {
    Table,
    Id,
    Kind,
    Arguments,
    State,
    ProgressDone,
    ProgressTotal,
    Message,
    Error,
    Attempts,
    RequestedBy,
    CreatedAt,
    StartedAt,
    FinishedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let job = Table::create()
            .table(Job::Table)
            .col(pk_uuid(Job::Id))
            .col(string_len(Job::Kind, 64))
            .col(json(Job::Arguments))
            .col(string_len(Job::State, 16))
            .col(big_integer(Job::ProgressDone))
            .col(big_integer(Job::ProgressTotal))
            .col(text_null(Job::Message))
            .col(text_null(Job::Error))
            .col(integer(Job::Attempts))
            .col(uuid_null(Job::RequestedBy))
            .col(timestamp_with_time_zone(Job::CreatedAt))
            .col(timestamp_with_time_zone_null(Job::StartedAt))
            .col(timestamp_with_time_zone_null(Job::FinishedAt))
            .to_owned();
        manager.create_table(job).await?;
        let by_state = Index::create().name("job_state").table(Job::Table).col(Job::State).to_owned();
        manager.create_index(by_state).await
    }
}
