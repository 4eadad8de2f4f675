//! What the studio and its workers say to each other: JSON, beside pixels that are handed over instead of copied.

use js_sys::{Array, Uint8ClampedArray};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use worldgen::{Explanation, Fault, Look, LookLayer, Param, Proof, Scale};

/// The text that is written, or the version beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Side {
    Draft,
    Other,
}

impl Side {
    pub(crate) const BOTH: [Self; 2] = [Self::Draft, Self::Other];

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Draft => 0,
            Self::Other => 1,
        }
    }
}

/// A picture of 64×64 pixels, each `2^level` metres wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct TileKey {
    pub(crate) level: u8,
    /// Eastward, in tiles of the level.
    pub(crate) x: i32,
    /// Southward, in tiles of the level.
    pub(crate) z: i32,
}

impl TileKey {
    /// The coarsest level: a pixel is 64 m wide.
    pub(crate) const LEVEL_MAX: u8 = 6;
    /// Pixels along a tile's side.
    pub(crate) const PIXELS: u32 = 64;

    /// Metres along a tile's side.
    pub(crate) fn metres(level: u8) -> f64 {
        f64::from(Self::PIXELS << level)
    }
}

/// To a worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Read a text. Whoever `tells` answers with [`Report::Read`].
    Read { side: Side, revision: u32, seed: String, text: String, tells: bool },
    /// Draw a tile of what was read as `revision`.
    Draw { side: Side, revision: u32, edition: u32, tile: TileKey, look: Look },
    /// Say why the land is as it is at a place, in metres.
    Explain { side: Side, revision: u32, x: i64, z: i64 },
    /// Run the recipe's own tests.
    Prove { revision: u32, seed: String, text: String },
}

/// From a worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Report {
    /// A text was read.
    Read { side: Side, revision: u32, reading: Reading },
    /// A tile was drawn; its pixels come with the message. `counts` are those of the look's scale.
    Drawn { side: Side, edition: u32, tile: TileKey, counts: Vec<u32> },
    /// A tile was not drawn: what it is of has been overtaken.
    Overtaken { side: Side, edition: u32, tile: TileKey },
    /// Why the land is as it is.
    Explained { side: Side, revision: u32, explained: Box<Explained> },
    /// How the recipe's tests went.
    Proved { revision: u32, proofs: Vec<Proof> },
}

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// Faults and warnings, errors first.
    pub(crate) faults: Vec<Fault>,
    /// What grows from it, if it is sound.
    pub(crate) sketch: Option<Sketch>,
}

/// What the studio knows of a sound recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sketch {
    /// Hex hash of all that decides the terrain.
    pub(crate) fingerprint: String,
    /// The parameters, by name.
    pub(crate) params: Vec<(String, Param)>,
    /// All that can be looked at, and what its colours stand for.
    pub(crate) scales: Vec<(LookLayer, Scale)>,
}

/// A place, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Explained {
    /// Eastward, in metres.
    pub(crate) x: i64,
    /// Southward, in metres.
    pub(crate) z: i64,
    /// What is there, and why nothing else.
    pub(crate) explanation: Explanation,
    /// The hash of the cell's chunk.
    pub(crate) hash: String,
}

impl Order {
    pub(crate) fn to_js(&self) -> JsValue {
        serde_json::to_string(self).unwrap_or_default().into()
    }

    pub(crate) fn from_js(value: &JsValue) -> Option<Self> {
        serde_json::from_str(&value.as_string()?).ok()
    }
}

impl Report {
    /// The message, and what is to be handed over.
    pub(crate) fn to_js(&self, pixels: Option<&Uint8ClampedArray>) -> (JsValue, Array) {
        let text = JsValue::from(serde_json::to_string(self).unwrap_or_default());
        match pixels {
            Some(pixels) => (Array::of2(&text, pixels).into(), Array::of1(&pixels.buffer())),
            None => (Array::of1(&text).into(), Array::new()),
        }
    }

    pub(crate) fn from_js(value: &JsValue) -> Option<(Self, Option<Uint8ClampedArray>)> {
        let parts: &Array = value.dyn_ref()?;
        let report = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
        Some((report, parts.get(1).dyn_into().ok()))
    }
}
