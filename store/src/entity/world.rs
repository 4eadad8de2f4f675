//! Table `world`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "world")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) seed: i64,
    pub(crate) recipe_id: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) recipe_text: String,
    pub(crate) recipe_version: i32,
    pub(crate) engine: i32,
    pub(crate) created_at: ChronoDateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
