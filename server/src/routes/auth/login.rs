//! `POST auth/login`

use api::auth::{LoginRequest, Tokens};
use axum::extract::State;
use domain::Domain;
use http::header;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Sign in with e-mail and password
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "Accounts",
    operation_id = "auth_login",
    request_body = LoginRequest,
    responses((status = OK, description = "A pair of tokens", body = Tokens), Failures)
)]
pub(crate) async fn login(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<LoginRequest>,
) -> Result<([(header::HeaderName, &'static str); 1], axum::Json<Tokens>), Refusal> {
    let tokens = domain::accounts::login(&domain, &actor, request).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(tokens)))
}
