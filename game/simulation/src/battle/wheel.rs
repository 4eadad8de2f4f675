//! Who is due at which tick.

use rules::combat::Handle;
use serde::{Deserialize as _, Deserializer, de};

/// Ticks that a wheel reaches ahead: more than a round.
const SLOTS: usize = 512;

/// A timing wheel: putting in and taking out cost nothing, however many wait. An entry that was overtaken stays in its slot;
/// whoever takes it out asks the actor whether it still holds.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Wheel {
    #[serde(deserialize_with = "all_slots")]
    slots: Vec<Vec<Handle>>,
}

/// As many slots as a wheel has, and no other number.
fn all_slots<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<Handle>>, D::Error> {
    let slots = Vec::<Vec<Handle>>::deserialize(deserializer)?;
    if slots.len() == SLOTS {
        Ok(slots)
    } else {
        Err(de::Error::invalid_length(slots.len(), &"a wheel's slots"))
    }
}

impl Default for Wheel {
    fn default() -> Self {
        Self { slots: vec![Vec::new(); SLOTS] }
    }
}

impl Wheel {
    /// Makes `who` due at a tick that lies less than a turn of the wheel ahead.
    pub(crate) fn put(&mut self, tick: u64, who: Handle) {
        self.slots[tick as usize % SLOTS].push(who);
    }

    /// Moves all who are due into `due`, which is cleared first. Its memory goes into the wheel in exchange.
    pub(crate) fn take(&mut self, tick: u64, due: &mut Vec<Handle>) {
        due.clear();
        std::mem::swap(&mut self.slots[tick as usize % SLOTS], due);
    }
}
