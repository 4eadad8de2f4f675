//! Slots, pact magic and the formulas of casting classes.

use rules::{CasterProgress, Ruleset, divine_smite_dice, pact_magic, slot_creation_cost, spell_slots};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    arguments::{Arguments, Refused},
    lookup,
};

pub(super) fn answer(function: &str, input: Arguments<'_>, rules: &Ruleset) -> Answer {
    Ok(Some(match function {
        "spell_slots" => slots(input, rules)?,
        "pact_magic" => {
            let pact = pact_magic(input.small("warlock_level")?);
            json!({ "slots": pact.slots, "slot_level": pact.slot_level })
        }
        "font_of_magic_cost" => match slot_creation_cost(input.small("slot_level")?) {
            Some(cost) => json!(cost),
            None => json!("error"),
        },
        "divine_smite_dice" => {
            let target = input.optional("target_type").and_then(Value::as_str);
            let hated = matches!(target, Some("fiend" | "undead"));
            json!(format!("{}d8", divine_smite_dice(input.small("slot")?, hated)))
        }
        _ => return Ok(None),
    }))
}

/// The slots without the empty levels at the end.
fn slots(input: Arguments<'_>, rules: &Ruleset) -> Result<Value, Refused> {
    let classes = input.value("classes")?.as_object().ok_or(Refused::Malformed("classes"))?;
    let mut levels = Vec::new();
    for (class, level) in classes {
        let level =
            level.as_u64().and_then(|level| u8::try_from(level).ok()).ok_or(Refused::Malformed("classes"))?;
        if let Some(progress) = progress(class)? {
            levels.push((progress, level));
        }
    }
    let slots = spell_slots(&levels, rules);
    let filled = slots.iter().rposition(|&slots| slots > 0).map_or(0, |last| last + 1);
    Ok(json!(slots[..filled]))
}

fn progress(class: &str) -> Result<Option<CasterProgress>, Refused> {
    Ok(lookup::class(class)?.spells.as_ref().map(|spells| spells.progress.into()))
}
