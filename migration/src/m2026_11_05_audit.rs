//! Who did what, when. Entries are added and never changed.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum AuditEntry {
    Table,
    Id,
    At,
    /// No foreign key: an entry outlives the account that it speaks of.
    Actor,
    Action,
    Subject,
    Details,
    RequestId,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::create()
            .table(AuditEntry::Table)
            .col(pk_uuid(AuditEntry::Id))
            .col(timestamp_with_time_zone(AuditEntry::At))
            .col(uuid_null(AuditEntry::Actor))
            .col(string_len(AuditEntry::Action, 64))
            .col(string_len(AuditEntry::Subject, 128))
            .col(json(AuditEntry::Details))
            .col(uuid_null(AuditEntry::RequestId))
            .to_owned();
        manager.create_table(entry).await?;
        let by_time =
            Index::create().name("audit_entry_at").table(AuditEntry::Table).col(AuditEntry::At).to_owned();
        manager.create_index(by_time).await
    }
}
