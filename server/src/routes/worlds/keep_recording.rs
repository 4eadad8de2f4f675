//! `PUT worlds/{id}/regions/{region_id}/recording`

use api::{
    RegionId, WorldId, right,
    world::{KeepRecording, RecordingView},
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, WithReason},
    routes::answers::Failures,
};

/// Have a region keep more or less of its last minutes
///
/// Until it is started anew; then the settings count again.
#[utoipa::path(
    put,
    path = "/worlds/{id}/regions/{region_id}/recording",
    tag = "Worlds",
    operation_id = "worlds_keep_recording",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("region_id" = uuid::Uuid, Path, description = "The region"),
        WithReason
    ),
    request_body = KeepRecording,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "What it holds now", body = RecordingView), Failures)
)]
pub(crate) async fn keep_recording(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRecordings>,
    Because(reason): Because,
    Path(place): Path<(WorldId, RegionId)>,
    Json(keep): Json<KeepRecording>,
) -> Result<axum::Json<RecordingView>, Refusal> {
    let actor = actor.because(reason);
    let reply = domain::worlds::keep_recording(&domain, &actor, place, keep).await?;
    Ok(axum::Json(reply))
}
