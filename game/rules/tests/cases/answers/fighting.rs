//! Hits, harm, cover and what protects from harm.

use rules::{
    Cover, Defense, HitPoints, Ruleset, concentration_dc, dice_mean, expected_damage, hit_chance,
    is_massive_damage,
};
use serde_json::{Value, json};

use super::Answer;
use crate::arguments::{Arguments, Refused};

pub(super) fn answer(function: &str, input: Arguments<'_>, rules: &Ruleset) -> Answer {
    Ok(Some(match function {
        "hit_probability" => {
            let chance = chance(input)?;
            json!({ "hit": chance.hit, "crit": chance.critical })
        }
        "expected_damage" => json!(damage(input)?),
        "resolve_damage" => json!(taken(input)?),
        "cover" => {
            let cover: Cover = input.parsed("cover")?;
            if cover.can_be_targeted() {
                json!({ "ac": cover.bonus(), "dex_save": cover.bonus() })
            } else {
                json!("untargetable")
            }
        }
        "concentration_dc" => json!(concentration_dc(input.small("damage")?, rules)),
        "instant_death" | "massive_damage" => {
            let maximum = input.first_of(&["max_hp", "hp_max"])?;
            json!(is_massive_damage(input.small("damage")?, current(input)?.unwrap_or(maximum), maximum))
        }
        "apply_damage" => {
            let current = current(input)?.ok_or(Refused::Missing("hp"))?;
            let maximum = input.small_or("max_hp", current)?;
            let temporary = input.small_or("temp_hp", 0)?;
            let after = HitPoints { current, maximum, temporary }.hurt(input.small("damage")?);
            json!({ "hp": after.current, "temp_hp": after.temporary })
        }
        _ => return Ok(None::<Value>),
    }))
}

/// Hit points before the blow, if the case tells them.
fn current(input: Arguments<'_>) -> Result<Option<u32>, Refused> {
    let keys = ["hp", "current_hp", "hp_before"];
    let told = keys.iter().any(|key| input.optional(key).is_some());
    told.then(|| input.first_of(&keys)).transpose()
}

fn chance(input: Arguments<'_>) -> Result<rules::HitChance, Refused> {
    let keys = ["crit_range", "crit_on", "crit_min", "crit_from"];
    let told = keys.iter().any(|key| input.optional(key).is_some());
    let critical_from = if told { input.first_of(&keys)? } else { 20 };
    Ok(hit_chance(input.integer("attack_bonus")?, input.integer("ac")?, input.mode()?, critical_from))
}

fn damage(input: Arguments<'_>) -> Result<f64, Refused> {
    let dice: Vec<(u32, u32)> =
        serde_json::from_value(input.value("dice")?.clone()).map_err(|_| Refused::Malformed("dice"))?;
    let mean = dice.into_iter().map(|(count, sides)| dice_mean(count, sides)).sum();
    let attacks: u32 = input.small_or("attacks", 1)?;
    let bonus = if input.optional("bonus").is_some() { input.number("bonus")? } else { 0.0 };
    Ok(f64::from(attacks) * expected_damage(chance(input)?, mean, bonus))
}

fn taken(input: Arguments<'_>) -> Result<u32, Refused> {
    let reduction = ["reduction", "flat_reduction", "flat"]
        .into_iter()
        .find(|key| input.optional(key).is_some())
        .map_or(Ok(0), |key| input.integer(key).map(i64::unsigned_abs))?;
    let defense = Defense {
        reduction: u32::try_from(reduction).map_err(|_| Refused::Malformed("reduction"))?,
        resistant: input.says(&["resist", "resistant", "resistance", "resistances"]),
        vulnerable: input.says(&["vulnerable", "vulnerability", "vulnerabilities", "vuln"]),
        immune: input.says(&["immune", "immunity", "immunities"]),
    };
    let dealt: u32 = input.small("damage")?;
    let halved = input.says(&["half", "halved", "saved", "save_success", "half_on_save"]);
    Ok(defense.apply(if halved { dealt / 2 } else { dealt }))
}
