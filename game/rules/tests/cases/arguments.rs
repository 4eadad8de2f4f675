//! Reads the input of a case, and says what is missing.

use std::str::FromStr;

use rules::{Ability, AbilityScores, ChallengeRating, RollMode, modifier};
use serde_json::Value;

/// Why a case can't be answered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("unknown function")]
    UnknownFunction,
    #[error("the input has no `{0}`")]
    Missing(&'static str),
    #[error("the input's `{0}` is not what it should be")]
    Malformed(&'static str),
    #[error("there is no {kind} `{name}`")]
    NotFound { kind: &'static str, name: String },
    #[error("{0}")]
    Rule(String),
}

/// The input of one case.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'a>(pub(crate) &'a Value);

impl<'a> Arguments<'a> {
    /// A value that is there and not null.
    pub(crate) fn optional(self, key: &str) -> Option<&'a Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn value(self, key: &'static str) -> Result<&'a Value, Refused> {
        self.optional(key).ok_or(Refused::Missing(key))
    }

    pub(crate) fn text(self, key: &'static str) -> Result<&'a str, Refused> {
        self.value(key)?.as_str().ok_or(Refused::Malformed(key))
    }

    pub(crate) fn integer(self, key: &'static str) -> Result<i64, Refused> {
        self.value(key)?.as_i64().ok_or(Refused::Malformed(key))
    }

    pub(crate) fn number(self, key: &'static str) -> Result<f64, Refused> {
        self.value(key)?.as_f64().ok_or(Refused::Malformed(key))
    }

    pub(crate) fn small<T: TryFrom<i64>>(self, key: &'static str) -> Result<T, Refused> {
        T::try_from(self.integer(key)?).map_err(|_| Refused::Malformed(key))
    }

    pub(crate) fn small_or<T: TryFrom<i64>>(self, key: &'static str, default: T) -> Result<T, Refused> {
        if self.optional(key).is_some() { self.small(key) } else { Ok(default) }
    }

    /// A number under the first of these names that is there.
    pub(crate) fn first_of<T: TryFrom<i64>>(self, keys: &[&'static str]) -> Result<T, Refused> {
        let found = keys.iter().copied().find(|key| self.optional(key).is_some());
        self.small(found.or_else(|| keys.first().copied()).unwrap_or_default())
    }

    /// A level under whichever name it goes.
    pub(crate) fn level(self) -> Result<u8, Refused> {
        ["level", "character_level", "class_level"]
            .into_iter()
            .find(|key| self.optional(key).is_some())
            .map_or(Err(Refused::Missing("level")), |key| self.small(key))
    }

    /// A yes under any of these names: `true`, a number above zero, or a list or text that says what of.
    pub(crate) fn says(self, keys: &[&str]) -> bool {
        keys.iter().filter_map(|key| self.optional(key)).any(|value| match value {
            Value::Bool(yes) => *yes,
            Value::Number(number) => number.as_f64() != Some(0.0),
            // A list of types of damage says yes to the type that is asked about.
            Value::Array(list) if self.optional("type").is_some() => {
                list.iter().any(|kind| Some(kind) == self.optional("type"))
            }
            Value::Array(list) => !list.is_empty(),
            Value::String(text) => !text.is_empty() && text != "none",
            _ => false,
        })
    }

    pub(crate) fn parsed<T: FromStr>(self, key: &'static str) -> Result<T, Refused>
    where
        T::Err: std::fmt::Display,
    {
        self.text(key)?.parse().map_err(|error: T::Err| Refused::Rule(error.to_string()))
    }

    pub(crate) fn mode(self) -> Result<RollMode, Refused> {
        if self.optional("mode").is_some() {
            return self.parsed("mode");
        }
        Ok(RollMode::combine(u32::from(self.says(&["advantage"])), u32::from(self.says(&["disadvantage"]))))
    }

    /// A challenge rating as text or number.
    pub(crate) fn challenge(self) -> Result<ChallengeRating, Refused> {
        serde_json::from_value(self.value("cr")?.clone()).map_err(|error| Refused::Rule(error.to_string()))
    }

    /// The scores that are named in full or in part, the rest at 10.
    pub(crate) fn scores(self) -> Result<AbilityScores, Refused> {
        let mut scores = AbilityScores::ORDINARY;
        for ability in Ability::ALL {
            if self.optional(ability.short()).is_some() {
                scores[ability] = self.small(ability.short())?;
            }
        }
        Ok(scores)
    }

    /// A modifier: given as such, or by the score.
    pub(crate) fn modifier_of(self, ability: Ability) -> Result<i8, Refused> {
        match self.optional(ability.short()) {
            Some(_) => Ok(modifier(self.small(ability.short())?)),
            None => Ok(0),
        }
    }
}
