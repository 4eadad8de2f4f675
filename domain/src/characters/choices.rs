//! A player's choices as the rules read them.

use api::{
    FieldError,
    character::{CharacterChoices, GoodsChoice, PickChoice, ScoreChoice},
};
use rules::{
    Id,
    character::{BaseScores, KnownSpell, NewCharacter, PickMade, ScoreMethod, StartingGoods},
    content::srd,
    language::expr::NoFacts,
};

use super::{
    dice,
    refusals::{id, ids},
};
use crate::Error;

/// The choices of a new character of that race. Gold in place of equipment is thrown here.
///
/// # Errors
/// [`Error::AgainstTheRules`] for an id that the rules don't know.
pub(super) fn read(race: Id, choices: &CharacterChoices) -> Result<NewCharacter, Error> {
    let optional =
        |field: &str, text: &Option<String>| text.as_deref().map(|text| id(field, text)).transpose();
    let class = id("choices.class", &choices.class)?;
    let spells = choices.spells.iter().enumerate().map(|(place, choice)| {
        let spell = id(&format!("choices.spells[{place}].spell"), &choice.spell)?;
        Ok(KnownSpell { class, spell, prepared: choice.prepared })
    });
    Ok(NewCharacter {
        race,
        subrace: optional("choices.subrace", &choices.subrace)?,
        background: id("choices.background", &choices.background)?,
        scores: scores(choices.scores),
        free_bonuses: choices.free_bonuses.clone(),
        class,
        subclass: optional("choices.subclass", &choices.subclass)?,
        skills: choices.skills.clone(),
        picks: picks("choices.picks", &choices.picks)?,
        spells: spells.collect::<Result<_, Error>>()?,
        goods: goods(class, &choices.goods)?,
    })
}

/// Picks of a request.
pub(super) fn picks(field: &str, picks: &[PickChoice]) -> Result<Vec<PickMade>, Error> {
    let made = picks.iter().enumerate().map(|(place, pick)| {
        Ok(PickMade {
            of: id(&format!("{field}[{place}].of"), &pick.of)?,
            number: pick.number,
            chosen: ids(&format!("{field}[{place}].chosen"), &pick.chosen)?,
        })
    });
    made.collect()
}

const fn scores(choice: ScoreChoice) -> BaseScores {
    match choice {
        ScoreChoice::StandardArray(scores) => {
            BaseScores { method: ScoreMethod::StandardArray, scores: scores.in_order() }
        }
        ScoreChoice::PointBuy(scores) => {
            BaseScores { method: ScoreMethod::PointBuy, scores: scores.in_order() }
        }
        ScoreChoice::Rolled(scores) => BaseScores { method: ScoreMethod::Rolled, scores: scores.in_order() },
    }
}

fn goods(class: Id, choice: &GoodsChoice) -> Result<StartingGoods, Error> {
    Ok(match choice {
        GoodsChoice::Equipment { alternatives, things } => StartingGoods::Equipment {
            alternatives: alternatives.clone(),
            things: ids("choices.goods.equipment.things", things)?,
        },
        GoodsChoice::Gold => {
            let unknown = || {
                let message = "is not a class".to_owned();
                Error::AgainstTheRules(vec![FieldError { field: "choices.class".to_owned(), message }])
            };
            let gold = &srd().class(class).ok_or_else(unknown)?.gold;
            StartingGoods::Gold(gold.roll(&NoFacts, &mut dice::throw).max(0) as u32)
        }
    })
}
