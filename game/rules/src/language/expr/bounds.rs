//! Between which values an expression stays, whatever happens in play.
//!
//! That is how the cost of content is known before play: a repetition that asks for `1 + @slot` goes round ten times
//! at most, because no slot is above the ninth.

use super::{Expr, Quantity, Question, Step, evaluate::look_up};

/// The least and the greatest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Not below this.
    pub min: i64,
    /// Not above this.
    pub max: i64,
}

/// A limit for what has no natural one, such as hit points.
const VAST: i64 = 100_000;

impl Bounds {
    const TRUTH: Self = Self { min: 0, max: 1 };

    const fn of(min: i64, max: i64) -> Self {
        Self { min, max }
    }
}

impl Expr {
    /// Between which values the expression stays.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let mut stack: Vec<Bounds> = Vec::with_capacity(4);
        for step in &self.steps {
            let value = match step {
                Step::Number(value) => Bounds::of(i64::from(*value), i64::from(*value)),
                Step::Dice { count, sides } => {
                    Bounds::of(i64::from(*count), i64::from(*count) * i64::from(*sides))
                }
                Step::Quantity(_, quantity) => quantity.bounds(),
                Step::Question(question) => question.bounds(),
                Step::Negate => stack.pop().map_or(Bounds::TRUTH, |of| Bounds::of(-of.max, -of.min)),
                Step::Not => {
                    stack.pop();
                    Bounds::TRUTH
                }
                Step::Table(rows) => {
                    let key = stack.pop().unwrap_or(Bounds::TRUTH);
                    let ends = [key.min, key.max].map(|end| end.clamp(-VAST, VAST) as i32);
                    let reached = rows.iter().filter(|(from, _)| (ends[0]..=ends[1]).contains(from));
                    let values = reached.map(|(_, value)| *value).chain(ends.map(|end| look_up(rows, end)));
                    let (min, max) = values
                        .fold((i32::MAX, i32::MIN), |(min, max), value| (min.min(value), max.max(value)));
                    Bounds::of(i64::from(min), i64::from(max))
                }
                _ => {
                    let right = stack.pop().unwrap_or(Bounds::TRUTH);
                    let left = stack.pop().unwrap_or(Bounds::TRUTH);
                    join(step, left, right)
                }
            };
            stack.push(value);
        }
        stack.pop().unwrap_or(Bounds::TRUTH)
    }
}

fn join(step: &Step, left: Bounds, right: Bounds) -> Bounds {
    let corners = |of: fn(i64, i64) -> i64| {
        let all = [
            of(left.min, right.min),
            of(left.min, right.max),
            of(left.max, right.min),
            of(left.max, right.max),
        ];
        Bounds::of(all.into_iter().min().unwrap_or(0), all.into_iter().max().unwrap_or(0))
    };
    match step {
        Step::Add => Bounds::of(left.min.saturating_add(right.min), left.max.saturating_add(right.max)),
        Step::Subtract => Bounds::of(left.min.saturating_sub(right.max), left.max.saturating_sub(right.min)),
        Step::Multiply => corners(i64::saturating_mul),
        // A divisor of one or minus one gives the extremes, and no divisor enlarges.
        Step::Divide => {
            let largest = left.min.abs().max(left.max.abs());
            if right.min >= 1 {
                corners(|left, right| left.div_euclid(right.max(1)))
            } else {
                Bounds::of(-largest, largest)
            }
        }
        Step::Least => Bounds::of(left.min.min(right.min), left.max.min(right.max)),
        Step::Greatest => Bounds::of(left.min.max(right.min), left.max.max(right.max)),
        Step::Roll => {
            let count = |end: i64| end.clamp(0, VAST);
            Bounds::of(count(left.min), count(left.max).saturating_mul(count(right.max).max(1)))
        }
        _ => Bounds::TRUTH,
    }
}

impl Quantity {
    fn bounds(self) -> Bounds {
        match self {
            Self::Level | Self::LevelIn(_) | Self::ClassLevel => Bounds::of(0, 20),
            Self::ProficiencyBonus => Bounds::of(2, 9),
            Self::Challenge => Bounds::of(0, 30),
            Self::Score(_) | Self::OwnScore(_) => Bounds::of(0, 30),
            Self::Modifier(_) | Self::CastingModifier => Bounds::of(-5, 10),
            Self::SaveBonus(_) | Self::SkillBonus(_) | Self::SpellAttack => Bounds::of(-10, 30),
            Self::Dc => Bounds::of(0, 40),
            Self::ArmorClass => Bounds::of(0, 50),
            Self::HitDice => Bounds::of(0, 100),
            Self::Size => Bounds::of(0, 5),
            Self::Exhaustion => Bounds::of(0, 6),
            Self::Slot | Self::SpellLevel | Self::CastLevel => Bounds::of(0, 9),
            Self::Roll => Bounds::of(1, 20),
            Self::Total => Bounds::of(-20, 70),
            Self::Index | Self::Count | Self::Stacks => Bounds::of(0, 64),
            Self::Resource(_) => Bounds::of(0, 200),
            Self::Speed | Self::Distance | Self::Moved | Self::Walk => Bounds::of(0, 10_000),
            Self::Hp
            | Self::HpMax
            | Self::TempHp
            | Self::Amount
            | Self::Rounds
            | Self::DeadRounds
            | Self::Hurt
            | Self::Dealt => Bounds::of(0, VAST),
        }
    }
}

impl Question {
    const fn bounds(self) -> Bounds {
        Bounds::TRUTH
    }
}
