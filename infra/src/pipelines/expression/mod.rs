//! Expressions of pipelines: jq, as jaq runs it, with an end that is certain.
//!
//! A pipeline's file is written by an operator and runs beside the game, so an expression may cost what an event is
//! worth and no more. Three things see to it. Only the filters of [`vocabulary`] exist: none of them recurses, waits,
//! reads or prints. Every value that an expression makes on its way is weighed by [`budget`], and an expression that
//! made too much is an error. And what comes out is weighed once more.
//!
//! Not jq here: definitions of one's own, labels, `..`, regular expressions, dates, and paths that are computed.

mod budget;
mod error;
mod metered;
mod values;
mod vocabulary;

pub use self::error::{ExpressionError, SyntaxError};

use std::{fmt, sync::Arc};

use jaq_core::{
    Compiler, Ctx, Filter, Vars,
    load::{Arena, File, Loader, parse::Def},
    unwrap_valr,
};
use serde_json::Value;

use self::budget::{Budget, Machine};

/// The longest expression, in bytes.
pub const EXPRESSION_BYTES_MAX: usize = 2_048;
/// Values that an expression may give for one input.
pub const OUTPUTS_MAX: usize = 1_000;

/// The name that an operator's own text gets among the filters.
const OWN: &str = "expression";

/// An expression that was checked and compiled. Clones share it.
#[derive(Clone)]
pub struct Expression {
    text: Arc<str>,
    filter: Arc<Filter<Machine>>,
}

impl Expression {
    /// Checks and compiles `text`.
    ///
    /// # Errors
    /// It is no jq, uses what does not exist here, or is too long.
    pub fn compile(text: &str) -> Result<Self, SyntaxError> {
        if text.len() > EXPRESSION_BYTES_MAX {
            return Err(SyntaxError::TooLong { bytes: text.len() });
        }
        let body = metered::parse(text)?;
        let own = Def { name: OWN, args: Vec::new(), body };
        let arena = Arena::default();
        let offered: Vec<Def<&'static str>> = vocabulary::definitions().collect();
        // From here on the texts live as long as the operator's own.
        let mut prelude: Vec<Def<&str>> = offered;
        prelude.push(own);
        let modules = Loader::new(prelude)
            .load(&arena, File { code: OWN, path: () })
            .map_err(|_| SyntaxError::Malformed { near: String::new() })?;
        let filter = Compiler::default()
            .with_funs(vocabulary::natives())
            .compile(modules)
            .map_err(|errors| undefined(&errors))?;
        Ok(Self { text: text.into(), filter: Arc::new(filter) })
    }

    /// The expression as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Everything that the expression gives for `input`.
    ///
    /// # Errors
    /// It failed, or made more on its way than is allowed.
    pub fn run(&self, input: &Value) -> Result<Vec<Value>, ExpressionError> {
        let budget = Budget::new(&self.filter.lut);
        let context = Ctx::<Machine>::new(&budget, Vars::new([]));
        let mut outputs = Vec::new();
        for output in self.filter.id.run((context, values::into_jaq(input))) {
            let output = unwrap_valr(output).map_err(|error| budget.explain(&error))?;
            if outputs.len() == OUTPUTS_MAX {
                return Err(ExpressionError::TooManyOutputs);
            }
            outputs.push(values::from_jaq(&output)?);
        }
        Ok(outputs)
    }

    /// The first value that the expression gives; null if it gives none.
    ///
    /// # Errors
    /// See [`run`](Self::run).
    pub fn value(&self, input: &Value) -> Result<Value, ExpressionError> {
        Ok(self.run(input)?.into_iter().next().unwrap_or(Value::Null))
    }

    /// Whether the first value is anything but null and false.
    ///
    /// # Errors
    /// See [`run`](Self::run).
    pub fn holds(&self, input: &Value) -> Result<bool, ExpressionError> {
        Ok(!matches!(self.value(input)?, Value::Null | Value::Bool(false)))
    }
}

fn undefined(errors: &jaq_core::compile::Errors<&str, ()>) -> SyntaxError {
    let first = errors.iter().flat_map(|(_, errors)| errors).next();
    match first {
        Some((name, kind)) => SyntaxError::Unknown { what: kind.as_str(), name: (*name).to_owned() },
        None => SyntaxError::Malformed { near: String::new() },
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}

#[cfg(test)]
mod tests;
