//! Table `api_key`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) name: String,
    pub(crate) secret_hash: String,
    pub(crate) scopes: Json,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) created_by: Uuid,
    pub(crate) expires_at: Option<ChronoDateTimeUtc>,
    pub(crate) last_used_at: Option<ChronoDateTimeUtc>,
    pub(crate) revoked_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
