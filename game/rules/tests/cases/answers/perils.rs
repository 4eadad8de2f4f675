//! Falls, breath, loads, jumps, exhaustion, death's door and rest.

use rules::{
    Ability, Carrying, DeathState, Exhaustion, Feet, Ruleset, Size, breath_seconds, days_without_food,
    death_saves, exhaustion, fall_damage_dice, high_jump_half_feet, hit_dice_regained, long_jump_half_feet,
    monster_hit_die, stand_up_cost, suffocation_rounds,
};
use serde_json::{Value, json};

use super::Answer;
use crate::arguments::{Arguments, Refused};

pub(super) fn answer(function: &str, input: Arguments<'_>, rules: &Ruleset) -> Answer {
    Ok(Some(match function {
        "fall_damage_dice" => json!(fall_damage_dice(input.small("feet")?)),
        "suffocation_rounds" => json!(suffocation_rounds(input.modifier_of(Ability::Constitution)?)),
        "hold_breath_seconds" => json!(breath_seconds(input.modifier_of(Ability::Constitution)?)),
        "hold_breath_minutes" => {
            json!(f64::from(breath_seconds(input.modifier_of(Ability::Constitution)?)) / 60.0)
        }
        "days_without_food" => json!(days_without_food(input.modifier_of(Ability::Constitution)?)),
        "carry" => {
            let size: Size =
                if input.optional("size").is_some() { input.parsed("size")? } else { Size::Medium };
            let carrying = Carrying::of(input.small("str")?, size);
            json!({ "capacity_lb": carrying.capacity_lb(), "push_lb": carrying.push_lb() })
        }
        "long_jump_ft" => {
            let half_feet = long_jump_half_feet(input.small("str")?, input.says(&["running"]));
            json!(f64::from(half_feet) / 2.0)
        }
        "high_jump_ft" => {
            let half_feet =
                high_jump_half_feet(input.modifier_of(Ability::Strength)?, input.says(&["running"]));
            json!(f64::from(half_feet) / 2.0)
        }
        "exhaustion_effects" => tired(exhaustion(input.level()?, rules)),
        "death_saves" => {
            let rolls: Vec<u32> = serde_json::from_value(input.value("rolls")?.clone())
                .map_err(|_| Refused::Malformed("rolls"))?;
            json!(match death_saves(rolls) {
                DeathState::Dead => "dead",
                DeathState::Stable => "stable",
                DeathState::Conscious => "conscious_1hp",
                DeathState::Dying(_) => "dying",
            })
        }
        "stand_up_cost_ft" => json!(stand_up_cost(Feet(input.small("speed")?)).0),
        "long_rest_hit_dice_regained" => {
            json!(hit_dice_regained(input.level()?, input.small("spent")?, rules))
        }
        "monster_hit_die" => json!(monster_hit_die(input.parsed("size")?)),
        _ => return Ok(None),
    }))
}

fn tired(exhaustion: Exhaustion) -> Value {
    match exhaustion {
        Exhaustion::Effects(effects) => effects.iter().map(|effect| effect.flag()).collect(),
        Exhaustion::Penalty { dead: true, .. } => json!("dead"),
        Exhaustion::Penalty { d20_test, slower, .. } => {
            json!({ "d20_test": d20_test, "speed_ft": -i32::from(slower.0) })
        }
    }
}
