//! Has the audit log verified.

use api::audit::AuditVerification;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Goes through the whole chain of the audit log, and compares it with its signed heads.
#[server(prefix = "/api/ui", endpoint = "audit/verify", input = GetUrl)]
pub(crate) async fn verify_log() -> Result<AuditVerification, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewAudit>()?;
    domain::audit::verify(&domain, &actor).await.map_err(crate::caller::refuse)
}
