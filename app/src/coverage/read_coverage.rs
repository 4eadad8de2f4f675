//! Asks how much of the rules runs.

use api::{List, rules::CoverageGroup};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Every group of the source, with what is missing.
#[server(prefix = "/api/ui", endpoint = "compendium/coverage", input = GetUrl)]
pub(crate) async fn read_coverage() -> Result<List<CoverageGroup>, Failure> {
    let (_, actor) = crate::caller::allowed::<api::right::ViewRules>()?;
    Ok(domain::rules::coverage(&actor))
}
