//! Table `dead_letter`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dead_letter")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) consumer: String,
    pub(crate) event_id: Uuid,
    pub(crate) envelope: Json,
    pub(crate) step: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) reason: String,
    pub(crate) state: String,
    pub(crate) attempts: i32,
    pub(crate) failed_at: ChronoDateTimeUtc,
    pub(crate) settled_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
