//! `POST pipelines/{id}/dead-letters/retry`

use api::{
    pipeline::{RetryDeadLettersReply, RetryDeadLettersRequest},
    right,
};
use axum::{extract::State, http::StatusCode};
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Because, Json, Path, WithReason},
    routes::answers::Failures,
};

/// Try dead letters again
#[utoipa::path(
    post,
    path = "/pipelines/{id}/dead-letters/retry",
    tag = "Pipelines",
    operation_id = "pipelines_retry_dead_letters",
    params(("id" = Uuid, Path, description = "The pipeline"), WithReason),
    request_body = RetryDeadLettersRequest,
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = ACCEPTED, description = "How many will be tried again", body = RetryDeadLettersReply),
        Failures
    )
)]
pub(crate) async fn retry_dead_letters(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageEvents>,
    Path(id): Path<Uuid>,
    Because(reason): Because,
    Json(request): Json<RetryDeadLettersRequest>,
) -> Result<(StatusCode, axum::Json<RetryDeadLettersReply>), Refusal> {
    let reply = domain::pipelines::retry_dead_letters(&domain, &actor.because(reason), id, request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(reply)))
}
