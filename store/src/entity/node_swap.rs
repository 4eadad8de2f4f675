//! Table `node_swap`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "node_swap")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) node_id: Uuid,
    pub(crate) at: ChronoDateTimeUtc,
    pub(crate) actor: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) reason: Option<String>,
    pub(crate) before: Json,
    pub(crate) after: Json,
    pub(crate) outcome: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) error: Option<String>,
    pub(crate) moved: Json,
    pub(crate) pause_us: i64,
    pub(crate) took_ms: i64,
    pub(crate) notes: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
