//! What a run of an expression may spend.
//!
//! Every value that an expression makes passes [`weigh`], which charges one step for each of its parts. Since whatever
//! an expression does comes down to making values, a run ends after [`STEPS_MAX`] steps at the latest.

use std::cell::Cell;

use jaq_core::{
    Error, Lut,
    data::{DataT, HasLut},
};
use jaq_json::{Num, Val};
use jaq_std::ValT as _;

use super::error::ExpressionError;

/// Steps that one run may take: parts of values made, and 32 bytes of text count as one part.
pub(super) const STEPS_MAX: u64 = 200_000;
/// Arrays and objects within one another.
pub(super) const DEPTH_MAX: usize = 64;
const BYTES_A_STEP: u64 = 32;

/// jaq, running on a [`Budget`].
pub(super) struct Machine;

impl DataT for Machine {
    type V<'a> = Val;
    type Data<'a> = &'a Budget<'a>;
}

/// What is left to spend in one run.
pub(super) struct Budget<'a> {
    lut: &'a Lut<Machine>,
    steps_left: Cell<u64>,
    broken: Cell<Option<Limit>>,
}

#[derive(Clone, Copy)]
enum Limit {
    Steps,
    Depth,
}

impl<'a> HasLut<'a, Machine> for &'a Budget<'a> {
    fn lut(&self) -> &'a Lut<Machine> {
        self.lut
    }
}

impl<'a> Budget<'a> {
    pub(super) const fn new(lut: &'a Lut<Machine>) -> Self {
        Self { lut, steps_left: Cell::new(STEPS_MAX), broken: Cell::new(None) }
    }

    /// Charges for `value`, and lets it pass if that was affordable.
    pub(super) fn weigh(&self, value: Val) -> Result<Val, Error<Val>> {
        // Big integers have no bound of their own; as floats they have.
        let value = match value {
            Val::Num(Num::BigInt(_) | Num::Dec(_)) => Val::from(value.as_f64().unwrap_or(f64::NAN)),
            value => value,
        };
        match self.charge(&value, DEPTH_MAX) {
            Ok(()) => Ok(value),
            Err(limit) => {
                self.broken.set(Some(limit));
                Err(Error::str("over budget"))
            }
        }
    }

    /// Refuses `count` repetitions of `text` before they are made.
    pub(super) fn repeat(&self, text: &[u8], count: f64) -> Result<(), Error<Val>> {
        let steps = (text.len() as f64 * count.max(0.0)) / BYTES_A_STEP as f64;
        if steps < self.steps_left.get() as f64 {
            return Ok(());
        }
        self.broken.set(Some(Limit::Steps));
        Err(Error::str("over budget"))
    }

    fn charge(&self, value: &Val, depth_left: usize) -> Result<(), Limit> {
        self.spend(1)?;
        let deeper = || depth_left.checked_sub(1).ok_or(Limit::Depth);
        match value {
            Val::Null | Val::Bool(_) | Val::Num(_) => Ok(()),
            Val::BStr(bytes) | Val::TStr(bytes) => self.spend(bytes.len() as u64 / BYTES_A_STEP),
            Val::Arr(items) => {
                let depth_left = deeper()?;
                items.iter().try_for_each(|item| self.charge(item, depth_left))
            }
            Val::Obj(entries) => {
                let depth_left = deeper()?;
                entries.iter().try_for_each(|(key, item)| {
                    self.charge(key, depth_left)?;
                    self.charge(item, depth_left)
                })
            }
        }
    }

    fn spend(&self, steps: u64) -> Result<(), Limit> {
        let left = self.steps_left.get().checked_sub(steps).ok_or(Limit::Steps);
        // Whoever catches the error in a `try` must not be able to go on.
        self.steps_left.set(*left.as_ref().unwrap_or(&0));
        left.map(|_| ())
    }

    /// An error of a run, in our words if it was ours.
    pub(super) fn explain(&self, error: &Error<Val>) -> ExpressionError {
        match self.broken.get() {
            Some(Limit::Steps) => ExpressionError::TooMuchWork,
            Some(Limit::Depth) => ExpressionError::TooDeep,
            None => ExpressionError::Failed(error.to_string().chars().take(200).collect()),
        }
    }
}
