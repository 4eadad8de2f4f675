//! Why a recipe's text was refused.

use super::RecipeFault;

/// Why a recipe's text was refused; one line, the place first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// The text is longer than any recipe.
    #[error("{file}: a recipe has at most {limit} bytes, this has {bytes}")]
    TooLong {
        /// The file's name.
        file: String,
        /// Its length.
        bytes: usize,
        /// The longest length allowed.
        limit: usize,
    },
    /// The text is no YAML, or exceeds the limits on depth, aliases and size.
    #[error("{file}:{line}:{column}: {reason}")]
    NotYaml {
        /// The file's name.
        file: String,
        /// Counted from 1.
        line: u64,
        /// Counted from 1.
        column: u64,
        /// The parser's words, in one line.
        reason: String,
    },
    /// The YAML does not describe a world.
    #[error("{file}:{line}:{column}: {fault}")]
    Faulty {
        /// The file's name.
        file: String,
        /// Counted from 1.
        line: u64,
        /// Counted from 1.
        column: u64,
        /// What is wrong, and under which key.
        fault: RecipeFault,
    },
}
