//! `POST auth/refresh`

use api::auth::{RefreshRequest, Tokens};
use axum::extract::State;
use domain::Domain;
use http::header;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Trade a refresh token for the next pair of tokens
///
/// A refresh token works once. Using one again ends the whole login that it came from.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    tag = "Accounts",
    operation_id = "auth_refresh",
    request_body = RefreshRequest,
    responses((status = OK, description = "The next pair of tokens", body = Tokens), Failures)
)]
pub(crate) async fn refresh(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<RefreshRequest>,
) -> Result<([(header::HeaderName, &'static str); 1], axum::Json<Tokens>), Refusal> {
    let tokens = domain::accounts::refresh(&domain, &actor, request).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(tokens)))
}
