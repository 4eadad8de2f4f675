//! `GET worlds/{id}/regions/{region_id}/recording/file`

use api::{RegionId, WorldId, right};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::Domain;
use http::header;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Take the recording of a region away as a file
///
/// `server replay` lives it again and tells the first tick that differs. It tells what everybody in the region did, so it is noted in
/// the audit.
#[utoipa::path(
    get,
    path = "/worlds/{id}/regions/{region_id}/recording/file",
    tag = "Worlds",
    operation_id = "worlds_export_recording",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("region_id" = uuid::Uuid, Path, description = "The region")
    ),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = OK, description = "The recording", body = Vec<u8>, content_type = "application/octet-stream"),
        Failures
    )
)]
pub(crate) async fn export_recording(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRecordings>,
    Path((id, region)): Path<(WorldId, RegionId)>,
) -> Result<Response, Refusal> {
    let file = domain::worlds::export_recording(&domain, &actor, id, region).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"region-{region}.rkrec\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file).into_response())
}
