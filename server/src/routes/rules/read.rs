//! `GET rules/{kind}/{id}`

use api::{
    right,
    rules::{RulesKind, RulesRecord},
};

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read a record of the rules' content
#[utoipa::path(
    get,
    path = "/rules/{kind}/{id}",
    tag = "Rules",
    operation_id = "rules_read",
    params(
        ("kind" = RulesKind, Path, description = "What kind of record"),
        ("id" = String, Path, description = "The record, such as `srd:fireball`")
    ),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The record, told and as it is played", body = RulesRecord), Failures)
)]
pub(crate) async fn read(
    Allowed(actor): Allowed<right::ViewRules>,
    Path((kind, id)): Path<(RulesKind, String)>,
) -> Result<axum::Json<RulesRecord>, Refusal> {
    Ok(axum::Json(domain::rules::read(&actor, kind, &id)?))
}
