//! Which sign-in a ticket was asked for with, and a stay in the game began by: they end together.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum GameTicket {
    Table,
    /// No foreign key: sign-ins may be kept elsewhere. Nothing for those who come by an API key.
    SignIn,
}

#[derive(DeriveIden)]
enum GameSession {
    Table,
    SignIn,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_tickets =
            Table::alter().table(GameTicket::Table).add_column(uuid_null(GameTicket::SignIn)).to_owned();
        manager.alter_table(of_tickets).await?;
        let of_sessions =
            Table::alter().table(GameSession::Table).add_column(uuid_null(GameSession::SignIn)).to_owned();
        manager.alter_table(of_sessions).await?;
        let lookup = Index::create()
            .name("game_session_sign_in")
            .table(GameSession::Table)
            .col(GameSession::SignIn)
            .to_owned();
        manager.create_index(lookup).await
    }
}
