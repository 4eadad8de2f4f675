//! The value of an expression in play.

use crate::vocabulary::DamageType;

use super::{Expr, PlainDice, Quantity, Question, Role, Step};

/// Values that an expression holds at once, at most.
pub(crate) const STACK_MAX: usize = 16;
/// Most dice that one roll throws, whatever the expression comes to.
const DICE_MAX: i32 = 400;

/// Where dice come from.
pub trait Luck {
    /// A value in `1..=sides`.
    fn die(&mut self, sides: u32) -> u32;
}

impl Luck for crate::CounterDice {
    fn die(&mut self, sides: u32) -> u32 {
        Self::die(self, sides)
    }
}

impl<F: FnMut(u32) -> u32> Luck for F {
    fn die(&mut self, sides: u32) -> u32 {
        self(sides)
    }
}

/// Answers what expressions ask.
pub trait Facts {
    /// The number that is asked for; 0 where it has no meaning.
    fn quantity(&self, role: Role, quantity: Quantity) -> i32;
    /// The answer to a question; no where it has no meaning.
    fn holds(&self, question: Question) -> bool;
}

/// A situation of which nothing is known: every number is 0 and every answer is no.
pub struct NoFacts;

impl Facts for NoFacts {
    fn quantity(&self, _: Role, _: Quantity) -> i32 {
        0
    }

    fn holds(&self, _: Question) -> bool {
        false
    }
}

impl PlainDice {
    /// Throws the dice, with `times` as many of them: 2 for a critical hit.
    pub fn roll(self, times: u32, luck: &mut impl Luck) -> i32 {
        let mut sum = self.bonus;
        for _ in 0..u32::from(self.count) * times {
            sum += luck.die(u32::from(self.sides)) as i32;
        }
        sum
    }
}

impl Expr {
    /// The value, with dice.
    pub fn roll(&self, facts: &(impl Facts + ?Sized), luck: &mut impl Luck) -> i32 {
        self.roll_times(1, facts, luck)
    }

    /// The value with `times` as many dice: 2 for a critical hit.
    pub fn roll_times(&self, times: u32, facts: &(impl Facts + ?Sized), luck: &mut impl Luck) -> i32 {
        match self.plain {
            Some(plain) => plain.roll(times, luck),
            None => self.run(facts, &mut |count, sides| {
                let count = (count.clamp(0, DICE_MAX) as u32) * times;
                (0..count).map(|_| luck.die(sides.max(1) as u32) as i32).sum()
            }),
        }
    }

    /// The value where dice have no place, as in conditions and counts; a die shows its average, rounded down.
    pub fn value(&self, facts: &(impl Facts + ?Sized)) -> i32 {
        match self.plain {
            Some(PlainDice { count: 0, bonus, .. }) => bonus,
            _ => self.run(facts, &mut |count, sides| count.clamp(0, DICE_MAX) * (sides + 1) / 2),
        }
    }

    /// Whether the question is answered with yes.
    pub fn holds(&self, facts: &(impl Facts + ?Sized)) -> bool {
        self.value(facts) != 0
    }

    fn run(&self, facts: &(impl Facts + ?Sized), dice: &mut dyn FnMut(i32, i32) -> i32) -> i32 {
        let mut stack = [0_i32; STACK_MAX];
        let mut height = 0;
        for step in &self.steps {
            let value = match step {
                Step::Number(value) => *value,
                Step::Dice { count, sides } => dice(i32::from(*count), i32::from(*sides)),
                Step::Quantity(role, quantity) => facts.quantity(*role, *quantity),
                Step::Question(question) => i32::from(facts.holds(*question)),
                Step::Negate => {
                    height -= 1;
                    stack[height].saturating_neg()
                }
                Step::Not => {
                    height -= 1;
                    i32::from(stack[height] == 0)
                }
                Step::Table(rows) => {
                    height -= 1;
                    look_up(rows, stack[height])
                }
                _ => {
                    height -= 2;
                    let (left, right) = (stack[height], stack[height + 1]);
                    if matches!(step, Step::Roll) { dice(left, right) } else { step.join(left, right) }
                }
            };
            stack[height] = value;
            height += 1;
        }
        stack[0]
    }
}

/// The value beside the greatest threshold that is not above `key`; 0 below the first.
pub(super) fn look_up(rows: &[(i32, i32)], key: i32) -> i32 {
    rows.iter().take_while(|(threshold, _)| *threshold <= key).last().map_or(0, |(_, value)| *value)
}

impl Step {
    /// What a step with two operands makes of them.
    pub(super) fn join(&self, left: i32, right: i32) -> i32 {
        match self {
            Self::Add => left.saturating_add(right),
            Self::Subtract => left.saturating_sub(right),
            Self::Multiply => left.saturating_mul(right),
            Self::Divide if right == 0 => 0,
            // Rules round down, below zero too.
            Self::Divide => {
                let quotient = left.wrapping_div(right);
                quotient - i32::from(left % right != 0 && (left < 0) != (right < 0))
            }
            Self::Least => left.min(right),
            Self::Greatest => left.max(right),
            Self::Less => i32::from(left < right),
            Self::LessOrEqual => i32::from(left <= right),
            Self::Equal => i32::from(left == right),
            Self::And => i32::from(left != 0 && right != 0),
            Self::Or => i32::from(left != 0 || right != 0),
            _ => 0,
        }
    }
}

impl DamageType {
    /// The bit of this type in a set of types.
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }
}
