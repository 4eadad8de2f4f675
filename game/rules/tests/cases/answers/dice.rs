//! The dice language.

use rules::{Expression, ExpressionError, Ruleset};
use serde_json::json;

use super::Answer;
use crate::arguments::{Arguments, Refused};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    if !matches!(function, "eval" | "range" | "mean" | "average" | "error") {
        return Ok(None);
    }
    let text = input.text("expr")?;
    let refused = |error: ExpressionError| Refused::Rule(error.to_string());
    if function == "error" {
        let thrown = text.parse::<Expression>().and_then(|expression| expression.throw(dice(input)?));
        return Ok(Some(thrown.map_or_else(|_| json!("error"), |throw| json!(throw.total))));
    }
    let expression: Expression = text.parse().map_err(refused)?;
    Ok(Some(match function {
        "eval" => json!(expression.throw(dice(input).map_err(refused)?).map_err(refused)?.total),
        "range" => {
            let odds = expression.odds().map_err(refused)?;
            let (least, most) = odds.range();
            json!([(!odds.is_open_below()).then_some(least), (!odds.is_open_above()).then_some(most)])
        }
        _ => json!(expression.odds().map_err(refused)?.mean()),
    }))
}

/// The dice that the case hands in, or some that show every face in time.
fn dice(input: Arguments<'_>) -> Result<impl FnMut(u32) -> u32, ExpressionError> {
    let handed: Vec<u32> = input
        .optional("rolls")
        .and_then(|rolls| serde_json::from_value(rolls.clone()).ok())
        .unwrap_or_default();
    let mut thrown = 0_u32;
    Ok(move |sides: u32| {
        thrown += 1;
        handed.get(thrown as usize - 1).copied().unwrap_or(thrown.wrapping_mul(7) % sides + 1)
    })
}
