//! Expressions read back as written, stay within their bounds, and never panic.

use proptest::prelude::*;
use rules::language::expr::{Expr, NoFacts};

#[test]
fn expressions_read_back_as_written() {
    for text in [
        "8d6",
        "2d6 + 3",
        "(1 + @slot)d6",
        "8d6 + (@slot - 3)d6",
        "table(@level, 1: 1, 5: 2)d10",
        "1d(table(@level, 1: 6, 5: 8))",
        "@target.hp <= 100 and not is(target, undead)",
        "is(self, srd:prone) or near(ally, target, 5)",
        "max(1, @level / 2) * -3",
        "@mod.spell - (@level.srd:wizard + 2)",
        "attack(melee) and @distance > 5",
    ] {
        let expr: Expr = text.parse().unwrap_or_else(|error| panic!("{error}"));
        let written = expr.to_string();
        assert_eq!(written.parse::<Expr>().unwrap(), expr, "{text} became {written}");
    }
}

#[test]
fn faults_are_told_with_their_place() {
    for (text, place) in [("2d6 +", 6), ("@strength", 1), ("is(target, sleepy)", 4), ("4 4", 3), ("0d6", 1)] {
        let error = text.parse::<Expr>().unwrap_err().to_string();
        assert!(error.contains(&format!("at character {place}:")), "{text}: {error}");
    }
}

#[test]
fn numbers_are_worked_out_as_the_rules_do() {
    let value = |text: &str| text.parse::<Expr>().unwrap().value(&NoFacts);
    assert_eq!(value("-7 / 2"), -4);
    assert_eq!(value("2 + 3 * 4"), 14);
    assert_eq!(value("table(6, 1: 10, 5: 20, 11: 30)"), 20);
    assert_eq!(value("table(0, 1: 10)"), 0);
    assert_eq!(value("3 < 4 and not 4 = 5"), 1);
    assert_eq!(value("large"), 3);
    assert_eq!(value("1 / 0"), 0);
}

#[test]
fn a_critical_hit_doubles_dice_and_nothing_else() {
    let expr: Expr = "2d6 + 3".parse().unwrap();
    assert_eq!(expr.roll_times(2, &NoFacts, &mut |_| 5), 23);
    let expr: Expr = "(1 + 1)d6 + 3".parse().unwrap();
    assert_eq!(expr.roll_times(2, &NoFacts, &mut |_| 5), 23);
}

fn any_expr() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..50_i32).prop_map(|number| number.to_string()),
        (1..9_i32, 1..20_i32).prop_map(|(count, sides)| format!("{count}d{sides}")),
        Just("@slot".to_owned()),
        Just("@target.hp".to_owned()),
        Just("is(target, prone)".to_owned()),
        Just("tiny".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        (inner.clone(), inner, 0..12_usize).prop_map(|(left, right, form)| match form {
            0 => format!("({left} + {right})"),
            1 => format!("({left} - {right})"),
            2 => format!("({left} * {right})"),
            3 => format!("({left} / {right})"),
            4 => format!("min({left}, {right})"),
            5 => format!("max({left}, {right})"),
            6 => format!("({left} < {right})"),
            7 => format!("({left} and {right})"),
            8 => format!("(not {left} or {right})"),
            9 => format!("table({left}, 0: 1, 3: 7)"),
            10 => format!("-({left})"),
            _ => format!("({left} != {right})"),
        })
    })
}

proptest! {
    #[test]
    fn whatever_is_written_reads_back_and_stays_in_bounds(text in any_expr(), seed in any::<u32>()) {
        let Ok(expr) = text.parse::<Expr>() else { return Ok(()) };
        let written = expr.to_string();
        prop_assert_eq!(&written.parse::<Expr>().unwrap().to_string(), &written);
        let mut state = seed;
        let value = expr.roll(&NoFacts, &mut |sides: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % sides + 1
        });
        let bounds = expr.bounds();
        let inside = bounds.min <= i64::from(value) && i64::from(value) <= bounds.max;
        prop_assert!(inside || bounds.max > i64::from(i32::MAX), "{} = {} not in {:?}", text, value, bounds);
    }

    #[test]
    fn any_text_is_an_expression_or_is_refused(text in ".{0,80}") {
        let _ = text.parse::<Expr>();
    }
}
