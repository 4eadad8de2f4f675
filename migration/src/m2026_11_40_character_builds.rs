//! What characters are made of by the rules, and scores that were thrown and not used yet.
//!
//! A table beside `character`, not columns of it: the gateway and the saver read and write a character's place all the time, and
//! have no use for its choices. A character without a row was made before this; its build is completed when it is asked for.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

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

#[derive(DeriveIden)]
enum CharacterBuild {
    Table,
    CharacterId,
    /// Which form `build` has.
    Version,
    /// Grows with each change, so that of two who change at once only one wins.
    Revision,
    Build,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum ScoreRoll {
    Table,
    AccountId,
    Scores,
    RolledAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let build = Table::create()
            .table(CharacterBuild::Table)
            .col(pk_uuid(CharacterBuild::CharacterId))
            .col(small_integer(CharacterBuild::Version))
            .col(big_integer(CharacterBuild::Revision))
            .col(json(CharacterBuild::Build))
            .col(timestamp_with_time_zone(CharacterBuild::UpdatedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(CharacterBuild::Table, CharacterBuild::CharacterId)
                    .to(Character::Table, Character::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(build).await?;

        let roll = Table::create()
            .table(ScoreRoll::Table)
            .col(pk_uuid(ScoreRoll::AccountId))
            .col(json(ScoreRoll::Scores))
            .col(timestamp_with_time_zone(ScoreRoll::RolledAt))
            .foreign_key(
                ForeignKey::create()
                    .from(ScoreRoll::Table, ScoreRoll::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(roll).await
    }
}
