//! Choices that were left open.

use api::{
    character::{CharacterRecord, ChooseRequest, ImprovementChoice},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::{
    character::{Character, Improvement, PickMade},
    content::srd,
};
use serde_json::json;

use super::{
    build::RULESET,
    change::{Deed, change},
    choices, refusals,
};
use crate::{Allowed, Domain, Error};

/// Adds skills, improvements and picks that the character has still open.
///
/// # Errors
/// [`Error::AgainstTheRules`] for what is not on offer or too much, with what is; [`Error::NotFound`] for somebody else's
/// character.
pub async fn choose(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: ChooseRequest,
) -> Result<CharacterRecord, Error> {
    request.validate()?;
    let picks = choices::picks("picks", &request.picks)?;
    let improvements = improvements(&request.improvements)?;
    let details = json!({ "request": request });
    let deed = Deed { action: "character.choose", details, is_staffs: false, calm_s: 0 };
    let (record, ()) = change(domain, actor, id, deed, |built| {
        let class = built.character.classes().next();
        built
            .character
            .revise(srd(), &RULESET, |character| {
                character.skills.extend(&request.skills);
                character.improvements.extend(improvements);
                for pick in picks {
                    add_pick(character, pick);
                }
            })
            .map_err(|refusals| refusals::refuse(&refusals, "", class))?;
        Ok(().into())
    })
    .await?;
    Ok(record)
}

fn improvements(choices: &[ImprovementChoice]) -> Result<Vec<Improvement>, Error> {
    let read = choices.iter().enumerate().map(|(place, choice)| match choice {
        ImprovementChoice::Scores { first, second } => Ok(Improvement::Scores([*first, *second])),
        ImprovementChoice::Feat(feat) => {
            Ok(Improvement::Feat(refusals::id(&format!("improvements[{place}].feat"), feat)?))
        }
    });
    read.collect()
}

fn add_pick(character: &mut Character, pick: PickMade) {
    let same = |made: &&mut PickMade| made.of == pick.of && made.number == pick.number;
    match character.picks.iter_mut().find(same) {
        Some(made) => made.chosen.extend(pick.chosen),
        None => character.picks.push(pick),
    }
}
