//! Amounts with the exact chance of each.

use crate::language::expr::Measure;

/// The chance of each amount from the least to the most.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    least: i32,
    chances: Vec<f64>,
}

impl Spread {
    /// Each amount and its chance, rising.
    pub fn chances(&self) -> impl Iterator<Item = (i32, f64)> + '_ {
        self.chances.iter().enumerate().map(|(place, chance)| (self.least + place as i32, *chance))
    }

    /// The same chances at other amounts.
    fn moved(&self, to: impl Fn(i32) -> i32) -> Self {
        let ends = [to(self.least), to(self.least + self.chances.len() as i32 - 1)];
        let (least, most) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let mut chances = vec![0.0; (most - least) as usize + 1];
        for (amount, chance) in self.chances() {
            chances[(to(amount) - least) as usize] += chance;
        }
        Self { least, chances }
    }
}

impl Measure for Spread {
    fn exactly(amount: i32) -> Self {
        Self { least: amount, chances: vec![1.0] }
    }

    fn dice(count: u32, sides: u32) -> Self {
        let mut sum = Self::exactly(0);
        let sides = sides.max(1) as usize;
        for _ in 0..count {
            // A running sum over the last `sides` chances, instead of a full convolution.
            let length = sum.chances.len() + sides - 1;
            let mut chances = vec![0.0; length];
            let mut window = 0.0;
            for (place, chance) in chances.iter_mut().enumerate() {
                window += sum.chances.get(place).copied().unwrap_or(0.0);
                if place >= sides {
                    window -= sum.chances.get(place - sides).copied().unwrap_or(0.0);
                }
                *chance = window.max(0.0) / sides as f64;
            }
            sum = Self { least: sum.least + 1, chances };
        }
        sum
    }

    fn plus(&self, other: &Self) -> Self {
        let mut chances = vec![0.0; self.chances.len() + other.chances.len() - 1];
        for (place, chance) in self.chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
            for (other_place, other_chance) in other.chances.iter().enumerate() {
                chances[place + other_place] += chance * other_chance;
            }
        }
        Self { least: self.least + other.least, chances }
    }

    fn mix(chance: f64, yes: &Self, no: &Self) -> Self {
        let least = yes.least.min(no.least);
        let most = (yes.least + yes.chances.len() as i32).max(no.least + no.chances.len() as i32);
        let mut chances = vec![0.0; (most - least) as usize];
        for (part, weight) in [(yes, chance), (no, 1.0 - chance)] {
            for (amount, chance) in part.chances() {
                chances[(amount - least) as usize] += weight * chance;
            }
        }
        Self { least, chances }
    }

    fn halved(&self) -> Self {
        self.moved(|amount| amount.div_euclid(2))
    }

    fn times(&self, factor: i32) -> Self {
        self.moved(|amount| amount * factor)
    }

    fn less(&self, amount: i32) -> Self {
        self.moved(|before| (before - amount).max(0))
    }

    fn no_more_than(&self, most: i32) -> Self {
        self.moved(|before| before.min(most))
    }

    fn no_less_than(&self, least: i32) -> Self {
        self.moved(|before| before.max(least))
    }

    fn mean(&self) -> f64 {
        self.chances().map(|(amount, chance)| f64::from(amount) * chance).sum()
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.chances().map(|(amount, chance)| (f64::from(amount) - mean).powi(2) * chance).sum()
    }

    fn at_least(&self, amount: i32) -> f64 {
        self.chances().filter(|(each, _)| *each >= amount).map(|(_, chance)| chance).sum()
    }
}
