//! Races, subraces, classes and what their levels are worth.

use std::collections::BTreeMap;

use rules::{
    Ability, Id, Ruleset, breath_weapon_dice, cantrip_dice,
    content::{Class, ScoreBonus},
    fixed_maximum,
    language::{
        Op, Path,
        expr::{Facts, Quantity, Question, Role},
    },
    modifier,
};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    arguments::{Arguments, Refused},
    lookup,
};

pub(super) fn answer(function: &str, input: Arguments<'_>, rules: &Ruleset) -> Answer {
    Ok(Some(match function {
        "race" => {
            let race = lookup::race(input.text("race")?)?;
            json!({
                "speed": race.speed,
                "size": race.size.name(),
                "ability_bonuses": bonuses(&race.scores),
            })
        }
        "subrace" => {
            let subrace = lookup::subrace(input.text("subrace")?)?;
            json!({ "race": subrace.of.name(), "ability_bonuses": bonuses(&subrace.scores) })
        }
        "class" => {
            let class = lookup::class(input.text("class")?)?;
            let saves: Vec<_> = class.saves.iter().map(|save| save.short()).collect();
            json!({ "hit_die": class.hit_die, "saves": saves })
        }
        "max_hp" | "max_hp_fixed" => json!(hit_points(input)?),
        "breath_weapon_dice" => json!(breath_weapon_dice(input.level()?).to_string()),
        "multiclass_prereq" => {
            let class = lookup::class(input.text("class")?)?;
            let scores = Arguments(input.value("scores")?).scores_or(0)?;
            json!(class.multiclass.allows(&scores))
        }
        "class_feature_value" => feature_value(input)?,
        "prepared_count" => {
            let class = lookup::class(input.text("class")?)?;
            let spells = class.spells.as_ref().ok_or(Refused::Malformed("class"))?;
            json!(spells.prepared(input.level()?, input.modifier_of(spells.ability)?))
        }
        "eldritch_blast_beams" => json!(cantrip_dice(input.level()?)),
        "max_spell_level" => {
            let class = lookup::class(input.text("class")?)?;
            json!(
                class.spells.as_ref().map_or(0, |spells| spells.level_max(input.level().unwrap_or(1), rules))
            )
        }
        _ => return Ok(None),
    }))
}

fn bonuses(scores: &[ScoreBonus]) -> Value {
    let fixed = scores.iter().filter_map(|bonus| Some((bonus.ability?.short(), bonus.bonus)));
    json!(fixed.collect::<BTreeMap<_, _>>())
}

/// Hit points of a character of one class, with what its race and subrace add for each level.
fn hit_points(input: Arguments<'_>) -> Result<u16, Refused> {
    let class = lookup::class(input.text("class")?)?;
    let level = input.level()?;
    let key = if input.optional("con_after_racial").is_some() { "con_after_racial" } else { "con" };
    let constitution = modifier(input.small(key)?);
    let mut extra = 0;
    for (key, find) in [
        ("race", (|name| lookup::race(name).map(|race| race.id)) as fn(&str) -> Result<Id, Refused>),
        ("subrace", |name| lookup::subrace(name).map(|subrace| subrace.id)),
    ] {
        if let Some(name) = input.optional(key).and_then(Value::as_str) {
            extra += hit_points_of(find(name)?, level);
        }
    }
    Ok(fixed_maximum(class.hit_die, level, constitution, 0) + extra)
}

struct AtLevel(u8);

impl Facts for AtLevel {
    fn quantity(&self, _: Role, quantity: Quantity) -> i32 {
        match quantity {
            Quantity::Level | Quantity::ClassLevel => i32::from(self.0),
            _ => 0,
        }
    }

    fn holds(&self, _: Question) -> bool {
        false
    }
}

fn hit_points_of(owner: Id, level: u8) -> u16 {
    let features = lookup::library().features().iter().filter(|feature| feature.is_of(owner));
    let modifiers = features.flat_map(|feature| &feature.gives.modifiers);
    let added = modifiers.filter(|modifier| modifier.path == Path::HpMax && modifier.op == Op::Add);
    added
        .filter_map(|modifier| modifier.value.as_ref())
        .map(|value| value.value(&AtLevel(level)) as u16)
        .sum()
}

/// Endings by which a column says what its numbers are.
const ENDINGS: [&str; 13] = [
    "",
    "-die",
    "-dice",
    "-cr-eighths",
    "-eighths",
    "-uses",
    "-charges",
    "-count",
    "-points",
    "-known",
    "-pool",
    "-levels",
    "-bonus",
];

fn feature_value(input: Arguments<'_>) -> Result<Value, Refused> {
    let class = lookup::class(input.text("class")?)?;
    let level = input.level()?;
    let name = lookup::slug(input.text("feature")?);
    if name == "attacks-per-action" {
        return Ok(json!(1 + column(class, "extra-attacks", level).unwrap_or(0)));
    }
    if let Some(value) = spells_value(class, &name, level) {
        return Ok(value);
    }
    // Uses of a feature go by its name as well.
    let bare = name.trim_end_matches("-uses");
    for name in [name.as_str(), name.trim_end_matches('s'), bare] {
        for ending in ENDINGS {
            let full = format!("{name}{ending}");
            if let Some(value) = column(class, &full, level) {
                return Ok(shown(name, &full, value));
            }
        }
    }
    Err(Refused::NotFound { kind: "feature", name })
}

fn column(class: &Class, name: &str, level: u8) -> Option<i32> {
    let values = class.columns.get(&Id::new(name).ok()?)?;
    values.get(usize::from(level).checked_sub(1)?).copied()
}

fn spells_value(class: &Class, name: &str, level: u8) -> Option<Value> {
    let spells = class.spells.as_ref()?;
    let expr = match name {
        "cantrips-known" => spells.cantrips.as_ref()?,
        "spells-known" => spells.known.as_ref()?,
        _ => return None,
    };
    Some(json!(expr.value(&AtLevel(level))))
}

/// A die as `d8`, a number of dice asked for by the feature's name as `3d6`, eighths of a challenge as the challenge.
fn shown(name: &str, full: &str, value: i32) -> Value {
    match full {
        "wild-shape-swim" | "wild-shape-fly" => json!(value != 0),
        _ if value == -1 => json!("unlimited"),
        // Who asks for the die or the dice by name wants the number.
        _ if name == full => json!(value),
        "martial-arts-die" => json!(format!("1d{value}")),
        "sneak-attack-dice" => json!(format!("{value}d6")),
        _ if full.ends_with("-die") && value > 0 => json!(format!("d{value}")),
        _ if full.ends_with("-eighths") => json!(f64::from(value) / 8.0),
        _ => json!(value),
    }
}

impl Arguments<'_> {
    fn scores_or(self, rest: u8) -> Result<rules::AbilityScores, Refused> {
        let mut scores = rules::AbilityScores::new([rest; 6]);
        for ability in Ability::ALL {
            if self.optional(ability.short()).is_some() {
                scores[ability] = self.small(ability.short())?;
            }
        }
        Ok(scores)
    }
}
