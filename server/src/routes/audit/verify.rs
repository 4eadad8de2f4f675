//! `GET audit/verification`

use api::{audit::AuditVerification, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// Find out whether the audit is as it was written
///
/// Goes through the whole log: every entry's hash, its place, and the signed heads.
#[utoipa::path(
    get,
    path = "/audit/verification",
    tag = "Audit",
    operation_id = "audit_verify",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "What was found", body = AuditVerification), Failures)
)]
pub(crate) async fn verify(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewAudit>,
) -> Result<axum::Json<AuditVerification>, Refusal> {
    let reply = domain::audit::verify(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
