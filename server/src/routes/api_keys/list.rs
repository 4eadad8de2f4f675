//! `GET api-keys`

use api::{List, api_key::ApiKeyView, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// List the keys of programs
#[utoipa::path(
    get,
    path = "/api-keys",
    tag = "API keys",
    operation_id = "api_keys_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The keys, newest first, without their secrets", body = List<ApiKeyView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageApiKeys>,
) -> Result<axum::Json<List<ApiKeyView>>, Refusal> {
    let reply = domain::api_keys::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
