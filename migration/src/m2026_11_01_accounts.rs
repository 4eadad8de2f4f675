//! Accounts, their sessions, and tickets for the game socket.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    Email,
    DisplayName,
    PasswordHash,
    Role,
    CreatedAt,
    DisabledAt,
    LastLoginAt,
}

#[derive(DeriveIden)]
enum Session {
    Table,
    Id,
    AccountId,
    FamilyId,
    Kind,
    TokenHash,
    ReplacedBy,
    ReplacedAt,
    CreatedAt,
    ExpiresAt,
    RevokedAt,
    UserAgent,
    Address,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = Table::create()
            .table(Account::Table)
            .col(pk_uuid(Account::Id))
            .col(string_len_uniq(Account::Email, 254))
            .col(string_len(Account::DisplayName, 160))
            .col(text(Account::PasswordHash))
            .col(string_len(Account::Role, 32))
            .col(timestamp_with_time_zone(Account::CreatedAt))
            .col(timestamp_with_time_zone_null(Account::DisabledAt))
            .col(timestamp_with_time_zone_null(Account::LastLoginAt))
            .to_owned();
        manager.create_table(account).await?;

        let session = Table::create()
            .table(Session::Table)
            .col(pk_uuid(Session::Id))
            .col(uuid(Session::AccountId))
            .col(uuid(Session::FamilyId))
            .col(string_len(Session::Kind, 16))
            .col(string_len_uniq(Session::TokenHash, 64))
            .col(uuid_null(Session::ReplacedBy))
            .col(timestamp_with_time_zone_null(Session::ReplacedAt))
            .col(timestamp_with_time_zone(Session::CreatedAt))
            .col(timestamp_with_time_zone(Session::ExpiresAt))
            .col(timestamp_with_time_zone_null(Session::RevokedAt))
            .col(string_len_null(Session::UserAgent, 256))
            .col(string_len_null(Session::Address, 64))
            .foreign_key(
                ForeignKey::create()
                    .from(Session::Table, Session::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(session).await?;
        for (name, column) in [
            ("session_account_id", Session::AccountId),
            ("session_family_id", Session::FamilyId),
            ("session_expires_at", Session::ExpiresAt),
        ] {
            let index = Index::create().name(name).table(Session::Table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
