//! Table `mailed_token`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mailed_token")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) token_hash: String,
    pub(crate) account_id: Uuid,
    pub(crate) purpose: String,
    pub(crate) email: String,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) expires_at: ChronoDateTimeUtc,
    pub(crate) consumed_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
