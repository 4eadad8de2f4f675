//! What the rules answer, by function.

mod casting;
mod checks;
mod conditions;
mod dice;
mod equipment;
mod fighting;
mod growth;
mod monsters;
mod origins;
mod perils;
mod spells;
mod time;

use serde_json::Value;

use crate::{
    arguments::{Arguments, Refused},
    case::Case,
};

type Answer = Result<Option<Value>, Refused>;

/// Each of these answers the functions it knows.
const ANSWERS: [fn(&str, Arguments<'_>, &rules::Ruleset) -> Answer; 12] = [
    growth::answer,
    origins::answer,
    equipment::answer,
    conditions::answer,
    spells::answer,
    monsters::answer,
    casting::answer,
    checks::answer,
    fighting::answer,
    perils::answer,
    dice::answer,
    time::answer,
];

pub(crate) fn answer(case: &Case) -> Result<Value, Refused> {
    let rules = case.rules();
    for answer in ANSWERS {
        if let Some(value) = answer(&case.function, Arguments(&case.input), &rules)? {
            return Ok(value);
        }
    }
    Err(Refused::UnknownFunction)
}
