//! Writes an expression the way it can be read again.

use std::fmt;

use super::{Expression, Node, Operator, Selector, Step, UNIT};

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => {
                write!(f, "{}", number / UNIT)?;
                match number % UNIT {
                    0 => Ok(()),
                    thousandths => {
                        let digits = format!("{thousandths:03}");
                        write!(f, ".{}", digits.trim_end_matches('0'))
                    }
                }
            }
            Self::Dice { count, sides, steps } => {
                write!(f, "{count}d{sides}")?;
                steps.iter().try_for_each(|step| step.fmt(f))
            }
            Self::Set { members, steps } => {
                f.write_str("(")?;
                for (index, member) in members.iter().enumerate() {
                    write!(f, "{}{member}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str(if members.len() == 1 { ",)" } else { ")" })?;
                steps.iter().try_for_each(|step| step.fmt(f))
            }
            Self::Negative(node) => {
                f.write_str("-")?;
                within(f, node, 3)
            }
            Self::Binary { operator, left, right } => {
                within(f, left, operator.rank())?;
                write!(f, " {operator} ")?;
                within(f, right, operator.rank() + 1)
            }
            Self::Labelled { node, label } => {
                within(f, node, 4)?;
                write!(f, " [{label}]")
            }
        }
    }
}

/// Puts parentheses around what binds less tightly than `rank`.
fn within(f: &mut fmt::Formatter<'_>, node: &Node, rank: u8) -> fmt::Result {
    let own = match node {
        Node::Binary { operator, .. } => operator.rank(),
        Node::Negative(_) => 2,
        _ => 4,
    };
    if own < rank { write!(f, "({node})") } else { write!(f, "{node}") }
}

impl Operator {
    /// How tightly it binds: comparisons 0, sums 1, products 2.
    const fn rank(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide | Self::Remainder => 2,
            _ => 0,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::Greater => ">",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keep(selector) => write!(f, "k{selector}"),
            Self::Drop(selector) => write!(f, "p{selector}"),
            Self::RerollAll(selector) => write!(f, "rr{selector}"),
            Self::RerollOnce(selector) => write!(f, "ro{selector}"),
            Self::RerollAdd(selector) => write!(f, "ra{selector}"),
            Self::Explode(selector) => write!(f, "e{selector}"),
            Self::Minimum(least) => write!(f, "mi{least}"),
            Self::Maximum(most) => write!(f, "ma{most}"),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(face) => face.fmt(f),
            Self::Above(bound) => write!(f, ">{bound}"),
            Self::Below(bound) => write!(f, "<{bound}"),
            Self::Highest(count) => write!(f, "h{count}"),
            Self::Lowest(count) => write!(f, "l{count}"),
        }
    }
}
