//! Percentiles of numbers that were never kept: a histogram whose buckets grow with the numbers in them.
//!
//! A number falls into the bucket of its logarithm, so that whatever a percentile says lies within one percent of the
//! truth, for damage of 3 as for an hour of 3,600 seconds. Two sketches add up to the sketch of all their numbers,
//! in any order, which is what several workers need. (The idea is DDSketch's.)

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How far a percentile may be from the truth, relative to it.
pub(super) const ERROR_MAX: f64 = 0.01;
/// Numbers nearer to zero count as zero.
const SMALLEST: f64 = 1e-6;
/// Numbers farther from zero count as this one.
const LARGEST: f64 = 1e15;

/// A histogram of numbers, positive and negative.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sketch {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    below: BTreeMap<i32, u64>,
    #[serde(default)]
    zeros: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    above: BTreeMap<i32, u64>,
}

impl Sketch {
    /// Counts one number.
    pub(super) fn add(&mut self, number: f64) {
        if number.abs() < SMALLEST {
            self.zeros += 1;
        } else if number > 0.0 {
            *self.above.entry(bucket_of(number)).or_default() += 1;
        } else {
            *self.below.entry(bucket_of(-number)).or_default() += 1;
        }
    }

    /// Counts all numbers of another sketch.
    pub(super) fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        for (ours, theirs) in [(&mut self.below, &other.below), (&mut self.above, &other.above)] {
            for (bucket, count) in theirs {
                *ours.entry(*bucket).or_default() += count;
            }
        }
    }

    /// How many numbers were counted.
    #[must_use]
    pub(super) fn count(&self) -> u64 {
        self.zeros + self.below.values().sum::<u64>() + self.above.values().sum::<u64>()
    }

    /// The number that `percent` of all numbers are at most; `None` without numbers.
    #[must_use]
    pub(super) fn percentile(&self, percent: f64) -> Option<f64> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let rank = ((percent / 100.0 * count as f64).ceil() as u64).clamp(1, count);
        let below = self.below.iter().rev().map(|(bucket, count)| (-middle_of(*bucket), *count));
        let above = self.above.iter().map(|(bucket, count)| (middle_of(*bucket), *count));
        let mut seen = 0;
        below.chain([(0.0, self.zeros)]).chain(above).find_map(|(number, count)| {
            seen += count;
            (seen >= rank).then_some(number)
        })
    }
}

fn growth() -> f64 {
    (1.0 + ERROR_MAX) / (1.0 - ERROR_MAX)
}

fn bucket_of(number: f64) -> i32 {
    // At most about 2,500 either way, since the numbers are bounded.
    (number.min(LARGEST).ln() / growth().ln()).ceil() as i32
}

fn middle_of(bucket: i32) -> f64 {
    2.0 * growth().powi(bucket) / (growth() + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketch(numbers: &[f64]) -> Sketch {
        let mut sketch = Sketch::default();
        numbers.iter().for_each(|number| sketch.add(*number));
        sketch
    }

    proptest! {
        #[test]
        fn a_percentile_lies_within_one_percent_of_the_truth(
            mut numbers in prop::collection::vec(-1e9..1e9_f64, 1..200),
            percent in 0.0..=100.0_f64,
        ) {
            let told = sketch(&numbers).percentile(percent).expect("there are numbers");
            numbers.sort_by(f64::total_cmp);
            let rank = ((percent / 100.0 * numbers.len() as f64).ceil() as usize).clamp(1, numbers.len());
            let truth = numbers[rank - 1];
            prop_assert!((told - truth).abs() <= truth.abs() * (ERROR_MAX + 1e-9) + SMALLEST, "{told} for {truth}");
        }

        #[test]
        fn however_the_numbers_are_shared_out_the_sum_is_the_same(
            numbers in prop::collection::vec(-1e4..1e4_f64, 0..100),
            cut in 0..100_usize,
        ) {
            let (left, right) = numbers.split_at(cut.min(numbers.len()));
            let mut merged = sketch(right);
            merged.merge(&sketch(left));
            prop_assert_eq!(&merged, &sketch(&numbers));
            let kept: Sketch = serde_json::from_str(&serde_json::to_string(&merged).unwrap()).unwrap();
            prop_assert_eq!(merged, kept);
        }
    }

    #[test]
    fn without_numbers_there_is_no_percentile() {
        assert_eq!(Sketch::default().percentile(50.0), None);
        assert_eq!(sketch(&[0.0]).percentile(99.0), Some(0.0));
    }
}
