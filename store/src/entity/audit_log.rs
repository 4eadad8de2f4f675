//! Table `audit_log`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) seq: i64,
    pub(crate) id: Uuid,
    pub(crate) at: ChronoDateTimeUtc,
    pub(crate) actor: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) subject: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) before: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) after: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) details: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) reason: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) request_id: Option<Uuid>,
    pub(crate) previous: String,
    pub(crate) hash: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
