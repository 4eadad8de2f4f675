//! Layers' values that are kept from one version of a recipe to the next, while somebody works on it.
//!
//! Most of a recipe stays as it was when one number changes. So whoever draws the same place again and again, such as the
//! studio's workers, keeps what layers gave over an area, and finds it again as long as the layer and all below it are the
//! same. Like [`crate::memo`], it changes times and never bits.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use crate::area::Area;

/// Most numbers that are kept: 48 MB.
const NUMBERS_MAX: usize = 12 << 20;
/// Areas of so few points are kept whatever their layer: to find a layer's inputs takes longer than their numbers.
const FEW_POINTS: usize = 1_024;
/// From here on a point of a layer is dear, in nanoseconds: what is cheaper is worked out again as quickly as it is found.
const DEAR_NS: f32 = 1.5;

/// A layer's values over an area.
pub(crate) type Values = Arc<Vec<f32>>;

/// A layer as it is in some versions of its recipe: whatever changes it or a layer below it makes another edition.
pub(crate) type Edition = u32;

/// What is kept.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    known: BTreeMap<(Edition, [i64; 5]), Entry>,
    numbers: usize,
    /// Counts what was asked for, to know what was not for long.
    clock: u64,
}

struct Entry {
    values: Values,
    last_used: u64,
}

impl Kept {
    /// Whether a layer's values are worth keeping.
    pub(crate) fn wants(area: &Area, cost_ns: f32) -> bool {
        cost_ns >= DEAR_NS || area.points() <= FEW_POINTS
    }

    /// What an edition gave over an area.
    pub(crate) fn find(&self, edition: Edition, area: &Area) -> Option<Values> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.clock += 1;
        let now = shelf.clock;
        shelf.known.get_mut(&(edition, key(area))).map(|entry| {
            entry.last_used = now;
            Arc::clone(&entry.values)
        })
    }

    /// Keeps what an edition gave over an area.
    pub(crate) fn put(&self, edition: Edition, area: &Area, values: &Values) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if values.len() > NUMBERS_MAX / 4 {
            return;
        }
        if shelf.numbers + values.len() > NUMBERS_MAX {
            shelf.make_room();
        }
        let entry = Entry { values: Arc::clone(values), last_used: shelf.clock };
        if shelf.known.insert((edition, key(area)), entry).is_none() {
            shelf.numbers += values.len();
        }
    }

    /// Forgets all other editions.
    pub(crate) fn retain(&self, editions: &BTreeSet<Edition>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.known.retain(|(edition, _), _| editions.contains(edition));
        shelf.numbers = shelf.known.values().map(|entry| entry.values.len()).sum();
    }
}

impl Shelf {
    /// Forgets the half that was not used for longest.
    fn make_room(&mut self) {
        let mut used: Vec<u64> = self.known.values().map(|entry| entry.last_used).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied().unwrap_or_default();
        self.known.retain(|_, entry| entry.last_used > middle);
        self.numbers = self.known.values().map(|entry| entry.values.len()).sum();
    }
}

fn key(area: &Area) -> [i64; 5] {
    [area.x, area.z, area.step, area.width as i64, area.height as i64]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: i64) -> Area {
        Area { x, z: 0, step: 256, width: 1 << 10, height: 1 << 10 }
    }

    #[test]
    fn what_is_asked_for_stays_when_room_is_made() {
        let kept = Kept::default();
        let values: Values = Arc::new(vec![1.0; 1 << 20]);
        for x in 0..40 {
            kept.put(1, &area(x), &values);
            assert!(kept.find(1, &area(0)).is_some(), "{x}");
        }
        let shelf = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(
            shelf.numbers <= NUMBERS_MAX && shelf.numbers == shelf.known.len() << 20,
            "{}",
            shelf.numbers
        );
        assert!(!shelf.known.contains_key(&(1, key(&area(1)))));
    }

    #[test]
    fn editions_that_are_gone_are_forgotten() {
        let kept = Kept::default();
        kept.put(1, &area(0), &Arc::new(vec![1.0]));
        kept.put(2, &area(0), &Arc::new(vec![2.0]));
        kept.retain(&BTreeSet::from([2, 3]));
        assert!(kept.find(1, &area(0)).is_none());
        assert_eq!(*kept.find(2, &area(0)).expect("is kept"), [2.0]);
    }
}
