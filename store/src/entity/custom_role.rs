//! Table `custom_role`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "custom_role")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) name_folded: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) description: String,
    pub(crate) permissions: Json,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) created_by: Uuid,
    pub(crate) changed_at: ChronoDateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
