//! Table `pipeline_window`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pipeline_window")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) pipeline_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) starts_at: ChronoDateTimeUtc,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub(crate) key: String,
    pub(crate) total: Json,
    pub(crate) changed_at: ChronoDateTimeUtc,
    pub(crate) closed_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
