//! What expressions do, and what they are kept from doing.

use serde_json::{Value, json};

use super::*;

fn run(text: &str, input: &Value) -> Result<Vec<Value>, ExpressionError> {
    Expression::compile(text).unwrap_or_else(|error| panic!("{text}: {error}")).run(input)
}

fn value(text: &str, input: &Value) -> Value {
    run(text, input).unwrap_or_else(|error| panic!("{text}: {error}")).remove(0)
}

#[test]
fn an_event_is_asked_and_reshaped() {
    let event = json!({ "type": "combat.hit", "data": { "class": "rogue", "level": 3, "damage": 7.5, "tags": ["a", "b"] } });
    assert_eq!(value(".data.damage * 2 + .data.level", &event), json!(18.0));
    assert_eq!(value(r#""\(.data.class) \(.data.level)""#, &event), json!("rogue 3"));
    assert_eq!(
        value(".data | {class, band: (.level / 5 | floor)}", &event),
        json!({ "class": "rogue", "band": 0 })
    );
    assert_eq!(value(".data.tags |= map(ascii_upcase) | .data.tags", &event), json!(["A", "B"]));
    assert_eq!(value("del(.data.tags) // 0 | .data", &event)["damage"], json!(7.5));
    assert_eq!(value("reduce .data.tags[] as $tag (\"\"; . + $tag)", &event), json!("ab"));
    assert_eq!(value("[.data.tags[] | length] | add", &event), json!(2));
    assert!(Expression::compile("select(.data.level > 2)").expect("compiles").holds(&event).expect("runs"));
    assert!(!Expression::compile(".missing").expect("compiles").holds(&event).expect("runs"));
}

#[test]
fn everything_that_is_offered_exists() {
    for &(name, arguments) in vocabulary::offered() {
        let call = match arguments {
            0 => name.to_owned(),
            1 => format!("{name}(.a)"),
            _ => format!("{name}(1; .a)"),
        };
        Expression::compile(&call).unwrap_or_else(|error| panic!("{call}: {error}"));
    }
}

#[test]
fn what_has_no_certain_end_is_refused() {
    for text in [
        "def f: f; f",
        "..",
        "recurse",
        "repeat(1)",
        "range(10)",
        "until(false; .)",
        "env",
        "input",
        "now",
        "label $out | break $out",
        "@sh \"x\"",
        "fromjson",
        "test(\"a\")",
        "getpath([\"a\"])",
        ".a[.b] |= 1",
        ". *= 2",
    ] {
        let refused = Expression::compile(text);
        assert!(
            matches!(refused, Err(SyntaxError::Unknown { .. } | SyntaxError::LeftOut(_))),
            "{text}: {refused:?}"
        );
    }
    let broken = Expression::compile(".data.level > ) 3").expect_err("is no jq");
    assert_eq!(broken.to_string(), "this is no jq expression, from `> ) 3` on");
    assert_eq!(
        Expression::compile("nonsense(1)").expect_err("is unknown").to_string(),
        "there is no filter `nonsense/1` here"
    );
}

#[test]
fn whoever_makes_too_much_is_stopped() {
    let pairs = "[1,2]".to_owned() + &" | [.[], .[]]".repeat(24);
    let wide = "(1,2)".to_owned() + &" | (., .)".repeat(24);
    let text = "\"ab\"".to_owned() + &" | . + .".repeat(24);
    let nested = "1".to_owned() + &" | [., .]".repeat(24);
    for expression in [
        pairs,
        wide,
        text,
        nested,
        "\"x\" * 1000000000".to_owned(),
        "[.[] as $a | .[] as $b | .[] as $c | 1]".to_owned(),
        "reduce .[] as $x (\"a\"; . + .)".to_owned(),
        "reduce .[] as $x (3; . * .)".to_owned() + " | tostring | length",
        "try (\"x\" * 1000000000) catch 1".to_owned(),
    ] {
        let input = Value::from((0..400).collect::<Vec<_>>());
        let outcome = run(&expression, &input);
        let stopped = matches!(
            outcome,
            Err(ExpressionError::TooMuchWork | ExpressionError::TooManyOutputs | ExpressionError::TooDeep)
        );
        let harmless = matches!(&outcome, Ok(values) if values.len() == 1 && !values[0].is_array());
        assert!(stopped || harmless, "{expression}: {outcome:?}");
    }
    let deep = run("reduce .[] as $x (0; [.])", &Value::from((0..400).collect::<Vec<_>>()));
    assert_eq!(deep, Err(ExpressionError::TooDeep));
}

#[test]
fn what_json_can_not_hold_is_an_error() {
    assert!(matches!(
        run("1 / 0", &Value::Null),
        Err(ExpressionError::NotJson(_) | ExpressionError::Failed(_))
    ));
    assert!(run("{(1|tostring): 1} | .a + {}", &Value::Null).is_ok());
    assert!(matches!(run(".a + 1", &json!({ "a": "text" })), Err(ExpressionError::Failed(_))));
}

#[test]
fn the_longest_and_the_deepest_expression_do_not_exhaust_the_stack() {
    let long = ".".to_owned() + &"|.".repeat(120);
    assert_eq!(value(&long, &json!(7)), json!(7));
    let deep = "[".repeat(50) + &"]".repeat(50);
    run(&deep, &Value::Null).expect("runs");
    let longer = ".".to_owned() + &"|.".repeat(121);
    assert!(matches!(Expression::compile(&longer), Err(SyntaxError::LeftOut(_))));
    let too_deep = "(".repeat(51) + "1" + &")".repeat(51);
    assert!(matches!(Expression::compile(&too_deep), Err(SyntaxError::LeftOut(_))));
}
