//! Reads an expression: a descent through comparison, sum, product, sign, and dice or set with their steps.

use std::str::FromStr;

use super::{
    DEPTH_MAX, DICE_MAX, Expression, ExpressionError, LENGTH_MAX, NUMBER_MAX, Node, Operator, SIDES_MAX,
    Selector, Step, UNIT,
};

impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        if text.len() > LENGTH_MAX {
            return Err(ExpressionError::TooLong);
        }
        let mut reader = Reader { text: text.as_bytes(), at: 0, depth: 0 };
        let root = reader.comparison()?;
        reader.blank();
        if reader.at < reader.text.len() {
            return Err(reader.unexpected("an operator or the end"));
        }
        Ok(Self { root })
    }
}

/// The two-character operators stand before the ones that they begin with.
const COMPARISONS: [(&str, Operator); 6] = [
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("<", Operator::Less),
    (">", Operator::Greater),
];
const SUMS: [(&str, Operator); 2] = [("+", Operator::Add), ("-", Operator::Subtract)];
const PRODUCTS: [(&str, Operator); 4] = [
    ("*", Operator::Multiply),
    ("//", Operator::Divide),
    ("/", Operator::Divide),
    ("%", Operator::Remainder),
];

/// Sides of the die that is written `%`.
const PERCENTILE: i64 = 100;

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn comparison(&mut self) -> Result<Node, ExpressionError> {
        self.row(&COMPARISONS, Self::sum)
    }

    fn sum(&mut self) -> Result<Node, ExpressionError> {
        self.row(&SUMS, Self::product)
    }

    fn product(&mut self) -> Result<Node, ExpressionError> {
        self.row(&PRODUCTS, Self::signed)
    }

    /// Operands with operators of one rank between them, grouped from the left.
    fn row(
        &mut self,
        operators: &[(&str, Operator)],
        operand: fn(&mut Self) -> Result<Node, ExpressionError>,
    ) -> Result<Node, ExpressionError> {
        let mut left = operand(self)?;
        let mut length = 0;
        while let Some(operator) = self.any_of(operators) {
            // A long row is as deep a tree as nested parentheses.
            length += 1;
            if length > LENGTH_MAX / 2 {
                return Err(ExpressionError::TooLong);
            }
            let right = operand(self)?;
            left = Node::Binary { operator, left: Box::new(left), right: Box::new(right) };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Node, ExpressionError> {
        let mut negative = false;
        loop {
            if self.takes("-") {
                negative = !negative;
            } else if !self.takes("+") {
                break;
            }
        }
        let node = self.labelled()?;
        Ok(if negative { Node::Negative(Box::new(node)) } else { node })
    }

    fn labelled(&mut self) -> Result<Node, ExpressionError> {
        let mut node = self.operand()?;
        while self.takes("[") {
            let start = self.at;
            let end = self.text[start..].iter().position(|&byte| byte == b']');
            let Some(length) = end else {
                self.at = self.text.len();
                return Err(self.unexpected("`]`"));
            };
            self.at = start + length + 1;
            let label = String::from_utf8_lossy(&self.text[start..start + length]).trim().to_owned();
            node = Node::Labelled { node: Box::new(node), label };
        }
        Ok(node)
    }

    fn operand(&mut self) -> Result<Node, ExpressionError> {
        if self.takes("(") {
            return self.set();
        }
        self.blank();
        let count = if self.digit_next() { Some(self.number()?) } else { None };
        if self.point_next() {
            return self.after_point(count.unwrap_or(0));
        }
        if self.die_next() {
            self.at += 1;
            let sides = if self.percent_next() { PERCENTILE } else { self.number()? };
            let steps = self.steps(true)?;
            return dice(count.unwrap_or(1), sides, steps);
        }
        count.map(|whole| Node::Number(whole * UNIT)).ok_or_else(|| self.unexpected("a number, dice or `(`"))
    }

    /// After the opening parenthesis. One member without steps is just a pair of parentheses.
    fn set(&mut self) -> Result<Node, ExpressionError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(ExpressionError::TooLong);
        }
        let mut members = vec![self.comparison()?];
        while self.takes(",") {
            if self.takes(")") {
                self.at -= 1;
                break;
            }
            members.push(self.comparison()?);
        }
        if !self.takes(")") {
            return Err(self.unexpected("`)`"));
        }
        self.depth -= 1;
        let steps = self.steps(false)?;
        match (members.len(), members.pop()) {
            (1, Some(only)) if steps.is_empty() => Ok(only),
            (_, last) => {
                members.extend(last);
                Ok(Node::Set { members, steps })
            }
        }
    }

    /// What follows dice or a set; rerolls and the like only after dice.
    fn steps(&mut self, after_dice: bool) -> Result<Vec<Step>, ExpressionError> {
        let mut steps = Vec::new();
        loop {
            let step = if self.takes("k") {
                Step::Keep(self.selector()?)
            } else if self.takes("p") || self.drop_next() {
                Step::Drop(self.selector()?)
            } else if after_dice && self.takes("rr") {
                Step::RerollAll(self.selector()?)
            } else if after_dice && self.takes("ro") {
                Step::RerollOnce(self.selector()?)
            } else if after_dice && self.takes("ra") {
                Step::RerollAdd(self.selector()?)
            } else if after_dice && self.takes("e") {
                Step::Explode(self.selector()?)
            } else if after_dice && self.takes("mi") {
                Step::Minimum(self.number()?)
            } else if after_dice && self.takes("ma") {
                Step::Maximum(self.number()?)
            } else {
                return Ok(steps);
            };
            steps.push(step);
        }
    }

    fn selector(&mut self) -> Result<Selector, ExpressionError> {
        let within_dice = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        if self.takes("h") {
            Ok(Selector::Highest(within_dice(self.number()?)))
        } else if self.takes("l") {
            Ok(Selector::Lowest(within_dice(self.number()?)))
        } else if self.takes(">") {
            Ok(Selector::Above(self.number()?))
        } else if self.takes("<") {
            Ok(Selector::Below(self.number()?))
        } else {
            Ok(Selector::Exactly(self.number()?))
        }
    }

    fn number(&mut self) -> Result<i64, ExpressionError> {
        let start = self.at;
        let mut value = 0_i64;
        while self.digit_next() {
            value = value * 10 + i64::from(self.text[self.at] - b'0');
            if value > NUMBER_MAX {
                return Err(ExpressionError::TooLarge);
            }
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a number")) } else { Ok(value) }
    }

    /// The thousandths of a number, whose point is next.
    fn after_point(&mut self, whole: i64) -> Result<Node, ExpressionError> {
        self.at += 1;
        let (mut thousandths, mut place) = (0, UNIT);
        while self.digit_next() && place > 1 {
            place /= 10;
            thousandths += i64::from(self.text[self.at] - b'0') * place;
            self.at += 1;
        }
        if place == UNIT || self.digit_next() {
            return Err(self.unexpected("one to three digits after the point"));
        }
        Ok(Node::Number(whole * UNIT + thousandths))
    }

    fn any_of(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        operators.iter().find(|(sign, _)| self.takes(sign)).map(|&(_, operator)| operator)
    }

    /// Steps over blanks and `sign`, if it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        let start = self.at;
        self.blank();
        let found = self.text[self.at..]
            .get(..sign.len())
            .is_some_and(|next| next.eq_ignore_ascii_case(sign.as_bytes()));
        self.at = if found { self.at + sign.len() } else { start };
        found
    }

    /// `dh` and `dl` drop; any other `d` makes dice.
    fn drop_next(&mut self) -> bool {
        let drops = self.next_is(0, b"dD") && self.next_is(1, b"hHlL");
        self.at += usize::from(drops);
        drops
    }

    fn die_next(&self) -> bool {
        self.next_is(0, b"dD")
    }

    /// `d%` is a die of a hundred sides.
    fn percent_next(&mut self) -> bool {
        let found = self.next_is(0, b"%");
        self.at += usize::from(found);
        found
    }

    fn point_next(&self) -> bool {
        self.next_is(0, b".")
    }

    fn digit_next(&self) -> bool {
        self.next_is(0, b"0123456789")
    }

    fn next_is(&self, ahead: usize, any: &[u8]) -> bool {
        self.text.get(self.at + ahead).is_some_and(|byte| any.contains(byte))
    }

    fn blank(&mut self) {
        while self.next_is(0, b" \t") {
            self.at += 1;
        }
    }

    fn unexpected(&self, expected: &'static str) -> ExpressionError {
        ExpressionError::Unexpected { at: self.at + 1, expected }
    }
}

fn dice(count: i64, sides: i64, steps: Vec<Step>) -> Result<Node, ExpressionError> {
    let count =
        u32::try_from(count).ok().filter(|count| *count <= DICE_MAX).ok_or(ExpressionError::TooManyDice)?;
    let sides = u32::try_from(sides)
        .ok()
        .filter(|sides| (1..=SIDES_MAX).contains(sides))
        .ok_or(ExpressionError::Sides)?;
    Ok(Node::Dice { count, sides, steps })
}
