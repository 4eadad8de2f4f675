//! Awards experience.

use api::{
    CharacterId,
    character::{CharacterRecord, GainExperienceRequest},
};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Adds experience, with a reason for the audit.
#[server(prefix = "/api/ui", endpoint = "characters/award-experience", input = Json)]
pub(crate) async fn award_experience(
    character: CharacterId,
    request: GainExperienceRequest,
) -> Result<CharacterRecord, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::EditEntities>()?;
    domain::characters::gain_experience(&domain, &actor, character, request)
        .await
        .map_err(crate::caller::refuse)
}
