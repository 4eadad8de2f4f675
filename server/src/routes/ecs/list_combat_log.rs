//! `GET ecs/log`

use api::{
    List,
    combat_log::{CombatEntry, CombatFilter},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List what happened in fights
///
/// The live region remembers its last 20,000 records at least, in memory: it begins with none when it starts.
#[utoipa::path(
    get,
    path = "/ecs/log",
    tag = "Entities",
    operation_id = "ecs_list_log",
    params(CombatFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entries, newest first", body = List<CombatEntry>), Failures)
)]
pub(crate) async fn list_combat_log(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::InspectEntities>,
    Query(filter): Query<CombatFilter>,
) -> Result<axum::Json<List<CombatEntry>>, Refusal> {
    let reply = domain::entities::combat_log(&domain, &actor, &filter)?;
    Ok(axum::Json(reply))
}
