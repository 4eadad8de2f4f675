//! Experience that staff award.

use api::{
    character::{CharacterRecord, GainExperienceRequest},
    right,
    user::Reason,
};
use garde::Validate as _;
use grid::CharacterId;
use serde_json::json;

use super::change::{Deed, change};
use crate::{Actor, Allowed, Domain, Error};

/// Adds experience to a character, and notes it in the audit.
///
/// # Errors
/// [`Error::NotFound`] if there is no such character.
pub async fn gain_experience(
    domain: &Domain,
    actor: &Allowed<right::EditEntities>,
    id: CharacterId,
    request: GainExperienceRequest,
) -> Result<CharacterRecord, Error> {
    request.validate()?;
    let details = json!({ "points": request.points });
    let actor = Actor::clone(actor).because_given(Some(Reason { reason: request.reason }));
    let deed = Deed { action: "character.gain_experience", details, is_staffs: true, calm_s: 0 };
    let (record, _) =
        change(domain, &actor, id, deed, |built| Ok(built.character.gain_experience(request.points).into()))
            .await?;
    Ok(record)
}
