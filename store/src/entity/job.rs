//! Table `job`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) arguments: Json,
    pub(crate) state: String,
    pub(crate) progress_done: i64,
    pub(crate) progress_total: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) message: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) error: Option<String>,
    pub(crate) attempts: i32,
    pub(crate) priority: i32,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) retries: i32,
    pub(crate) requested_by: Option<Uuid>,
    pub(crate) created_at: ChronoDateTimeUtc,
    pub(crate) started_at: Option<ChronoDateTimeUtc>,
    pub(crate) finished_at: Option<ChronoDateTimeUtc>,
    pub(crate) due_at: Option<ChronoDateTimeUtc>,
    pub(crate) turn: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
