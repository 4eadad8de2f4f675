//! What differs between two recipes, in words: part by part, key by key.

use std::collections::BTreeMap;

use api::recipe::{ChangeKind, RecipeChange};
use serde_json::Value;
use worldgen::Recipe;

/// Parts whose entries are told apart by name or id.
const COLLECTIONS: [&str; 7] =
    ["params", "layers", "materials", "biomes", "features", "settlements", "spawns"];
/// Most differing keys that are told of one part: whoever changes more reads the text.
const DETAILS_MAX: usize = 12;
/// Longest value that is told in full, in characters.
const VALUE_MAX: usize = 60;

/// What differs, in the recipe's own order of parts.
pub(super) fn between(before: &Recipe, after: &Recipe) -> Result<Vec<RecipeChange>, serde_json::Error> {
    let (before, after) = (serde_json::to_value(before)?, serde_json::to_value(after)?);
    let mut changes = Vec::new();
    for name in keys(&before, &after) {
        let (old, new) = (before.get(&name), after.get(&name));
        if COLLECTIONS.contains(&name.as_str()) {
            collections(&name, &entries(old), &entries(new), &mut changes);
        } else {
            changes.extend(part(name, old, new));
        }
    }
    Ok(changes)
}

/// The keys of two objects: those of the second in its order, then those that only the first has.
fn keys(before: &Value, after: &Value) -> Vec<String> {
    let of = |value: &Value| -> Vec<String> {
        value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
    };
    let mut keys = of(after);
    let gone: Vec<String> = of(before).into_iter().filter(|key| !keys.contains(key)).collect();
    keys.extend(gone);
    keys
}

/// The entries of a collection by name: of a map its keys, of a list its ids; what has no id by its place.
fn entries(part: Option<&Value>) -> BTreeMap<String, &Value> {
    match part {
        Some(Value::Object(entries)) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Some(Value::Array(items)) => {
            let name = |(place, item): (usize, &Value)| match item.get("id").or_else(|| item.get("monster")) {
                Some(Value::String(id)) => id.clone(),
                _ => place.to_string(),
            };
            items.iter().enumerate().map(|(place, item)| (name((place, item)), item)).collect()
        }
        _ => BTreeMap::new(),
    }
}

fn collections(
    name: &str,
    before: &BTreeMap<String, &Value>,
    after: &BTreeMap<String, &Value>,
    changes: &mut Vec<RecipeChange>,
) {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(gone) {
        let (old, new) = (before.get(key).copied(), after.get(key).copied());
        changes.extend(part(format!("{name}.{key}"), old, new));
    }
}

fn part(part: String, before: Option<&Value>, after: Option<&Value>) -> Option<RecipeChange> {
    let is_there = |value: Option<&Value>| value.is_some_and(|value| !value.is_null());
    let kind = match (is_there(before), is_there(after)) {
        (false, false) => return None,
        (false, true) => ChangeKind::Added,
        (true, false) => ChangeKind::Removed,
        (true, true) => ChangeKind::Changed,
    };
    let mut details = Vec::new();
    if let (ChangeKind::Changed, Some(before), Some(after)) = (kind, before, after) {
        if before == after {
            return None;
        }
        differences("", before, after, &mut details);
        if details.len() > DETAILS_MAX {
            let more = details.len() - DETAILS_MAX;
            details.truncate(DETAILS_MAX);
            details.push(format!("and {more} more"));
        }
    }
    Some(RecipeChange { kind, part, details })
}

fn differences(path: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    if before == after {
        return;
    }
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    if let (Value::Object(_), Value::Object(_)) = (before, after) {
        for key in keys(before, after) {
            let [old, new] = [before, after].map(|value| value.get(&key).unwrap_or(&Value::Null));
            differences(&under(&key), old, new, found);
        }
        return;
    }
    let change = format!("{} → {}", shown(before), shown(after));
    found.push(if path.is_empty() { change } else { format!("{path} {change}") });
}

/// A value as an author would write it.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => length(text).unwrap_or_else(|| text.clone()),
        Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Number(number) => {
            // Shares are kept in 32 bits: their decimal tail says nothing.
            number.as_f64().map_or_else(|| number.to_string(), |number| (number as f32).to_string())
        }
        other => other.to_string(),
    };
    if text.chars().count() <= VALUE_MAX {
        return text;
    }
    text.chars().take(VALUE_MAX).chain(['…']).collect()
}

/// `10240 u`, the exact form of a length, in metres.
fn length(text: &str) -> Option<String> {
    let units = text.strip_suffix(" u")?.parse::<i64>().ok()?;
    Some(format!("{} m", units as f64 / grid::UNITS_PER_METRE as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPERATE: &str = include_str!("../../../config/recipes/temperate.yaml");

    fn told(pairs: &[(&str, &str)]) -> Vec<RecipeChange> {
        let mut text = TEMPERATE.to_owned();
        for (before, after) in pairs {
            assert!(text.contains(before), "the recipe has no `{before}`");
            text = text.replacen(before, after, 1);
        }
        let read = |text: &str| Recipe::from_yaml("temperate.yaml", text).expect("is sound");
        between(&read(TEMPERATE), &read(&text)).expect("compares")
    }

    #[test]
    fn equal_recipes_differ_in_nothing() {
        assert_eq!(told(&[("# What bends", "# What has always bent")]), []);
    }

    #[test]
    fn a_change_names_the_part_and_what_it_was() {
        let changes = told(&[("wade_depth: 0.7 m", "wade_depth: 1.5 m")]);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!((changes[0].kind, changes[0].part.as_str()), (ChangeKind::Changed, "terrain"));
        assert!(changes[0].details[0].starts_with("wade_depth 0.69"), "{changes:?}");
        assert!(changes[0].details[0].ends_with("→ 1.5 m"), "{changes:?}");
    }

    #[test]
    fn layers_and_biomes_are_told_apart_by_name() {
        let changes = told(&[
            (
                "drift_x: {step: fbm, noise: opensimplex2, wavelength: 1100 m",
                "drift_x: {step: fbm, noise: perlin, wavelength: 900 m",
            ),
            ("{id: bush, name: Bush", "{id: shrub, name: Bush"),
        ]);
        let parts: Vec<_> = changes.iter().map(|change| (change.kind, change.part.as_str())).collect();
        assert!(parts.contains(&(ChangeKind::Changed, "layers.drift_x")), "{parts:?}");
        assert!(parts.contains(&(ChangeKind::Added, "features.shrub")), "{parts:?}");
        assert!(parts.contains(&(ChangeKind::Removed, "features.bush")), "{parts:?}");
        assert_eq!(parts.len(), 3, "{parts:?}");
        let drift = changes.iter().find(|change| change.part == "layers.drift_x").expect("is told");
        assert!(drift.details.contains(&"wavelength 1100 m → 900 m".to_owned()), "{drift:?}");
    }
}
