//! A number and where it comes from.

use serde::Serialize;

/// A number of a sheet and its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Value {
    /// What they come to.
    pub total: i32,
    /// Where it comes from, in the order in which it was added.
    pub parts: Vec<Part>,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Where it comes from, for people: a feature, an item, an ability.
    pub source: String,
    /// What it adds.
    pub amount: i32,
}

impl Value {
    /// A number with one part.
    pub(super) fn of(source: impl Into<String>, amount: i32) -> Self {
        Self::default().plus(source, amount)
    }

    /// With a further part. Nothing is not worth a line.
    pub(super) fn plus(mut self, source: impl Into<String>, amount: i32) -> Self {
        if amount != 0 {
            self.total = self.total.saturating_add(amount);
            self.parts.push(Part { source: source.into(), amount });
        }
        self
    }

    /// With a part that makes it a certain number.
    pub(super) fn becoming(self, source: impl Into<String>, total: i32) -> Self {
        let amount = total.saturating_sub(self.total);
        self.plus(source, amount)
    }
}
