//! `GET audit`

use api::{
    List,
    audit::{AuditEntryView, AuditFilter},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List what was done
#[utoipa::path(
    get,
    path = "/audit",
    tag = "Audit",
    operation_id = "audit_list",
    params(AuditFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entries, newest first", body = List<AuditEntryView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewAudit>,
    Query(filter): Query<AuditFilter>,
) -> Result<axum::Json<List<AuditEntryView>>, Refusal> {
    let reply = domain::audit::list(&domain, &actor, filter).await?;
    Ok(axum::Json(reply))
}
