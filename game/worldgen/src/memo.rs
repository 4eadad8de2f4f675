//! What was worked out lately, so that neighbouring chunks need not work it out again.
//!
//! Only ever holds pure functions of their keys: whether something is remembered changes the time that a chunk takes, and
//! never its bits.

use std::sync::{Arc, Mutex, PoisonError};

/// The last results of a pure function.
pub(crate) struct Memo<K, V> {
    kept_max: usize,
    /// The latest first.
    kept: Mutex<Vec<(K, Arc<V>)>>,
}

impl<K: PartialEq + Copy, V> Memo<K, V> {
    pub(crate) fn new(kept_max: usize) -> Self {
        Self { kept_max, kept: Mutex::new(Vec::new()) }
    }

    /// The function's value at `key`. Two threads that ask for the same at once may both work it out.
    pub(crate) fn get(&self, key: K, work_out: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.recall(key) {
            return value;
        }
        // Not under the lock: others may go on with what is remembered.
        let value = Arc::new(work_out());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(self.kept_max - 1);
        kept.insert(0, (key, Arc::clone(&value)));
        value
    }

    fn recall(&self, key: K) -> Option<Arc<V>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| *known == key)?;
        kept[..=place].rotate_right(1);
        Some(Arc::clone(&kept[0].1))
    }
}
