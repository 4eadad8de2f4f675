//! The steps of a recipe: one file each, and one table that lists them.
//!
//! See `docs/adding-a-recipe-step.md`.

mod blend;
mod clamp;
mod constant;
mod fbm;
mod multiply;
mod near;
mod ridged;
mod spline;
mod sum;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{noise::Samples, recipe::RecipeFault};

pub use blend::Blend;
pub use clamp::Clamp;
pub use constant::Constant;
pub use fbm::{Fbm, WarpBy};
pub use multiply::Multiply;
pub use near::Near;
pub use ridged::Ridged;
pub use spline::Spline;
pub use sum::{Sum, Term};

/// The table of steps: the name in recipes, and the type that reads its keys and does its work.
macro_rules! steps {
    ($($name:literal => $kind:ident,)+) => {
        /// One step of a recipe, chosen by its key `step`.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
        #[serde(tag = "step")]
        #[expect(missing_docs, reason = "each step documents itself")]
        pub enum Step {
            $(#[serde(rename = $name)] $kind($kind),)+
        }

        /// The names of all steps.
        pub const STEP_NAMES: &[&str] = &[$($name),+];

        impl Step {
            /// Reads the keys of the step called `name`, which is one of [`STEP_NAMES`].
            fn read<'de, D: Deserializer<'de>>(name: &str, keys: D) -> Result<Self, D::Error> {
                match name {
                    $($name => $kind::deserialize(keys).map(Self::$kind),)+
                    _ => Err(de::Error::unknown_variant(name, STEP_NAMES)),
                }
            }

            pub(crate) fn field(&self) -> &dyn Field {
                match self {
                    $(Self::$kind(step) => step,)+
                }
            }
        }
    };
}

steps! {
    "blend" => Blend,
    "clamp" => Clamp,
    "constant" => Constant,
    "fbm" => Fbm,
    "multiply" => Multiply,
    "near" => Near,
    "ridged" => Ridged,
    "spline" => Spline,
    "sum" => Sum,
}

/// What a step does: give a number to every point, from the numbers of other layers.
///
/// The value at a point may depend on nothing but the point, the seed and the inputs *at that point*; so neighbouring
/// chunks agree along their border.
pub(crate) trait Field {
    /// The layers that the step reads, each with the key that names it.
    fn inputs(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// What is wrong with the step's keys, taken by themselves.
    fn check(&self) -> Result<(), RecipeFault> {
        Ok(())
    }

    /// How many octaves of noise it costs a point.
    fn octaves(&self) -> u32 {
        0
    }

    /// The name that the step's seed is made from, where it is not the layer's own.
    fn salt(&self) -> Option<&str> {
        None
    }

    /// Writes the value at each point. `inputs` are the layers in the order of [`Field::inputs`].
    fn fill(&self, points: Samples, seed: u64, inputs: &[&[f32]], out: &mut [f32]);
}

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

/// Reads `step` first and hands the other keys straight to the step, so that errors keep their places.
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
