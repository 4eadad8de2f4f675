//! `GET rules/{kind}`

use api::{
    List, right,
    rules::{RulesEntry, RulesFilter, RulesKind},
};

use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::answers::Failures,
};

/// List the rules' content of a kind
#[utoipa::path(
    get,
    path = "/rules/{kind}",
    tag = "Rules",
    operation_id = "rules_list",
    params(("kind" = RulesKind, Path, description = "What kind of records"), RulesFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The records, by id", body = List<RulesEntry>), Failures)
)]
pub(crate) async fn list(
    Allowed(actor): Allowed<right::ViewRules>,
    Path(kind): Path<RulesKind>,
    Query(filter): Query<RulesFilter>,
) -> Result<axum::Json<List<RulesEntry>>, Refusal> {
    Ok(axum::Json(domain::rules::list(&actor, kind, &filter)?))
}
