//! Worlds, and the characters that live in them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum World {
    Table,
    Id,
    Name,
    /// The seed's 64 bits, read as a signed number.
    Seed,
    RecipeId,
    RecipeText,
    Engine,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Character {
    Table,
    Id,
    AccountId,
    WorldId,
    Name,
    NameKey,
    Race,
    X,
    Y,
    Z,
    CreatedAt,
    UpdatedAt,
    LastPlayedAt,
}

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let world = Table::create()
            .table(World::Table)
            .col(pk_uuid(World::Id))
            .col(string_len_uniq(World::Name, 160))
            .col(big_integer(World::Seed))
            .col(string_len(World::RecipeId, 64))
            .col(text(World::RecipeText))
            .col(integer(World::Engine))
            .col(timestamp_with_time_zone(World::CreatedAt))
            .to_owned();
        manager.create_table(world).await?;

        let character = Table::create()
            .table(Character::Table)
            .col(pk_uuid(Character::Id))
            .col(uuid(Character::AccountId))
            .col(uuid(Character::WorldId))
            .col(string_len(Character::Name, 96))
            .col(string_len(Character::NameKey, 192))
            .col(string_len(Character::Race, 32))
            .col(big_integer(Character::X))
            .col(big_integer(Character::Y))
            .col(big_integer(Character::Z))
            .col(timestamp_with_time_zone(Character::CreatedAt))
            .col(timestamp_with_time_zone(Character::UpdatedAt))
            .col(timestamp_with_time_zone_null(Character::LastPlayedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(Character::Table, Character::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .from(Character::Table, Character::WorldId)
                    .to(World::Table, World::Id)
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .to_owned();
        manager.create_table(character).await?;
        let one_name_a_world = Index::create()
            .name("character_world_id_name_key")
            .table(Character::Table)
            .col(Character::WorldId)
            .col(Character::NameKey)
            .unique()
            .to_owned();
        manager.create_index(one_name_a_world).await?;
        let by_account = Index::create()
            .name("character_account_id")
            .table(Character::Table)
            .col(Character::AccountId)
            .to_owned();
        manager.create_index(by_account).await
    }
}
