//! Abilities, levels, experience and where scores come from.

use rules::{
    Ruleset, STANDARD_ARRAY, budget_per_character, check_point_buy, experience_for_level,
    level_for_experience, modifier, point_buy_cost, proficiency_bonus,
};
use serde_json::{Value, json};

use super::Answer;
use crate::arguments::{Arguments, Refused};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    Ok(Some(match function {
        "ability_modifier" => json!(modifier(input.small("score")?)),
        "proficiency_bonus" => json!(proficiency_bonus(input.level()?)),
        "proficiency_by_cr" => json!(input.challenge()?.proficiency_bonus()),
        "level_for_xp" => json!(level_for_experience(input.small("xp")?)),
        "xp_for_level" => json!(experience_for_level(input.level()?)),
        "xp_for_cr" => json!(input.challenge()?.experience()),
        "xp_budget_per_character" => json!(budget_per_character(input.level()?)),
        "point_buy_cost" => match point_buy_cost(input.small("score")?) {
            Some(cost) => json!(cost),
            None => json!("error"),
        },
        "point_buy_total" => {
            let scores: Vec<u8> = serde_json::from_value(input.value("scores")?.clone())
                .map_err(|_| Refused::Malformed("scores"))?;
            let scores: [u8; 6] = scores.try_into().map_err(|_| Refused::Malformed("scores"))?;
            check_point_buy(&scores).map_or_else(|_| json!("error"), |cost| json!(cost))
        }
        "encounter_multiplier" | "xp_multiplier" | "monster_multiplier" => {
            let monsters = input.first_of(&["monsters", "monster_count", "count", "n"])?;
            json!(f64::from(rules::crowd_tenths(monsters, party(input)?)) / 10.0)
        }
        "adjusted_xp" => {
            let experience: Vec<u32> = serde_json::from_value(input.value("monster_xp")?.clone())
                .map_err(|_| Refused::Malformed("monster_xp"))?;
            let tenths = rules::crowd_tenths(experience.len() as u32, party(input)?);
            json!(f64::from(experience.iter().sum::<u32>()) * f64::from(tenths) / 10.0)
        }
        "xp_thresholds" | "encounter_thresholds" | "xp_threshold_per_character" => {
            json!(rules::peril_thresholds(input.level()?))
        }
        "daily_xp_budget" | "adventuring_day_xp" => json!(rules::daily_budget(input.level()?)),
        "standard_array" => json!(STANDARD_ARRAY),
        _ => return Ok(None::<Value>),
    }))
}

/// How many characters there are; four, if nobody says.
fn party(input: Arguments<'_>) -> Result<usize, Refused> {
    let keys = ["party_size", "party", "characters", "players"];
    if keys.iter().any(|key| input.optional(key).is_some()) {
        return input.first_of::<u32>(&keys).map(|count| count as usize);
    }
    Ok(4)
}
