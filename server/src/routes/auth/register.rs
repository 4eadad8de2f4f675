//! `POST auth/register`

use api::auth::{AccountView, RegisterRequest};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;

use crate::{
    edge::Refusal,
    extract::{Caller, Json},
    routes::answers::Failures,
};

/// Make a player's account
#[utoipa::path(
    post,
    path = "/auth/register",
    tag = "Accounts",
    operation_id = "auth_register",
    request_body = RegisterRequest,
    responses((status = CREATED, description = "The account", body = AccountView), Failures)
)]
pub(crate) async fn register(
    State(domain): State<Domain>,
    Caller(actor): Caller,
    Json(request): Json<RegisterRequest>,
) -> Result<(StatusCode, axum::Json<AccountView>), Refusal> {
    let account = domain::accounts::register(&domain, &actor, request).await?;
    Ok((StatusCode::CREATED, axum::Json(account)))
}
