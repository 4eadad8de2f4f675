//! `GET worlds/{id}/regions/{region_id}/recording`

use api::{RegionId, WorldId, right, world::RecordingView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// See what the recording of a region holds
#[utoipa::path(
    get,
    path = "/worlds/{id}/regions/{region_id}/recording",
    tag = "Worlds",
    operation_id = "worlds_read_recording",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("region_id" = uuid::Uuid, Path, description = "The region")
    ),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "What it holds", body = RecordingView), Failures)
)]
pub(crate) async fn read_recording(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRecordings>,
    Path((id, region)): Path<(WorldId, RegionId)>,
) -> Result<axum::Json<RecordingView>, Refusal> {
    let reply = domain::worlds::recording(&domain, &actor, id, region).await?;
    Ok(axum::Json(reply))
}
