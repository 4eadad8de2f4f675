//! Table `session`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) family_id: Uuid,
    pub(crate) kind: String,
    pub(crate) token_hash: String,
    pub(crate) replaced_by: Option<Uuid>,
    pub(crate) replaced_at: Option<ChronoDateTimeUtc>,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) expires_at: ChronoDateTimeUtc,
    pub(crate) revoked_at: Option<ChronoDateTimeUtc>,
    pub(crate) user_agent: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) impersonator: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
