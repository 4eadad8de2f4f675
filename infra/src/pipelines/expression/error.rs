//! Why an expression was refused, and why it failed.

use super::{EXPRESSION_BYTES_MAX, OUTPUTS_MAX, budget, values};

/// Why an expression was refused when its pipeline was loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxError {
    /// It is longer than [`EXPRESSION_BYTES_MAX`].
    #[error("the expression has {bytes} bytes; {EXPRESSION_BYTES_MAX} are allowed")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It is no jq.
    #[error("this is no jq expression{}", from(near))]
    Malformed {
        /// Where it stops to be one.
        near: String,
    },
    /// A filter or variable that does not exist here.
    #[error("there is no {what} `{name}` here")]
    Unknown {
        /// Filter, variable or label.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// Something that jq has and pipelines leave out.
    #[error("{0} can't be used in pipelines")]
    LeftOut(&'static str),
}

fn from(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!(", from `{text}` on"),
    }
}

/// Why an expression failed on one input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// jq's own complaint, such as adding a text to a number.
    #[error("{0}")]
    Failed(String),
    /// It made more values than one event is worth.
    #[error("it takes more than {} steps", budget::STEPS_MAX)]
    TooMuchWork,
    /// A value is nested more deeply than is allowed.
    #[error("it nests values more than {} deep", budget::DEPTH_MAX)]
    TooDeep,
    /// It gave too many values.
    #[error("it gives more than {OUTPUTS_MAX} values")]
    TooManyOutputs,
    /// What came out has no JSON form.
    #[error("it gives {0}, which JSON can't hold")]
    NotJson(values::NotJson),
}
