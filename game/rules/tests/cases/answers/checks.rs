//! Advantage, passive scores and the chances of saves.

use rules::{Ability, RollMode, Ruleset, Training, passive_score, proficiency_bonus, success_chance};
use serde_json::json;

use super::Answer;
use crate::arguments::Arguments;

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    Ok(Some(match function {
        "combine_advantage" => {
            json!(RollMode::combine(input.small_or("adv", 0)?, input.small_or("dis", 0)?).name())
        }
        "passive_score" => {
            let ability = Ability::ALL
                .into_iter()
                .find(|ability| input.optional(ability.short()).is_some())
                .unwrap_or(Ability::Wisdom);
            let training = if input.says(&["expertise"]) {
                Training::Expertise
            } else if input.says(&["proficient"]) {
                Training::Proficient
            } else {
                Training::Untrained
            };
            let trained = training.of(proficiency_bonus(input.level()?));
            let bonus = i16::from(input.modifier_of(ability)?) + i16::from(trained);
            json!(passive_score(bonus, input.mode()?))
        }
        "save_success_probability" | "check_success_probability" => {
            json!(success_chance(input.integer("bonus")?, input.integer("dc")?, input.mode()?))
        }
        _ => return Ok(None),
    }))
}
