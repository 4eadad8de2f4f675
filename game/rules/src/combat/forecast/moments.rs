//! Amounts as mean and variance: quick enough to weigh thousands of options.

use crate::language::expr::Measure;

/// Mean and variance, and the most that can come up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    mean: f64,
    variance: f64,
    most: f64,
}

impl Measure for Moments {
    fn exactly(amount: i32) -> Self {
        Self { mean: f64::from(amount), variance: 0.0, most: f64::from(amount) }
    }

    fn dice(count: u32, sides: u32) -> Self {
        let (count, sides) = (f64::from(count), f64::from(sides));
        Self {
            mean: count * (sides + 1.0) / 2.0,
            variance: count * (sides * sides - 1.0) / 12.0,
            most: count * sides,
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
            most: self.most + other.most,
        }
    }

    fn mix(chance: f64, yes: &Self, no: &Self) -> Self {
        let mean = chance * yes.mean + (1.0 - chance) * no.mean;
        let square = |part: &Self| part.variance + part.mean * part.mean;
        let variance = chance * square(yes) + (1.0 - chance) * square(no) - mean * mean;
        Self { mean, variance: variance.max(0.0), most: yes.most.max(no.most) }
    }

    fn halved(&self) -> Self {
        // Rounding down costs a quarter on average, where anything is spread at all.
        let lost = if self.variance > 0.0 { 0.25 } else { (self.mean / 2.0).fract() };
        Self {
            mean: (self.mean / 2.0 - lost).max(0.0),
            variance: self.variance / 4.0,
            most: (self.most / 2.0).floor(),
        }
    }

    fn times(&self, factor: i32) -> Self {
        let factor = f64::from(factor);
        Self { mean: self.mean * factor, variance: self.variance * factor * factor, most: self.most * factor }
    }

    fn less(&self, amount: i32) -> Self {
        let amount = f64::from(amount);
        Self {
            mean: (self.mean - amount).max(0.0),
            variance: self.variance,
            most: (self.most - amount).max(0.0),
        }
    }

    fn no_more_than(&self, most: i32) -> Self {
        let most = f64::from(most);
        if self.most <= most { *self } else { Self { mean: self.mean.min(most), most, ..*self } }
    }

    fn no_less_than(&self, least: i32) -> Self {
        let least = f64::from(least);
        Self { mean: self.mean.max(least), most: self.most.max(least), ..*self }
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.variance
    }

    fn at_least(&self, amount: i32) -> f64 {
        let amount = f64::from(amount);
        if amount > self.most {
            return 0.0;
        }
        if self.variance <= f64::EPSILON {
            return if self.mean >= amount { 1.0 } else { 0.0 };
        }
        // The logistic curve that lies closest to the normal one, half a point of continuity taken into account.
        let z = (amount - 0.5 - self.mean) / self.variance.sqrt();
        1.0 / (1.0 + (1.702 * z).exp())
    }
}
