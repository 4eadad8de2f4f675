//! Table `event`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) seq: i64,
    pub(crate) id: Uuid,
    pub(crate) topic: String,
    pub(crate) kind: String,
    pub(crate) source: String,
    pub(crate) subject: Option<String>,
    pub(crate) occurred_at: ChronoDateTimeUtc,
    pub(crate) cause: Option<Uuid>,
    pub(crate) correlation: Option<Uuid>,
    pub(crate) actor: Option<Uuid>,
    pub(crate) region: Option<Uuid>,
    pub(crate) data: Json,
    pub(crate) relayed_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
