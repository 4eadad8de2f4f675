//! Asks for the API keys.

use api::{List, api_key::ApiKeyView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// All keys, the newest first, without their secrets.
#[server(prefix = "/api/ui", endpoint = "api-keys/list", input = GetUrl)]
pub(crate) async fn list_keys() -> Result<List<ApiKeyView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageApiKeys>()?;
    domain::api_keys::list(&domain, &actor).await.map_err(crate::caller::refuse)
}
