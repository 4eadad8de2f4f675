//! Asks for what happened in fights.

use api::{
    List,
    combat_log::{CombatEntry, CombatKind},
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::Failure;

/// What the live region remembers of its fights, the newest first.
#[server(prefix = "/api/ui", endpoint = "world/combat-log", input = GetUrl)]
pub(crate) async fn list_combat_log(
    entity: Option<Uuid>,
    name: Option<String>,
    kind: Option<CombatKind>,
    from: Option<DateTime<Utc>>,
    cursor: Option<Uuid>,
) -> Result<List<CombatEntry>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::InspectEntities>()?;
    let filter = api::combat_log::CombatFilter { entity, name, kind, from, until: None, limit: None, cursor };
    domain::entities::combat_log(&domain, &actor, &filter).map_err(crate::caller::refuse)
}
