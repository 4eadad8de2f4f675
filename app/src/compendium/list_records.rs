//! Asks for the records of a kind.

use api::{
    List,
    rules::{RulesEntry, RulesKind},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// A page of records whose name contains `name`; `cursor` is the `next` of the page before.
#[server(prefix = "/api/ui", endpoint = "compendium/list", input = GetUrl)]
pub(crate) async fn list_records(
    kind: RulesKind,
    name: Option<String>,
    cursor: Option<String>,
) -> Result<List<RulesEntry>, Failure> {
    let (_, actor) = crate::caller::allowed::<api::right::ViewRules>()?;
    let filter = api::rules::RulesFilter { name, cursor };
    domain::rules::list(&actor, kind, &filter).map_err(crate::caller::refuse)
}
