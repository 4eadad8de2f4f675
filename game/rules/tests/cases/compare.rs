//! Whether an answer is the expected one.

use serde_json::Value;

/// Numbers may be off by `tolerance`; lists of words are sets, so their order doesn't matter, and `1d8 + 3` is `1d8+3`.
pub(crate) fn compare(answer: &Value, expected: &Value, tolerance: f64) -> Result<(), String> {
    if equal(answer, expected, tolerance) {
        Ok(())
    } else {
        Err(format!("expected {expected}, got {answer}"))
    }
}

fn equal(answer: &Value, expected: &Value, tolerance: f64) -> bool {
    match (answer, expected) {
        (Value::Number(answer), Value::Number(expected)) => {
            let (Some(answer), Some(expected)) = (answer.as_f64(), expected.as_f64()) else { return false };
            // What is exact on paper is exact up to the last bit here.
            (answer - expected).abs() <= tolerance.max(1e-12)
        }
        (Value::Array(answer), Value::Array(expected)) => {
            answer.len() == expected.len()
                && match (words(answer), words(expected)) {
                    (Some(answer), Some(expected)) => answer == expected,
                    _ => answer
                        .iter()
                        .zip(expected)
                        .all(|(answer, expected)| equal(answer, expected, tolerance)),
                }
        }
        (Value::Object(answer), Value::Object(expected)) => {
            answer.len() == expected.len()
                && expected.iter().all(|(key, expected)| {
                    answer.get(key).is_some_and(|answer| equal(answer, expected, tolerance))
                })
        }
        (Value::String(answer), Value::String(expected)) => dense(answer) == dense(expected),
        _ => answer == expected,
    }
}

fn dense(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn words(list: &[Value]) -> Option<Vec<String>> {
    let mut words: Vec<String> = list.iter().map(|word| word.as_str().map(dense)).collect::<Option<_>>()?;
    words.sort_unstable();
    Some(words)
}
