//! What moderators did to accounts, and the keys of programs.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[derive(DeriveIden)]
enum Sanction {
    Table,
    Id,
    AccountId,
    Kind,
    Reason,
    CreatedAt,
    /// No foreign key: what was done stays, whoever did it.
    CreatedBy,
    EndsAt,
    LiftedAt,
    LiftedBy,
    LiftReason,
    Appeal,
}

#[derive(DeriveIden)]
enum ApiKey {
    Table,
    Id,
    AccountId,
    Name,
    SecretHash,
    Scopes,
    CreatedAt,
    CreatedBy,
    ExpiresAt,
    LastUsedAt,
    RevokedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sanction = Table::create()
            .table(Sanction::Table)
            .col(pk_uuid(Sanction::Id))
            .col(uuid(Sanction::AccountId))
            .col(string_len(Sanction::Kind, 16))
            .col(text(Sanction::Reason))
            .col(timestamp_with_time_zone(Sanction::CreatedAt))
            .col(uuid(Sanction::CreatedBy))
            .col(timestamp_with_time_zone_null(Sanction::EndsAt))
            .col(timestamp_with_time_zone_null(Sanction::LiftedAt))
            .col(uuid_null(Sanction::LiftedBy))
            .col(text_null(Sanction::LiftReason))
            .col(string_len(Sanction::Appeal, 16))
            .foreign_key(
                ForeignKey::create()
                    .from(Sanction::Table, Sanction::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(sanction).await?;
        let by_account = Index::create()
            .name("sanction_account_id")
            .table(Sanction::Table)
            .col(Sanction::AccountId)
            .to_owned();
        manager.create_index(by_account).await?;

        let key = Table::create()
            .table(ApiKey::Table)
            .col(pk_uuid(ApiKey::Id))
            .col(uuid(ApiKey::AccountId))
            .col(string_len(ApiKey::Name, 160))
            .col(string_len_uniq(ApiKey::SecretHash, 64))
            .col(json(ApiKey::Scopes))
            .col(timestamp_with_time_zone(ApiKey::CreatedAt))
            .col(uuid(ApiKey::CreatedBy))
            .col(timestamp_with_time_zone_null(ApiKey::ExpiresAt))
            .col(timestamp_with_time_zone_null(ApiKey::LastUsedAt))
            .col(timestamp_with_time_zone_null(ApiKey::RevokedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(ApiKey::Table, ApiKey::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(key).await
    }
}
