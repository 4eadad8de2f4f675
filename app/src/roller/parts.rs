//! The parts of a roll, as they stand in an expression: dice, numbers, and where each comes from.

use rules::Expression;

/// One part of a roll that is put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Dice or a number, with its sign.
    pub(super) amount: String,
    /// Where it comes from; may be empty.
    pub(super) source: String,
}

/// The parts of an expression; what can't be read is one part as it stands.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let Ok(expression) = text.parse::<Expression>() else {
        return vec![Part { amount: text.to_owned(), source: String::new() }];
    };
    let part = |summand: rules::Summand| Part {
        amount: format!("{}{}", if summand.negative { "-" } else { "" }, summand.text),
        source: summand.label.unwrap_or_default(),
    };
    expression.summands().into_iter().map(part).collect()
}

/// The expression that adds up parts; empty ones are left out.
pub(super) fn written(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        let amount = part.amount.trim();
        if amount.is_empty() {
            continue;
        }
        let (sign, amount) = match amount.strip_prefix('-') {
            Some(rest) => ('-', rest.trim()),
            None => ('+', amount.trim_start_matches('+').trim()),
        };
        match (text.is_empty(), sign) {
            (true, '-') => text.push('-'),
            (true, _) => {}
            (false, sign) => text.push_str(&format!(" {sign} ")),
        }
        text.push_str(amount);
        // A label ends at its bracket, so none may stand in it.
        let source: String =
            part.source.trim().chars().filter(|letter| !matches!(letter, '[' | ']')).collect();
        if !source.is_empty() {
            text.push_str(&format!(" [{source}]"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roll_that_is_taken_apart_and_put_together_is_the_same() {
        for roll in ["1d20 + 5 [Strength] - 1d4 [Bane]", "2d20kh1 + 2 [Proficiency]", "8d6 [fire]"] {
            assert_eq!(written(&parts(roll)), roll);
        }
    }

    #[test]
    fn a_bracket_in_a_source_does_not_break_the_roll() {
        let part = Part { amount: "+3".to_owned(), source: "a [magic] sword".to_owned() };
        let text = written(&[Part { amount: "1d20".to_owned(), source: String::new() }, part]);
        assert_eq!(text, "1d20 + 3 [a magic sword]");
        assert!(text.parse::<Expression>().is_ok());
    }
}
