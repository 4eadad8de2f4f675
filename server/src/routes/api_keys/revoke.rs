//! `POST api-keys/{id}/revoke`

use api::{api_key::ApiKeyView, right, user::Reason};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// End a key
#[utoipa::path(
    post,
    path = "/api-keys/{id}/revoke",
    tag = "API keys",
    operation_id = "api_keys_revoke",
    params(("id" = uuid::Uuid, Path, description = "The key")),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The key", body = ApiKeyView), Failures)
)]
pub(crate) async fn revoke(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageApiKeys>,
    Path(id): Path<Uuid>,
    Json(request): Json<Reason>,
) -> Result<axum::Json<ApiKeyView>, Refusal> {
    let reply = domain::api_keys::revoke(&domain, &actor, id, request).await?;
    Ok(axum::Json(reply))
}
