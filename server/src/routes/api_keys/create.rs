//! `POST api-keys`

use api::{
    api_key::{CreateApiKeyRequest, NewApiKey},
    right,
};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json},
    routes::answers::Failures,
};

/// Make a key for a program
#[utoipa::path(
    post,
    path = "/api-keys",
    tag = "API keys",
    operation_id = "api_keys_create",
    request_body = CreateApiKeyRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = CREATED, description = "The key; its token is told this once", body = NewApiKey), Failures)
)]
pub(crate) async fn create(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageApiKeys>,
    Json(request): Json<CreateApiKeyRequest>,
) -> Result<(StatusCode, axum::Json<NewApiKey>), Refusal> {
    let reply = domain::api_keys::create(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(reply)))
}
