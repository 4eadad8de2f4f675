//! Versions and drafts of the worlds' recipes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum World {
    Table,
    Id,
    RecipeVersion,
}

#[derive(DeriveIden)]
enum RecipeVersion {
    Table,
    Id,
    WorldId,
    Version,
    Yaml,
    Engine,
    Fingerprint,
    Changes,
    ChangesTerrain,
    Reason,
    Restores,
    /// No foreign key: the history outlives the account that it speaks of.
    PublishedBy,
    PublishedAt,
}

#[derive(DeriveIden)]
enum RecipeDraft {
    Table,
    Id,
    WorldId,
    Yaml,
    Revision,
    BasedOn,
    SavedBy,
    SavedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut version = integer(World::RecipeVersion).default(1).to_owned();
        manager.alter_table(Table::alter().table(World::Table).add_column(&mut version).to_owned()).await?;

        let versions = Table::create()
            .table(RecipeVersion::Table)
            .col(pk_uuid(RecipeVersion::Id))
            .col(uuid(RecipeVersion::WorldId))
            .col(integer(RecipeVersion::Version))
            .col(text(RecipeVersion::Yaml))
            .col(integer(RecipeVersion::Engine))
            .col(string_len(RecipeVersion::Fingerprint, 64))
            .col(json(RecipeVersion::Changes))
            .col(boolean(RecipeVersion::ChangesTerrain))
            .col(text(RecipeVersion::Reason))
            .col(integer_null(RecipeVersion::Restores))
            .col(uuid_null(RecipeVersion::PublishedBy))
            .col(timestamp_with_time_zone(RecipeVersion::PublishedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(RecipeVersion::Table, RecipeVersion::WorldId)
                    .to(World::Table, World::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(versions).await?;
        // Two who publish at once can't both make the next version.
        let one_each = Index::create()
            .name("recipe_version_world_id_version")
            .table(RecipeVersion::Table)
            .col(RecipeVersion::WorldId)
            .col(RecipeVersion::Version)
            .unique()
            .to_owned();
        manager.create_index(one_each).await?;

        let draft = Table::create()
            .table(RecipeDraft::Table)
            .col(pk_uuid(RecipeDraft::WorldId))
            .col(uuid(RecipeDraft::Id))
            .col(text(RecipeDraft::Yaml))
            .col(integer(RecipeDraft::Revision))
            .col(integer(RecipeDraft::BasedOn))
            .col(uuid_null(RecipeDraft::SavedBy))
            .col(timestamp_with_time_zone(RecipeDraft::SavedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(RecipeDraft::Table, RecipeDraft::WorldId)
                    .to(World::Table, World::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(draft).await
    }
}
