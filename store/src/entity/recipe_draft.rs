//! Table `recipe_draft`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recipe_draft")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) world_id: Uuid,
    pub(crate) id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub(crate) yaml: String,
    pub(crate) revision: i32,
    pub(crate) based_on: i32,
    pub(crate) saved_by: Option<Uuid>,
    pub(crate) saved_at: ChronoDateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
