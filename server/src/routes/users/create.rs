//! `POST users`

use api::{
    right,
    user::{CreateUserRequest, UserView},
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json},
    routes::answers::Failures,
};

/// Make an account for somebody
#[utoipa::path(
    post,
    path = "/users",
    tag = "People",
    operation_id = "users_create",
    request_body = CreateUserRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The account", body = UserView), Failures)
)]
pub(crate) async fn create(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageUsers>,
    Json(request): Json<CreateUserRequest>,
) -> Result<(StatusCode, axum::Json<UserView>), Refusal> {
    let reply = domain::users::create(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
