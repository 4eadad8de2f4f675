//! Table `job_schedule`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_schedule")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) cron: String,
    pub(crate) arguments: Json,
    pub(crate) next_at: ChronoDateTimeUtc,
    pub(crate) last_at: Option<ChronoDateTimeUtc>,
    pub(crate) last_job_id: Option<Uuid>,
    pub(crate) paused_at: Option<ChronoDateTimeUtc>,
    pub(crate) created_at: ChronoDateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
