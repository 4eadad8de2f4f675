//! Ends an API key.

use api::api_key::ApiKeyView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Ends a key, on all processes.
#[server(prefix = "/api/ui", endpoint = "api-keys/revoke")]
pub(crate) async fn revoke_key(key: Uuid, reason: String) -> Result<ApiKeyView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageApiKeys>()?;
    domain::api_keys::revoke(&domain, &actor, key, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
