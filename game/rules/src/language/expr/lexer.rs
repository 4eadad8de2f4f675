//! Cuts the text of an expression into its smallest parts.

/// The longest expression, in bytes.
const LENGTH_MAX: usize = 500;

/// A smallest part of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(i32),
    /// A name, an id such as `srd:prone`, or a word such as `and`.
    Word(&'a str),
    /// `@name.part` without its `@`.
    Quantity(&'a str),
    /// `d` between count and sides.
    Dice,
    Sign(&'static str),
}

const SIGNS: [&str; 15] = ["<=", ">=", "!=", "<", ">", "=", "+", "-", "*", "/", "(", ")", ",", ":", ";"];

/// The parts of `text` and where each begins.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, (usize, String)> {
    if text.len() > LENGTH_MAX {
        return Err((LENGTH_MAX, format!("longer than {LENGTH_MAX} characters")));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let first = rest.as_bytes()[0];
        let (token, length) = if first.is_ascii_whitespace() {
            at += 1;
            continue;
        } else if first.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number = rest[..length].parse().map_err(|_| (at, "a number too large".to_owned()))?;
            (Token::Number(number), length)
        } else if first == b'd' && is_dice(tokens.last(), &rest[1..]) {
            (Token::Dice, 1)
        } else if first.is_ascii_alphabetic() {
            let length = word_length(rest);
            (Token::Word(&rest[..length]), length)
        } else if first == b'@' {
            let length = 1 + word_length(&rest[1..]);
            (Token::Quantity(&rest[1..length]), length)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            let stranger = rest.chars().next().unwrap_or(' ');
            return Err((at, format!("`{stranger}` has no meaning here")));
        };
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}

/// `d` is a die after a number or a closing bracket, if sides follow.
fn is_dice(before: Option<&(usize, Token<'_>)>, after: &str) -> bool {
    matches!(before, Some((_, Token::Number(_) | Token::Sign(")"))))
        && after.bytes().next().is_some_and(|next| next.is_ascii_digit() || next == b'(')
}

fn word_length(text: &str) -> usize {
    let mut length = 0;
    for byte in text.bytes() {
        // A colon belongs to an id only if a letter follows; in a table it stands after a number.
        let belongs = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
        if !belongs {
            break;
        }
        length += 1;
    }
    // `@slot-1` is a subtraction: ids with hyphens start with a letter after each hyphen.
    let mut end = length;
    for (index, byte) in text[..length].bytes().enumerate() {
        let next = text.as_bytes().get(index + 1).copied().unwrap_or(b' ');
        if matches!(byte, b'-' | b':') && !next.is_ascii_alphabetic() {
            end = index;
            break;
        }
    }
    end
}
