//! Roles that an installation makes, roles that accounts are granted beside their own, and sign-ins by which staff look
//! through another account's eyes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[derive(DeriveIden)]
enum Session {
    Table,
    /// No foreign key: SQLite can't add one to a table that is there.
    Impersonator,
}

#[derive(DeriveIden)]
enum CustomRole {
    Table,
    Id,
    Name,
    NameFolded,
    Description,
    Permissions,
    CreatedAt,
    /// No foreign key: what was done stays, whoever did it.
    CreatedBy,
    ChangedAt,
}

#[derive(DeriveIden)]
enum RoleGrant {
    Table,
    Id,
    AccountId,
    /// The id of a role that was made, or of one that every installation has: no foreign key for those.
    RoleId,
    RoleName,
    WorldId,
    RegionX,
    RegionZ,
    Reason,
    CreatedAt,
    CreatedBy,
    EndsAt,
    TakenAt,
    TakenBy,
    TakeReason,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let role = Table::create()
            .table(CustomRole::Table)
            .col(pk_uuid(CustomRole::Id))
            .col(string_len(CustomRole::Name, 160))
            .col(string_len_uniq(CustomRole::NameFolded, 160))
            .col(text(CustomRole::Description))
            .col(json(CustomRole::Permissions))
            .col(timestamp_with_time_zone(CustomRole::CreatedAt))
            .col(uuid(CustomRole::CreatedBy))
            .col(timestamp_with_time_zone(CustomRole::ChangedAt))
            .to_owned();
        manager.create_table(role).await?;

        let grant = Table::create()
            .table(RoleGrant::Table)
            .col(pk_uuid(RoleGrant::Id))
            .col(uuid(RoleGrant::AccountId))
            .col(uuid(RoleGrant::RoleId))
            .col(string_len(RoleGrant::RoleName, 160))
            .col(uuid_null(RoleGrant::WorldId))
            .col(integer_null(RoleGrant::RegionX))
            .col(integer_null(RoleGrant::RegionZ))
            .col(text(RoleGrant::Reason))
            .col(timestamp_with_time_zone(RoleGrant::CreatedAt))
            .col(uuid(RoleGrant::CreatedBy))
            .col(timestamp_with_time_zone_null(RoleGrant::EndsAt))
            .col(timestamp_with_time_zone_null(RoleGrant::TakenAt))
            .col(uuid_null(RoleGrant::TakenBy))
            .col(text_null(RoleGrant::TakeReason))
            .foreign_key(
                ForeignKey::create()
                    .from(RoleGrant::Table, RoleGrant::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(grant).await?;
        for (name, column) in [
            ("role_grant_account_id", RoleGrant::AccountId.into_iden()),
            ("role_grant_role_id", RoleGrant::RoleId.into_iden()),
        ] {
            let index = Index::create().name(name).table(RoleGrant::Table).col(column).to_owned();
            manager.create_index(index).await?;
        }

        let session =
            Table::alter().table(Session::Table).add_column(uuid_null(Session::Impersonator)).to_owned();
        manager.alter_table(session).await
    }
}
