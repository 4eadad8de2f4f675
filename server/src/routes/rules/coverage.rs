//! `GET rules/coverage`

use api::{List, right, rules::CoverageGroup};

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// Tell how much of the rules' source runs
#[utoipa::path(
    get,
    path = "/rules/coverage",
    tag = "Rules",
    operation_id = "rules_coverage",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Every group, with what is missing", body = List<CoverageGroup>), Failures)
)]
pub(crate) async fn coverage(
    Allowed(actor): Allowed<right::ViewRules>,
) -> Result<axum::Json<List<CoverageGroup>>, Refusal> {
    Ok(axum::Json(domain::rules::coverage(&actor)))
}
