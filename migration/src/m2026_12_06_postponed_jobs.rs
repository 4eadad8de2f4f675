//! Jobs that wait until a moment, and count how often they were put into the queue.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Job {
    Table,
    DueAt,
    Turn,
    Retries,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for mut column in
            [timestamp_with_time_zone_null(Job::DueAt), integer(Job::Turn).default(0).to_owned()]
        {
            manager.alter_table(Table::alter().table(Job::Table).add_column(&mut column).to_owned()).await?;
        }
        // Until now a turn was a try by hand.
        let turns = Query::update().table(Job::Table).value(Job::Turn, Expr::col(Job::Retries)).to_owned();
        manager.execute(turns).await?;
        let due = Index::create().name("job_due").table(Job::Table).col(Job::DueAt).to_owned();
        manager.create_index(due).await
    }
}
