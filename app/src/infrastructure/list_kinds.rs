//! Asks what could run.

use api::infrastructure::KindView;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Each kind of node, with its drivers and the schemas of their settings.
#[server(prefix = "/api/ui", endpoint = "infrastructure/kinds", input = GetUrl)]
pub(crate) async fn list_kinds() -> Result<Vec<KindView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewInfrastructure>()?;
    Ok(domain::infrastructure::kinds(&domain, &actor))
}
