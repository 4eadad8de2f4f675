//! Makes an API key.

use api::{Permission, api_key::NewApiKey};
use chrono::{DateTime, Utc};
use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Makes a key for a service's account. Its secret is told this once.
#[server(prefix = "/api/ui", endpoint = "api-keys/create")]
pub(crate) async fn create_key(
    account: AccountId,
    name: String,
    scopes: Vec<Permission>,
    expires_at: Option<DateTime<Utc>>,
    reason: String,
) -> Result<NewApiKey, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageApiKeys>()?;
    let request = api::api_key::CreateApiKeyRequest { account_id: account, name, scopes, expires_at, reason };
    domain::api_keys::create(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
