//! How the rules' time maps onto ticks.

use rules::{Ruleset, TimeSpan, attack_interval_ticks, ticks_per_round};
use serde_json::json;

use super::Answer;
use crate::arguments::Arguments;

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    Ok(Some(match function {
        "ticks_per_round" => json!(ticks_per_round(input.number("tps")?)),
        "duration_ticks" => json!(input.parsed::<TimeSpan>("duration")?.ticks(input.number("tps")?)),
        "attack_interval_ticks" => {
            json!(attack_interval_ticks(input.small("attacks_per_round")?, input.number("tps")?))
        }
        _ => return Ok(None),
    }))
}
