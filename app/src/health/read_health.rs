//! Asks how the server's parts are.

use api::health::HealthView;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The newest probes' results.
#[server(prefix = "/api/ui", endpoint = "health/read", input = GetUrl)]
pub(crate) async fn read_health() -> Result<HealthView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewHealth>()?;
    Ok(domain::health::read(&domain, &actor))
}
