//! Table `role_grant`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) role_id: Uuid,
    pub(crate) role_name: String,
    pub(crate) world_id: Option<Uuid>,
    pub(crate) region_x: Option<i32>,
    pub(crate) region_z: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub(crate) reason: String,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) created_by: Uuid,
    pub(crate) ends_at: Option<ChronoDateTimeUtc>,
    pub(crate) taken_at: Option<ChronoDateTimeUtc>,
    pub(crate) taken_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) take_reason: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
