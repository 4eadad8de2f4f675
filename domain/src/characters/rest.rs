//! Rests.

use api::{
    character::{HitDieSpentView, RestKind, RestReply, RestRequest},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::content::srd;
use serde_json::json;

use super::{
    build::RULESET,
    change::{Deed, change},
    dice, refusals,
};
use crate::{Allowed, Domain, Error};

/// Rests: a short rest spends the hit dice that are named, a long one gives everything back.
///
/// # Errors
/// [`Error::Conflict`] for a hit die that isn't left and for who is down; [`Error::InvalidField`] for hit dice in a long rest;
/// [`Error::NotFound`] for somebody else's character.
pub async fn rest(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: RestRequest,
) -> Result<RestReply, Error> {
    request.validate()?;
    if request.kind == RestKind::Long && !request.hit_dice.is_empty() {
        let message = "a long rest gives all hit points back; hit dice are spent in a short one".to_owned();
        return Err(Error::InvalidField { field: "hit_dice", message });
    }
    let deed = Deed { action: "character.rest", details: json!({ "kind": request.kind }), is_staffs: false };
    let (record, spent) = change(domain, actor, id, deed, |built| {
        let spent = match request.kind {
            RestKind::Short => built.character.short_rest(&request.hit_dice, srd(), dice::throw),
            RestKind::Long => built.character.long_rest(srd(), &RULESET).map(|()| Vec::new()),
        };
        Ok(spent.map_err(|refusal| refusals::refuse(&[refusal], "", None))?.into())
    })
    .await?;
    let spent = spent.into_iter().map(|die| HitDieSpentView {
        sides: die.sides,
        shown: die.shown,
        regained: die.regained,
    });
    Ok(RestReply { spent: spent.collect(), record })
}
