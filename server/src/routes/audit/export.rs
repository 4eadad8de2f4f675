//! `GET audit/export.csv` and `GET audit/export.json`

use api::{
    audit::{AuditEntryView, AuditFilter},
    right,
};
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{Domain, audit::ExportFormat};
use futures::StreamExt as _;
use http::header;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// Export the audit as CSV
///
/// All entries that fit, newest first; `cursor` skips those before it. Text that a spreadsheet would take for a formula
/// begins with an apostrophe. The export is itself noted in the audit.
#[utoipa::path(
    get,
    path = "/audit/export.csv",
    tag = "Audit",
    operation_id = "audit_export_csv",
    params(AuditFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entries", body = String, content_type = "text/csv"), Failures)
)]
pub(crate) async fn csv(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewAudit>,
    Query(filter): Query<AuditFilter>,
) -> Result<Response, Refusal> {
    send(&domain, &actor, filter, ExportFormat::Csv).await
}

/// Export the audit as JSON
///
/// All entries that fit, newest first, as one array; `cursor` skips those before it. The export is itself noted in the
/// audit.
#[utoipa::path(
    get,
    path = "/audit/export.json",
    tag = "Audit",
    operation_id = "audit_export_json",
    params(AuditFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entries", body = Vec<AuditEntryView>), Failures)
)]
pub(crate) async fn json(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewAudit>,
    Query(filter): Query<AuditFilter>,
) -> Result<Response, Refusal> {
    send(&domain, &actor, filter, ExportFormat::Json).await
}

async fn send(
    domain: &Domain,
    actor: &domain::Allowed<right::ViewAudit>,
    filter: AuditFilter,
    format: ExportFormat,
) -> Result<Response, Refusal> {
    let (media_type, disposition) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\""),
        ExportFormat::Json => ("application/json", "attachment; filename=\"audit.json\""),
    };
    let pieces = domain::audit::export(domain, actor, filter, format).await?;
    // The status is sent by then: a failure in between can only cut the file off, which JSON and the hashes show.
    let pieces = pieces.inspect(|piece| {
        if let Err(error) = piece {
            tracing::error!(%error, "an export of the audit was cut off");
        }
    });
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
