//! Asks for one record.

use api::rules::{RulesKind, RulesRecord};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The record, told and as it is written.
#[server(prefix = "/api/ui", endpoint = "compendium/read", input = GetUrl)]
pub(crate) async fn read_record(kind: RulesKind, id: String) -> Result<RulesRecord, Failure> {
    let (_, actor) = crate::caller::allowed::<api::right::ViewRules>()?;
    domain::rules::read(&actor, kind, &id).map_err(crate::caller::refuse)
}
