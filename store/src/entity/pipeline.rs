//! Table `pipeline`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pipeline")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) paused_at: Option<ChronoDateTimeUtc>,
    pub(crate) events_in: i64,
    pub(crate) events_repeated: i64,
    pub(crate) rows_out: i64,
    pub(crate) events_refused: i64,
    pub(crate) last_event_at: Option<ChronoDateTimeUtc>,
    pub(crate) checkpoint_at: Option<ChronoDateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) error: Option<String>,
    pub(crate) error_at: Option<ChronoDateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
