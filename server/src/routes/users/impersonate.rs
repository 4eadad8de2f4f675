//! `POST users/{id}/impersonation`

use api::{
    AccountId,
    auth::{ImpersonationRequest, ImpersonationView},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Look at the server through an account's eyes, for a while, without changing anything
#[utoipa::path(
    post,
    path = "/users/{id}/impersonation",
    tag = "People",
    operation_id = "users_impersonate",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    request_body = ImpersonationRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "A sign-in that reads and changes nothing; its token is told this once", body = ImpersonationView), Failures)
)]
pub(crate) async fn impersonate(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::Impersonate>,
    Path(id): Path<AccountId>,
    Json(request): Json<ImpersonationRequest>,
) -> Result<(StatusCode, axum::Json<ImpersonationView>), Refusal> {
    let begun = domain::impersonation::begin(&domain, &actor, id, request).await?;
    Ok((StatusCode::CREATED, axum::Json(begun.view)))
}
