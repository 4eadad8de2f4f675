//! `GET rules/encounter`

use api::{
    encounter::{Encounter, EncounterQuery},
    right,
};

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// Weigh monsters against a party
#[utoipa::path(
    get,
    path = "/rules/encounter",
    tag = "Rules",
    operation_id = "rules_encounter",
    params(EncounterQuery),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "How hard the fight would be", body = Encounter), Failures)
)]
pub(crate) async fn encounter(
    Allowed(actor): Allowed<right::ViewRules>,
    Query(query): Query<EncounterQuery>,
) -> Result<axum::Json<Encounter>, Refusal> {
    Ok(axum::Json(domain::rules::encounter(&actor, &query)?))
}
