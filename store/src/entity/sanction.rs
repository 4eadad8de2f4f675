//! Table `sanction`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sanction")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) kind: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) reason: String,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) created_by: Uuid,
    pub(crate) ends_at: Option<ChronoDateTimeUtc>,
    pub(crate) lifted_at: Option<ChronoDateTimeUtc>,
    pub(crate) lifted_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) lift_reason: Option<String>,
    pub(crate) appeal: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
