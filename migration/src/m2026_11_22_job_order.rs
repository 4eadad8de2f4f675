//! The order of jobs: priorities, keys that keep a job from being asked for twice, tries by hand, schedules, and a
//! queue that can stand still.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Job {
    Table,
    Kind,
    Priority,
    IdempotencyKey,
    Retries,
}

#[derive(DeriveIden)]
enum JobQueue {
    Table,
    Name,
    PausedAt,
}

#[derive(DeriveIden)]
enum JobSchedule {
    Table,
    Id,
    Name,
    Cron,
    Arguments,
    NextAt,
    LastAt,
    LastJobId,
    PausedAt,
    CreatedAt,
}

#[derive(DeriveIden)]
enum EventRollup {
    Table,
    Hour,
    Kind,
    Events,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for mut column in [
            integer(Job::Priority).default(0).to_owned(),
            string_len_null(Job::IdempotencyKey, 128),
            integer(Job::Retries).default(0).to_owned(),
        ] {
            manager.alter_table(Table::alter().table(Job::Table).add_column(&mut column).to_owned()).await?;
        }
        let key =
            Index::create().name("job_key").table(Job::Table).col(Job::IdempotencyKey).unique().to_owned();
        manager.create_index(key).await?;
        manager
            .create_index(Index::create().name("job_kind").table(Job::Table).col(Job::Kind).to_owned())
            .await?;
        let queue = Table::create()
            .table(JobQueue::Table)
            .col(string_len(JobQueue::Name, 64).primary_key())
            .col(timestamp_with_time_zone_null(JobQueue::PausedAt))
            .to_owned();
        manager.create_table(queue).await?;
        let schedule = Table::create()
            .table(JobSchedule::Table)
            .col(pk_uuid(JobSchedule::Id))
            .col(string_len_uniq(JobSchedule::Name, 60))
            .col(string_len(JobSchedule::Cron, 100))
            .col(json(JobSchedule::Arguments))
            .col(timestamp_with_time_zone(JobSchedule::NextAt))
            .col(timestamp_with_time_zone_null(JobSchedule::LastAt))
            .col(uuid_null(JobSchedule::LastJobId))
            .col(timestamp_with_time_zone_null(JobSchedule::PausedAt))
            .col(timestamp_with_time_zone(JobSchedule::CreatedAt))
            .to_owned();
        manager.create_table(schedule).await?;
        let rollup = Table::create()
            .table(EventRollup::Table)
            .col(timestamp_with_time_zone(EventRollup::Hour))
            .col(string_len(EventRollup::Kind, 64))
            .col(big_integer(EventRollup::Events))
            .primary_key(Index::create().col(EventRollup::Hour).col(EventRollup::Kind))
            .to_owned();
        manager.create_table(rollup).await
    }
}
