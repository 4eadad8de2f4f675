//! `GET auth/jwks`

use api::session::Jwks;
use axum::extract::State;
use domain::Domain;
use http::{HeaderName, header};

use crate::routes::answers::Failures;

/// Tell the public keys that access tokens are verified with
#[utoipa::path(
    get,
    path = "/auth/jwks",
    tag = "Accounts",
    operation_id = "auth_jwks",
    responses((status = OK, description = "The keys; ask again every few minutes", body = Jwks), Failures)
)]
pub(crate) async fn jwks(
    State(domain): State<Domain>,
) -> ([(HeaderName, &'static str); 1], axum::Json<Jwks>) {
    ([(header::CACHE_CONTROL, "public, max-age=300")], axum::Json(domain.keys().jwks()))
}
