//! Asks how the server's parts are.

use api::health::HealthView;
use leptos::prelude::*;

use crate::Failure;

/// The newest probes' results.
#[server(prefix = "/api/ui", endpoint = "health/read", input = leptos::server_fn::codec::GetUrl)]
pub(crate) async fn read_health() -> Result<HealthView, Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::health::read(&domain, &actor).await.map_err(crate::caller::refuse)
}
