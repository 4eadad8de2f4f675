//! What the page and its worker say to each other: arrays that the browser copies, with pixels that it hands over.

use grid::CellCoord;
use js_sys::{Array, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};

use super::atlas::GrownChunk;

/// How finely a chunk's picture is wanted, in pixels along its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// A pixel for 4 × 4 m: enough while a cell is small on the screen.
    Coarse,
    /// A pixel for each square metre.
    Fine,
}

impl Detail {
    /// Pixels along a chunk's side.
    pub(crate) const fn pixels(self) -> u32 {
        match self {
            Self::Coarse => 16,
            Self::Fine => 64,
        }
    }

    fn from_pixels(pixels: f64) -> Option<Self> {
        [Self::Coarse, Self::Fine].into_iter().find(|detail| f64::from(detail.pixels()) == pixels)
    }
}

/// To the worker.
pub(crate) enum Order {
    /// The world to grow: seed as decimal text, recipe as JSON. Comes first, once.
    World { seed: String, recipe: String },
    /// Grow one chunk.
    Grow { cell: CellCoord, detail: Detail },
}

/// From the worker.
pub(crate) enum Report {
    /// A chunk, its picture, and what is to be said of it.
    Grown { cell: CellCoord, detail: Detail, pixels: Uint8ClampedArray, chunk: GrownChunk },
    /// The world can't be grown.
    Refused { reason: String },
}

impl Order {
    pub(crate) fn to_js(&self) -> JsValue {
        match self {
            Self::World { seed, recipe } => Array::of2(&seed.into(), &recipe.into()).into(),
            Self::Grow { cell, detail } => {
                Array::of3(&cell.x.into(), &cell.z.into(), &detail.pixels().into()).into()
            }
        }
    }

    pub(crate) fn from_js(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        if parts.length() == 2 {
            return Some(Self::World { seed: parts.get(0).as_string()?, recipe: parts.get(1).as_string()? });
        }
        let cell = CellCoord::new(parts.get(0).as_f64()? as i32, parts.get(1).as_f64()? as i32);
        Some(Self::Grow { cell, detail: Detail::from_pixels(parts.get(2).as_f64()?)? })
    }
}

impl Report {
    /// The message, and what is to be handed over instead of copied.
    pub(crate) fn to_js(&self) -> (JsValue, Array) {
        match self {
            Self::Grown { cell, detail, pixels, chunk } => {
                let text = serde_json::to_string(chunk).unwrap_or_default();
                let message =
                    Array::of5(&cell.x.into(), &cell.z.into(), &detail.pixels().into(), pixels, &text.into());
                (message.into(), Array::of1(&pixels.buffer()))
            }
            Self::Refused { reason } => (Array::of1(&reason.into()).into(), Array::new()),
        }
    }

    pub(crate) fn from_js(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        if parts.length() == 1 {
            return Some(Self::Refused { reason: parts.get(0).as_string()? });
        }
        Some(Self::Grown {
            cell: CellCoord::new(parts.get(0).as_f64()? as i32, parts.get(1).as_f64()? as i32),
            detail: Detail::from_pixels(parts.get(2).as_f64()?)?,
            pixels: parts.get(3).dyn_into().ok()?,
            chunk: serde_json::from_str(&parts.get(4).as_string()?).ok()?,
        })
    }
}
