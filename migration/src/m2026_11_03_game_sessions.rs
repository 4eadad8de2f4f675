//! The way into the game: single-use tickets, and sessions that a dropped socket can resume.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum GameTicket {
    Table,
    TokenHash,
    AccountId,
    CharacterId,
    CreatedAt,
    ExpiresAt,
    ConsumedAt,
}

#[derive(DeriveIden)]
enum GameSession {
    Table,
    Id,
    AccountId,
    CharacterId,
    EntityId,
    WorldId,
    RegionId,
    ResumeTokenHash,
    CreatedAt,
    ExpiresAt,
    EndedAt,
}

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[derive(DeriveIden)]
enum Character {
    Table,
    Id,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ticket = Table::create()
            .table(GameTicket::Table)
            .col(string_len(GameTicket::TokenHash, 64).primary_key())
            .col(uuid(GameTicket::AccountId))
            .col(uuid(GameTicket::CharacterId))
            .col(timestamp_with_time_zone(GameTicket::CreatedAt))
            .col(timestamp_with_time_zone(GameTicket::ExpiresAt))
            .col(timestamp_with_time_zone_null(GameTicket::ConsumedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(GameTicket::Table, GameTicket::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from(GameTicket::Table, GameTicket::CharacterId)
                    .to(Character::Table, Character::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(ticket).await?;
        let ticket_expiry = Index::create()
            .name("game_ticket_expires_at")
            .table(GameTicket::Table)
            .col(GameTicket::ExpiresAt)
            .to_owned();
        manager.create_index(ticket_expiry).await?;

        let session = Table::create()
            .table(GameSession::Table)
            .col(pk_uuid(GameSession::Id))
            .col(uuid(GameSession::AccountId))
            .col(uuid(GameSession::CharacterId))
            .col(uuid(GameSession::EntityId))
            .col(uuid(GameSession::WorldId))
            .col(uuid(GameSession::RegionId))
            .col(string_len_uniq(GameSession::ResumeTokenHash, 64))
            .col(timestamp_with_time_zone(GameSession::CreatedAt))
            .col(timestamp_with_time_zone(GameSession::ExpiresAt))
            .col(timestamp_with_time_zone_null(GameSession::EndedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(GameSession::Table, GameSession::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from(GameSession::Table, GameSession::CharacterId)
                    .to(Character::Table, Character::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(session).await?;
        for (name, column) in [
            ("game_session_character_id", GameSession::CharacterId),
            ("game_session_expires_at", GameSession::ExpiresAt),
        ] {
            let index = Index::create().name(name).table(GameSession::Table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
