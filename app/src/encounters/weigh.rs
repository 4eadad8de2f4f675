//! Asks how hard a fight would be.

use api::encounter::Encounter;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// Weighs monsters against a party; both as the address has them.
#[server(prefix = "/api/ui", endpoint = "encounters/weigh", input = GetUrl)]
pub(crate) async fn weigh(party: String, monsters: String) -> Result<Encounter, Failure> {
    let (_, actor) = crate::caller::allowed::<api::right::ViewRules>()?;
    let query = api::encounter::EncounterQuery { party, monsters };
    domain::rules::encounter(&actor, &query).map_err(crate::caller::refuse)
}
