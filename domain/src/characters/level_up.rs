//! Taking a level.

use api::{
    character::{CharacterRecord, HitPointsGained, LevelUpRequest},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::{character::LevelTaken, content::srd};
use serde_json::json;
use store::events::Happening;

use super::{
    build::RULESET,
    change::{Deed, Outcome, change},
    dice, refusals,
};
use crate::{Allowed, Domain, Error};

/// Takes a level for which there is experience enough. What it lets one choose is chosen afterwards.
///
/// # Errors
/// [`Error::AgainstTheRules`] for a class or subclass that the rules don't allow; [`Error::Conflict`] if the experience is
/// missing; [`Error::NotFound`] for somebody else's character.
pub async fn level_up(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: LevelUpRequest,
) -> Result<CharacterRecord, Error> {
    request.validate()?;
    let class = refusals::id("class", &request.class)?;
    let subclass = request.subclass.as_deref().map(|text| refusals::id("subclass", text)).transpose()?;
    let hit_die = match (request.hit_points, srd().class(class)) {
        (HitPointsGained::Rolled, Some(record)) => Some(dice::throw(record.hit_die.into()) as u8),
        _ => None,
    };
    let details = json!({ "class": class.as_str(), "subclass": request.subclass });
    let deed = Deed { action: "character.level_up", details, is_staffs: false, calm_s: 0 };
    let taken = LevelTaken { class, hit_die, subclass };
    let (record, ()) = change(domain, actor, id, deed, |built| {
        built
            .character
            .level_up(taken, srd(), &RULESET)
            .map_err(|refusals| refusals::refuse(&refusals, "", Some(class)))?;
        let level = built.character.level().into();
        let happened = Happening::CharacterLevelled { character_id: id, class: class.to_string(), level };
        Ok(Outcome { reply: (), happenings: vec![happened] })
    })
    .await?;
    Ok(record)
}
