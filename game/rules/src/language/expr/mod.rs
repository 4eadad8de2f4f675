//! Expressions: numbers, dice and questions, written the way a rulebook writes them.
//!
//! `8d6`, `(1 + @slot)d6`, `1d8 + @mod.spell`, `table(@level, 1: 1, 5: 2)d10`, `@target.hp <= 100 and not is(target, undead)`.
//! A truth is a number too: 1 or 0. All division rounds down.
//!
//! An expression has no loops and no memory, so its cost is its length and its value has bounds that can be told before
//! play; see [`Expr::bounds`].

mod bounds;
mod evaluate;
mod lexer;
mod measure;
mod parse;
mod words;
mod written;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use bounds::Bounds;
pub use evaluate::{Facts, Luck, NoFacts};
pub use measure::Measure;
pub use words::{AttackTrait, Quality, Quantity, Question, Role};

/// A number that is worked out in play. See the [module](self) for how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    steps: Box<[Step]>,
    plain: Option<PlainDice>,
}

/// `count`d`sides` + `bonus`, the form of most expressions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlainDice {
    /// How many dice.
    pub count: u16,
    /// Sides of each.
    pub sides: u16,
    /// Added to their sum.
    pub bonus: i32,
}

/// One step of an expression in postfix order: it takes its operands from a stack and puts its value there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Number(i32),
    Dice {
        count: u16,
        sides: u16,
    },
    Quantity(Role, Quantity),
    Question(Question),
    /// Takes sides and count.
    Roll,
    Negate,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Least,
    Greatest,
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    /// The value beside the greatest threshold that is not above the operand; 0 below the first.
    Table(Box<[(i32, i32)]>),
}

impl Expr {
    /// A constant.
    #[must_use]
    pub fn number(value: i32) -> Self {
        Self::from_steps(vec![Step::Number(value)])
    }

    fn from_steps(steps: Vec<Step>) -> Self {
        let plain = match *steps {
            [Step::Number(bonus)] => Some(PlainDice { count: 0, sides: 0, bonus }),
            [Step::Dice { count, sides }] => Some(PlainDice { count, sides, bonus: 0 }),
            [Step::Dice { count, sides }, Step::Number(bonus), Step::Add] => {
                Some(PlainDice { count, sides, bonus })
            }
            [Step::Dice { count, sides }, Step::Number(bonus), Step::Subtract] => {
                Some(PlainDice { count, sides, bonus: -bonus })
            }
            _ => None,
        };
        Self { steps: steps.into_boxed_slice(), plain }
    }

    /// The expression as plain dice, if nothing in it depends on the situation.
    #[must_use]
    pub const fn plain(&self) -> Option<PlainDice> {
        self.plain
    }

    /// Whether dice are thrown for it.
    #[must_use]
    pub fn has_dice(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Dice { .. } | Step::Roll))
    }

    /// Everything that the expression asks about creatures by number.
    pub fn quantities(&self) -> impl Iterator<Item = (Role, Quantity)> + '_ {
        self.steps.iter().filter_map(|step| match step {
            Step::Quantity(role, quantity) => Some((*role, *quantity)),
            _ => None,
        })
    }

    /// Everything that the expression asks with yes or no.
    pub fn questions(&self) -> impl Iterator<Item = Question> + '_ {
        self.steps.iter().filter_map(|step| match step {
            Step::Question(question) => Some(*question),
            _ => None,
        })
    }
}

impl From<i32> for Expr {
    fn from(value: i32) -> Self {
        Self::number(value)
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self.steps {
            [Step::Number(value)] => serializer.serialize_i32(value),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl de::Visitor<'_> for Written {
            type Value = Expr;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number or an expression such as `2d6 + @mod.str`")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Expr, E> {
                i32::try_from(value).map(Expr::number).map_err(|_| E::custom(format!("{value} is too large")))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Expr, E> {
                i32::try_from(value).map(Expr::number).map_err(|_| E::custom(format!("{value} is too large")))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Expr, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Written)
    }
}

#[cfg(feature = "authoring")]
impl schemars::JsonSchema for Expr {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Expr".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["integer", "string"],
            "description": "A number, dice or a question: `3`, `2d6 + @mod.str`, `@target.hp <= 100 and not is(target, undead)`.",
            "examples": [3, "8d6 + (@slot - 3)d6", "table(@level, 1: 1, 5: 2, 11: 3, 17: 4)d10"],
        })
    }
}
