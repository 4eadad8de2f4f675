//! Reading a step: its name first, then its keys, so that errors keep their places.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

use super::{STEP_NAMES, Step};

/// The name of a step, refused at its own place if there is no such step.
struct StepName(String);

impl<'de> Deserialize<'de> for StepName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if STEP_NAMES.contains(&name.as_str()) {
            Ok(Self(name))
        } else {
            Err(de::Error::unknown_variant(&name, STEP_NAMES))
        }
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(StepVisitor)
    }
}

struct StepVisitor;

impl<'de> de::Visitor<'de> for StepVisitor {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step such as `{step: fbm, wavelength: 400 m, octaves: 4}`")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Step, A::Error> {
        let first: Option<String> = map.next_key()?;
        match first.as_deref() {
            Some("step") => {
                let StepName(name) = map.next_value()?;
                Step::read(&name, de::value::MapAccessDeserializer::new(map))
            }
            None => Err(de::Error::missing_field("step")),
            Some(key) => {
                // JSON that was sorted on its way: there are no places to keep.
                let mut keys = serde_json::Map::from_iter([(key.to_owned(), map.next_value()?)]);
                while let Some((key, value)) = map.next_entry()? {
                    keys.insert(key, value);
                }
                let name = keys.remove("step").ok_or_else(|| de::Error::missing_field("step"))?;
                let StepName(name) = serde_json::from_value(name).map_err(de::Error::custom)?;
                Step::read(&name, serde_json::Value::Object(keys)).map_err(de::Error::custom)
            }
        }
    }
}
