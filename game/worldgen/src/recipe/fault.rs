//! What is wrong with a recipe, in one line.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether a fault keeps a world from growing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It grows, but perhaps not as the author thinks.
    Warning,
    /// No world grows from this.
    Error,
}

/// What is wrong with a recipe, and under which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeFault {
    /// How bad it is.
    pub severity: Severity,
    /// The keys that lead to the fault, such as `layers`, `hills`, `wavelength`; empty for the whole recipe.
    pub path: Vec<String>,
    /// What is wrong, in words.
    pub what: String,
    /// A name that the author may have meant.
    pub suggestion: Option<String>,
    /// Other places that have to do with it, such as the edges of a circle: their keys, and what is there.
    pub related: Box<[(Vec<String>, String)]>,
}

impl RecipeFault {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            path: Vec::new(),
            what: what.into(),
            suggestion: None,
            related: Box::default(),
        }
    }

    pub(crate) fn warning(what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::new(what) }
    }

    /// A name that nothing goes by.
    pub(crate) fn unknown<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut fault = Self::new(format!("unknown {kind} `{}`", shortened(name)));
        fault.suggestion = nearest(name, known);
        fault
    }

    /// The same fault, seen from one key further out.
    #[expect(clippy::needless_pass_by_value, reason = "a key is a name or an index, cheap to hand over")]
    pub(crate) fn under(mut self, key: impl ToString) -> Self {
        self.path.insert(0, key.to_string());
        self
    }
}

impl std::error::Error for RecipeFault {}

impl fmt::Display for RecipeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path.join("."))?;
        }
        f.write_str(&self.what)?;
        self.suggestion.as_ref().map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
    }
}

/// A foreign text, safe to quote in one line.
pub(crate) fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if line.len() < text.len() { line + "…" } else { line }
}

/// The known name that `name` is most likely a slip of.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    if name.len() > 60 {
        return None;
    }
    let allowed = 1 + name.chars().count() / 4;
    let ranked = known.into_iter().map(|candidate| (edits(name, candidate), candidate));
    ranked.min().filter(|(edits, _)| *edits <= allowed).map(|(_, candidate)| candidate.to_owned())
}

/// How many letters have to be changed, put in or left out: the Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_the_name_that_was_meant() {
        let known = ["fbm", "ridged", "spline", "wavelength"];
        assert_eq!(nearest("wavelenght", known).as_deref(), Some("wavelength"));
        assert_eq!(nearest("rigded", known).as_deref(), Some("ridged"));
        assert_eq!(nearest("splin", known).as_deref(), Some("spline"));
        assert_eq!(nearest("erosion", known), None);
    }
}
