//! Between serde's JSON and jaq's.
//!
//! jaq knows more than JSON does: infinities, bytes, keys that are no text. What has no JSON form is an error.

use std::fmt;

use jaq_json::{Num, Val};
use jaq_std::ValT as _;
use serde_json::{Map, Number, Value};

use super::error::ExpressionError;

/// What JSON can't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotJson {
    /// An infinity, or no number at all.
    Number,
    /// Text that is no UTF-8, or bytes.
    Bytes,
    /// An object's key that is no text.
    Key,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number without bounds",
            Self::Bytes => "bytes that are no text",
            Self::Key => "a key that is no text",
        })
    }
}

pub(super) fn into_jaq(value: &Value) -> Val {
    match value {
        Value::Null => Val::Null,
        Value::Bool(value) => Val::from(*value),
        Value::Number(number) => match number.as_i64().and_then(|number| isize::try_from(number).ok()) {
            Some(number) => Val::from(number),
            None => Val::from(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Val::from(text.clone()),
        Value::Array(items) => items.iter().map(into_jaq).collect(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, item)| (Val::from(key.clone()), into_jaq(item)));
            Val::obj(entries.collect())
        }
    }
}

pub(super) fn from_jaq(value: &Val) -> Result<Value, ExpressionError> {
    Ok(match value {
        Val::Null => Value::Null,
        Val::Bool(value) => Value::Bool(*value),
        Val::Num(number) => Value::Number(number_of(number, value)?),
        Val::TStr(bytes) => Value::String(text_of(bytes)?),
        Val::BStr(_) => return Err(ExpressionError::NotJson(NotJson::Bytes)),
        Val::Arr(items) => Value::Array(items.iter().map(from_jaq).collect::<Result<_, _>>()?),
        Val::Obj(entries) => {
            let mut object = Map::new();
            for (key, item) in entries.iter() {
                let Val::TStr(key) = key else { return Err(ExpressionError::NotJson(NotJson::Key)) };
                object.insert(text_of(key)?, from_jaq(item)?);
            }
            Value::Object(object)
        }
    })
}

fn number_of(number: &Num, value: &Val) -> Result<Number, ExpressionError> {
    match number {
        Num::Int(number) => Ok(Number::from(*number as i64)),
        _ => value.as_f64().and_then(Number::from_f64).ok_or(ExpressionError::NotJson(NotJson::Number)),
    }
}

fn text_of(bytes: &[u8]) -> Result<String, ExpressionError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| ExpressionError::NotJson(NotJson::Bytes))
}
