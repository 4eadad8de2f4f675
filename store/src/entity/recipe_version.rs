//! Table `recipe_version`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recipe_version")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) world_id: Uuid,
    pub(crate) version: i32,
    #[sea_orm(column_type = "Text")]
    pub(crate) yaml: String,
    pub(crate) engine: i32,
    pub(crate) fingerprint: String,
    pub(crate) changes: Json,
    pub(crate) changes_terrain: bool,
    #[sea_orm(column_type = "Text")]
    pub(crate) reason: String,
    pub(crate) restores: Option<i32>,
    pub(crate) published_by: Option<Uuid>,
    pub(crate) published_at: ChronoDateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
