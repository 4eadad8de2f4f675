//! The steps of a recipe: one file each, and one table that lists them.
//!
//! See `docs/adding-a-recipe-step.md`.

mod blend;
mod cellular;
mod clamp;
mod coarse;
mod constant;
mod extreme;
mod field;
mod fractal;
mod lapse;
mod latitude;
mod library_noise;
mod multiply;
mod near;
mod rain_shadow;
mod read;
mod slope;
mod spline;
mod spread;
mod sum;
mod terrace;
mod warp;

use serde::{Deserialize, Serialize};

pub use blend::Blend;
pub use cellular::Cellular;
pub use clamp::Clamp;
pub use coarse::Coarse;
pub use constant::Constant;
pub use extreme::{Max, Min};
pub(crate) use field::{Field, Patch, Points, Range};
pub use fractal::{Billow, Eroded, Fbm, Fractal, Hybrid, Noise, Ridged};
pub use lapse::Lapse;
pub use latitude::Latitude;
pub use library_noise::{Generator, LibraryNoise};
pub use multiply::Multiply;
pub use near::Near;
pub use rain_shadow::RainShadow;
pub use slope::Slope;
pub use spline::Spline;
pub use sum::{Sum, Term};
pub use terrace::Terrace;
pub use warp::WarpBy;

/// The table of steps: the name in recipes, and the type that reads its keys and does its work.
macro_rules! steps {
    ($($name:literal => $kind:ident,)+) => {
        /// One step of a recipe, chosen by its key `step`.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "step")]
        #[expect(missing_docs, reason = "each step documents itself")]
        pub enum Step {
            $(#[serde(rename = $name)] $kind($kind),)+
        }

        /// The names of all steps.
        pub const STEP_NAMES: &[&str] = &[$($name),+];

        impl Step {
            /// Reads the keys of the step called `name`, which is one of [`STEP_NAMES`].
            fn read<'de, D: serde::Deserializer<'de>>(name: &str, keys: D) -> Result<Self, D::Error> {
                match name {
                    $($name => $kind::deserialize(keys).map(Self::$kind),)+
                    _ => Err(serde::de::Error::unknown_variant(name, STEP_NAMES)),
                }
            }

            pub(crate) fn field(&self) -> &dyn Field {
                match self {
                    $(Self::$kind(step) => step,)+
                }
            }

            /// The step's name in recipes.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $name,)+
                }
            }
        }
    };
}

steps! {
    "billow" => Billow,
    "blend" => Blend,
    "cellular" => Cellular,
    "clamp" => Clamp,
    "coarse" => Coarse,
    "constant" => Constant,
    "eroded" => Eroded,
    "fbm" => Fbm,
    "hybrid" => Hybrid,
    "lapse" => Lapse,
    "latitude" => Latitude,
    "library_noise" => LibraryNoise,
    "max" => Max,
    "min" => Min,
    "multiply" => Multiply,
    "near" => Near,
    "noise" => Noise,
    "rain_shadow" => RainShadow,
    "ridged" => Ridged,
    "slope" => Slope,
    "spline" => Spline,
    "sum" => Sum,
    "terrace" => Terrace,
}
