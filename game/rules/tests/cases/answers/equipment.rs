//! Armour and weapons.

use rules::{
    Ability, ArmorFormula, DexterityShare, Ruleset, WeaponGrip, attack_ability, attack_bonus,
    best_armor_class,
    content::{ArmorKind, ArmorStats, WeaponStats},
    language::expr::AttackTrait,
    off_hand_damage_bonus,
};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    arguments::{Arguments, Refused},
    lookup,
};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    Ok(Some(match function {
        "armor_class" => json!(armor_class(input)?),
        "armor" => {
            let item = lookup::item(input.text("armor")?)?;
            let armor = item.armor.as_ref().ok_or(Refused::Malformed("armor"))?;
            json!({ "base": armor.ac, "stealth_disadvantage": armor.noisy, "str_minimum": armor.strength.unwrap_or(0) })
        }
        "weapon" => described(weapon(input)?),
        "attack_bonus" => {
            let level = input.level()?;
            let bonus =
                attack_bonus(grip(weapon(input)?), &input.scores()?, level, input.says(&["proficient"]));
            json!(i64::from(bonus) + input.small_or::<i64>("magic_bonus", 0)?)
        }
        "offhand_damage" => json!(off_hand(input)?),
        _ => return Ok(None),
    }))
}

fn weapon(input: Arguments<'_>) -> Result<&'static WeaponStats, Refused> {
    let item = lookup::item(input.text("weapon")?)?;
    item.weapon.as_ref().ok_or(Refused::Malformed("weapon"))
}

fn grip(weapon: &WeaponStats) -> WeaponGrip {
    let has = |property| weapon.with.contains(&property);
    WeaponGrip {
        ranged: has(AttackTrait::Ranged),
        thrown: has(AttackTrait::Thrown) && !has(AttackTrait::Ranged),
        finesse: has(AttackTrait::Finesse),
    }
}

/// Which weapons a monk favours, and which are good under water, are no properties of the weapons.
fn described(weapon: &WeaponStats) -> Value {
    let category = [
        AttackTrait::Simple,
        AttackTrait::Martial,
        AttackTrait::Melee,
        AttackTrait::Ranged,
        AttackTrait::Monk,
        AttackTrait::Aquatic,
    ];
    let properties: Vec<String> = weapon
        .with
        .iter()
        .filter(|property| !category.contains(property))
        .map(|property| property.word().replace('_', "-"))
        .collect();
    json!({
        "damage": weapon.damage.as_ref().map(ToString::to_string),
        "type": weapon.damage.as_ref().map(|_| weapon.kind.word()),
        "properties": properties,
        "range": weapon.range,
    })
}

fn armor_class(input: Arguments<'_>) -> Result<i64, Refused> {
    let scores = input.scores()?;
    let shield = if input.says(&["shield"]) { shield()? } else { 0 };
    let formulas = match input.optional("armor").and_then(Value::as_str) {
        None | Some("none" | "unarmored") => unarmored(input)?,
        Some("mage-armor" | "mage_armor") => vec![ArmorFormula::DRACONIC],
        Some(name) => {
            let armor = lookup::item(name)?.armor.as_ref().ok_or(Refused::Malformed("armor"))?;
            let value = worn(armor).value(&scores, shield);
            return Ok(i64::from(value) + extra(input, true)?);
        }
    };
    Ok(i64::from(best_armor_class(&formulas, &scores, shield)) + extra(input, false)?)
}

fn worn(armor: &ArmorStats) -> ArmorFormula {
    let dexterity = match armor.kind {
        ArmorKind::Light | ArmorKind::Shield => DexterityShare::Full,
        ArmorKind::Medium => DexterityShare::AtMostTwo,
        ArmorKind::Heavy => DexterityShare::Nothing,
    };
    ArmorFormula::Worn { base: armor.ac, dexterity }
}

fn shield() -> Result<u8, Refused> {
    lookup::item("shield")?.armor.as_ref().map(|armor| armor.ac).ok_or(Refused::Malformed("shield"))
}

fn unarmored(input: Arguments<'_>) -> Result<Vec<ArmorFormula>, Refused> {
    let Some(name) = input.optional("unarmored_defense").and_then(Value::as_str) else {
        return Ok(Vec::new());
    };
    Ok(vec![match name {
        "barbarian" => ArmorFormula::BARBARIAN,
        "monk" => ArmorFormula::MONK,
        "draconic" | "sorcerer" | "draconic-resilience" | "draconic_resilience" => ArmorFormula::DRACONIC,
        _ => return Err(Refused::Malformed("unarmored_defense")),
    }])
}

/// Magic, and the fighting style that needs armour.
fn extra(input: Arguments<'_>, armored: bool) -> Result<i64, Refused> {
    let style = input.optional("style").and_then(Value::as_str) == Some("defense");
    Ok(i64::from(style && armored) + input.small_or::<i64>("magic_bonus", 0)?)
}

fn off_hand(input: Arguments<'_>) -> Result<String, Refused> {
    let weapon = weapon(input)?;
    let scores = input.scores()?;
    let ability: Ability = attack_ability(grip(weapon), &scores);
    let style = input.optional("style").and_then(Value::as_str);
    let fights_with_two = matches!(style, Some("two-weapon-fighting" | "two_weapon_fighting"));
    let bonus = off_hand_damage_bonus(scores.modifier(ability), fights_with_two);
    let dice = weapon.damage.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(if bonus == 0 { dice } else { format!("{dice}{bonus:+}") })
}
