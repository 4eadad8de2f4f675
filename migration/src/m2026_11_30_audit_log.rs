//! The audit as a chain: each entry carries the hash of the one before, and the database refuses to change or remove one.
//!
//! It takes the place of `audit_entry`, whose rows had no hashes and can't be given any that would prove something.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum AuditEntry {
    Table,
}

#[derive(DeriveIden)]
enum AuditLog {
    Table,
    Seq,
    Id,
    At,
    /// No foreign key: an entry outlives the account that it speaks of.
    Actor,
    Action,
    Subject,
    /// JSON as text, so that its bytes are the ones that were hashed.
    Before,
    After,
    Details,
    Reason,
    Address,
    UserAgent,
    RequestId,
    Previous,
    Hash,
}

const SQLITE_GUARDS: [&str; 2] = [
    "CREATE TRIGGER audit_log_refuses_update BEFORE UPDATE ON audit_log \
     BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_log_refuses_delete BEFORE DELETE ON audit_log \
     BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
];

const POSTGRES_GUARDS: [&str; 3] = [
    "CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_log_refuses_change BEFORE UPDATE OR DELETE ON audit_log \
     FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()",
    "CREATE TRIGGER audit_log_refuses_truncate BEFORE TRUNCATE ON audit_log \
     FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let log = Table::create()
            .table(AuditLog::Table)
            .col(big_integer(AuditLog::Seq).primary_key())
            .col(uuid_uniq(AuditLog::Id))
            .col(timestamp_with_time_zone(AuditLog::At))
            .col(uuid_null(AuditLog::Actor))
            .col(string_len(AuditLog::Action, 64))
            .col(string_len(AuditLog::Subject, 128))
            .col(text_null(AuditLog::Before))
            .col(text_null(AuditLog::After))
            .col(text_null(AuditLog::Details))
            .col(text_null(AuditLog::Reason))
            .col(string_len_null(AuditLog::Address, 64))
            .col(string_len_null(AuditLog::UserAgent, 256))
            .col(uuid_null(AuditLog::RequestId))
            .col(string_len(AuditLog::Previous, 64))
            .col(string_len_uniq(AuditLog::Hash, 64))
            .to_owned();
        manager.create_table(log).await?;
        for (name, column) in [
            ("audit_log_at", AuditLog::At),
            ("audit_log_actor", AuditLog::Actor),
            ("audit_log_subject", AuditLog::Subject),
        ] {
            let index = Index::create().name(name).table(AuditLog::Table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        let connection = manager.get_connection();
        let guards: &[&str] = match manager.get_database_backend() {
            DbBackend::Postgres => &POSTGRES_GUARDS,
            _ => &SQLITE_GUARDS,
        };
        for guard in guards {
            connection.execute_unprepared(guard).await?;
        }
        manager.drop_table(Table::drop().table(AuditEntry::Table).to_owned()).await
    }
}
