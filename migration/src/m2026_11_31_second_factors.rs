//! Second factors with their recovery codes, and the tokens that are sent by mail.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    EmailVerifiedAt,
}

#[derive(DeriveIden)]
enum SecondFactor {
    Table,
    AccountId,
    /// The secret itself is not kept: it is computed from this and a key in the data folder.
    Nonce,
    CreatedAt,
    ConfirmedAt,
    /// The newest time step whose code was used: no code works twice.
    LastStep,
}

#[derive(DeriveIden)]
enum RecoveryCode {
    Table,
    CodeHash,
    AccountId,
    ConsumedAt,
}

#[derive(DeriveIden)]
enum MailedToken {
    Table,
    TokenHash,
    AccountId,
    Purpose,
    Email,
    CreatedAt,
    ExpiresAt,
    ConsumedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let verified = Table::alter()
            .table(Account::Table)
            .add_column(timestamp_with_time_zone_null(Account::EmailVerifiedAt))
            .to_owned();
        manager.alter_table(verified).await?;

        let factor = Table::create()
            .table(SecondFactor::Table)
            .col(pk_uuid(SecondFactor::AccountId))
            .col(string_len(SecondFactor::Nonce, 64))
            .col(timestamp_with_time_zone(SecondFactor::CreatedAt))
            .col(timestamp_with_time_zone_null(SecondFactor::ConfirmedAt))
            .col(big_integer(SecondFactor::LastStep))
            .foreign_key(&mut of_account(SecondFactor::Table, SecondFactor::AccountId))
            .to_owned();
        manager.create_table(factor).await?;

        let code = Table::create()
            .table(RecoveryCode::Table)
            .col(string_len(RecoveryCode::CodeHash, 64).primary_key())
            .col(uuid(RecoveryCode::AccountId))
            .col(timestamp_with_time_zone_null(RecoveryCode::ConsumedAt))
            .foreign_key(&mut of_account(RecoveryCode::Table, RecoveryCode::AccountId))
            .to_owned();
        manager.create_table(code).await?;
        let by_account = Index::create()
            .name("recovery_code_account_id")
            .table(RecoveryCode::Table)
            .col(RecoveryCode::AccountId)
            .to_owned();
        manager.create_index(by_account).await?;

        let token = Table::create()
            .table(MailedToken::Table)
            .col(string_len(MailedToken::TokenHash, 64).primary_key())
            .col(uuid(MailedToken::AccountId))
            .col(string_len(MailedToken::Purpose, 16))
            .col(string_len(MailedToken::Email, 254))
            .col(timestamp_with_time_zone(MailedToken::CreatedAt))
            .col(timestamp_with_time_zone(MailedToken::ExpiresAt))
            .col(timestamp_with_time_zone_null(MailedToken::ConsumedAt))
            .foreign_key(&mut of_account(MailedToken::Table, MailedToken::AccountId))
            .to_owned();
        manager.create_table(token).await?;
        let by_account = Index::create()
            .name("mailed_token_account_id")
            .table(MailedToken::Table)
            .col(MailedToken::AccountId)
            .to_owned();
        manager.create_index(by_account).await
    }
}

fn of_account(table: impl IntoIden + 'static, column: impl IntoIden + 'static) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table.into_iden(), column.into_iden())
        .to(Account::Table, Account::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
