//! The value of an expression before it is rolled: how it spreads, exactly or by mean and variance.

use super::{Expr, Facts, Step};

/// A way to reckon with amounts that dice decide.
pub trait Measure: Clone {
    /// Surely this much.
    fn exactly(amount: i32) -> Self;
    /// The sum of so many dice.
    fn dice(count: u32, sides: u32) -> Self;
    /// The sum of two that don't depend on each other.
    #[must_use]
    fn plus(&self, other: &Self) -> Self;
    /// The one with this chance, else the other.
    #[must_use]
    fn mix(chance: f64, yes: &Self, no: &Self) -> Self;
    /// Half, rounded down.
    #[must_use]
    fn halved(&self) -> Self;
    /// So many times as much.
    #[must_use]
    fn times(&self, factor: i32) -> Self;
    /// So much less, but not below nothing.
    #[must_use]
    fn less(&self, amount: i32) -> Self;
    /// This much at most.
    #[must_use]
    fn no_more_than(&self, most: i32) -> Self;
    /// This much at least.
    #[must_use]
    fn no_less_than(&self, least: i32) -> Self;
    /// The mean.
    fn mean(&self) -> f64;
    /// The variance.
    fn variance(&self) -> f64;
    /// The chance of so much or more.
    fn at_least(&self, amount: i32) -> f64;
}

/// A value on the stack: known, or spread by dice.
enum Value<M> {
    Known(i32),
    Spread(M),
}

impl<M: Measure> Value<M> {
    fn spread(self) -> M {
        match self {
            Self::Known(value) => M::exactly(value),
            Self::Spread(spread) => spread,
        }
    }

    fn known(&self) -> i32 {
        match self {
            Self::Known(value) => *value,
            Self::Spread(spread) => spread.mean() as i32,
        }
    }
}

impl Expr {
    /// How the value spreads, with `times` as many dice: 2 for a critical hit.
    ///
    /// Sums of dice, their multiples and their bounds are exact. Where dice are compared or divided by dice, their mean stands for them.
    pub fn measure<M: Measure>(&self, times: u32, facts: &(impl Facts + ?Sized)) -> M {
        if let Some(plain) = self.plain {
            return dice(u32::from(plain.count) * times, plain.sides.into(), plain.bonus);
        }
        let mut stack: Vec<Value<M>> = Vec::with_capacity(4);
        let pop = |stack: &mut Vec<Value<M>>| stack.pop().unwrap_or(Value::Known(0));
        for step in &self.steps {
            let value = match step {
                Step::Number(value) => Value::Known(*value),
                Step::Dice { count, sides } => {
                    Value::Spread(M::dice(u32::from(*count) * times, (*sides).into()))
                }
                Step::Quantity(role, quantity) => Value::Known(facts.quantity(*role, *quantity)),
                Step::Question(question) => Value::Known(i32::from(facts.holds(*question))),
                Step::Negate => match pop(&mut stack) {
                    Value::Known(value) => Value::Known(value.saturating_neg()),
                    Value::Spread(spread) => Value::Spread(spread.times(-1)),
                },
                Step::Not => Value::Known(i32::from(pop(&mut stack).known() == 0)),
                Step::Table(rows) => Value::Known(super::evaluate::look_up(rows, pop(&mut stack).known())),
                Step::Roll => {
                    let sides = pop(&mut stack).known().max(1) as u32;
                    let count = pop(&mut stack).known().clamp(0, 400) as u32;
                    Value::Spread(M::dice(count * times, sides))
                }
                _ => {
                    let right = pop(&mut stack);
                    let left = pop(&mut stack);
                    join(step, left, right)
                }
            };
            stack.push(value);
        }
        pop(&mut stack).spread()
    }
}

fn dice<M: Measure>(count: u32, sides: u32, bonus: i32) -> M {
    match (count, bonus) {
        (0, bonus) => M::exactly(bonus),
        (count, 0) => M::dice(count, sides),
        (count, bonus) => M::dice(count, sides).plus(&M::exactly(bonus)),
    }
}

fn join<M: Measure>(step: &Step, left: Value<M>, right: Value<M>) -> Value<M> {
    match (step, left, right) {
        (_, Value::Known(left), Value::Known(right)) => Value::Known(step.join(left, right)),
        (Step::Add, left, right) => Value::Spread(left.spread().plus(&right.spread())),
        (Step::Subtract, left, right) => Value::Spread(left.spread().plus(&right.spread().times(-1))),
        (Step::Multiply, Value::Spread(spread), Value::Known(factor))
        | (Step::Multiply, Value::Known(factor), Value::Spread(spread)) => {
            Value::Spread(spread.times(factor))
        }
        (Step::Divide, Value::Spread(spread), Value::Known(2)) => Value::Spread(spread.halved()),
        (Step::Least, Value::Spread(spread), Value::Known(most))
        | (Step::Least, Value::Known(most), Value::Spread(spread)) => {
            Value::Spread(spread.no_more_than(most))
        }
        (Step::Greatest, Value::Spread(spread), Value::Known(least))
        | (Step::Greatest, Value::Known(least), Value::Spread(spread)) => {
            Value::Spread(spread.no_less_than(least))
        }
        (_, left, right) => Value::Known(step.join(left.known(), right.known())),
    }
}
