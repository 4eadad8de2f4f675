//! Asks for the audit log.

use api::{List, audit::AuditEntryView};
use chrono::{DateTime, Utc};
use grid::AccountId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// A page of the entries that fit, the newest first.
#[server(prefix = "/api/ui", endpoint = "audit/list", input = GetUrl)]
pub(crate) async fn list_entries(
    actor: Option<AccountId>,
    action: Option<String>,
    subject: Option<String>,
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    cursor: Option<String>,
) -> Result<List<AuditEntryView>, Failure> {
    let (domain, viewer) = crate::caller::allowed::<api::right::ViewAudit>()?;
    let filter = api::audit::AuditFilter { actor, action, subject, since, until, cursor };
    domain::audit::list(&domain, &viewer, filter).await.map_err(crate::caller::refuse)
}
