//! Stories about dice expressions.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Expression {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Dice that show the given faces in turn.
fn loaded(faces: &[u32]) -> impl FnMut(u32) -> u32 + '_ {
    let mut faces = faces.iter().cycle();
    move |_| *faces.next().unwrap()
}

fn total(text: &str) -> i64 {
    read(text).throw(|sides| sides).unwrap().total
}

#[test]
fn sums_and_products_keep_their_ranks() {
    let table = [
        ("1 + 3 * 6", 19),
        ("(1 + 3) * 6", 24),
        ("10 - 2 - 3", 5),
        ("--1", 1),
        ("-+-++---+1", -1),
        ("15 / 2", 7),
        ("15 // 2", 7),
        ("-15 / 2", -8),
        ("2.5 * 3", 7),
        ("1.25 + .75", 2),
        ("-0.5", -1),
        ("7.5 % 2 == 1.5", 1),
        ("0.1 + 0.2 == 0.3", 1),
        ("13 % 2", 1),
        ("1 + 2 == 2", 0),
        ("1 + (2 == 2)", 2),
        ("2 >= 1", 1),
    ];
    for (text, expected) in table {
        assert_eq!(total(text), expected, "{text}");
        assert_eq!(read(text).odds().unwrap().range(), (expected, expected), "{text}");
    }
}

#[test]
fn sets_are_sifted_by_value_and_by_rank() {
    let table = [
        ("(1, 2, 3, 4, 5)k3", 3),
        ("(1, 2, 3, 4, 5)k<3", 3),
        ("(1, 2, 3, 4, 5)k>3", 9),
        ("(1, 2, 3, 4, 5)kh2", 9),
        ("(1, 2, 3, 4, 5)kh1kl1", 6),
        ("(1, 2, 3, 4, 5)ph1pl1", 9),
        ("(1, 2, 3, 4, 5)p1p2", 12),
        ("(1)k2", 0),
        ("(1,)", 1),
        ("(1.5, 2, 2.5)k>2", 2),
        ("(1.5, 2, 2.5)k2", 2),
    ];
    for (text, expected) in table {
        assert_eq!(total(text), expected, "{text}");
        assert_eq!(read(text).odds().unwrap().range(), (expected, expected), "{text}");
    }
}

#[test]
fn a_throw_tells_what_became_of_each_die() {
    let throw = read("4d6kh3 + 1d4ro1 [cold] + 2").throw(loaded(&[1, 6, 3, 5, 1, 2])).unwrap();
    assert_eq!(throw.total, 14 + 2 + 2);
    let [scores, cold] = &throw.terms[..] else { panic!("two lots of dice") };
    assert_eq!((scores.text.as_str(), scores.total, cold.label.as_deref()), ("4d6kh3", 14, Some("cold")));
    assert_eq!(
        scores.dice.iter().map(|die| die.fate == Fate::Kept).collect::<Vec<_>>(),
        [false, true, true, true]
    );
    assert_eq!(cold.dice.iter().map(|die| die.fate).collect::<Vec<_>>(), [Fate::Rerolled, Fate::Kept]);
}

#[test]
fn a_set_marks_the_dice_of_what_it_drops() {
    let throw = read("(1d4, 2d6)kh1").throw(|sides| sides).unwrap();
    assert_eq!((throw.total, throw.terms[0].kept, throw.terms[1].kept), (12, false, true));
}

#[test]
fn parentheses_around_dice_sift_what_the_inner_ones_left() {
    let sifted = read("((6d6kh5)kl2)kh1");
    assert_eq!(sifted.throw(loaded(&[1, 2, 3, 4, 5, 6])).unwrap().total, 3);
    assert_eq!(sifted.odds().unwrap().range(), (1, 6));
    assert_eq!(read(&sifted.to_string()), sifted);
}

#[test]
fn steps_do_what_their_names_say() {
    let throw = |text: &str, faces: &[u32]| read(text).throw(loaded(faces)).unwrap().total;
    assert_eq!(throw("2d20kl1", &[4, 17]), 4);
    assert_eq!(throw("2d20dl1", &[4, 17]), 17);
    assert_eq!(throw("2d20dh1", &[4, 17]), 4);
    assert_eq!(throw("3d6mi2", &[1, 1, 5]), 9);
    assert_eq!(throw("3d6ma4", &[6, 6, 3]), 11);
    assert_eq!(throw("1d% + 1", &[77]), 78);
    assert_eq!(throw("1d6e6", &[6, 6, 2]), 14);
    assert_eq!(throw("1d20rr<3", &[1, 2, 1, 9]), 9);
    assert_eq!(throw("1d20ro<3", &[1, 2]), 2);
    assert_eq!(throw("1d1ra1", &[1]), 2);
    assert_eq!(throw("1d6rol1", &[3, 4]), 4);
    assert_eq!(throw("10d6mi10", &[1]), 100);
}

#[test]
fn what_never_ends_is_an_error_both_ways() {
    for text in ["1d1rr1", "1d20rr<21", "1d1e1", "1d20e<21"] {
        assert_eq!(read(text).throw(|_| 1), Err(ExpressionError::TooManyDice), "{text}");
        assert!(read(text).odds().is_err(), "{text}");
    }
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let refused = |text: &str| text.parse::<Expression>().unwrap_err();
    for text in [
        "",
        "d",
        "2d",
        "1 +",
        "(1",
        "1)",
        "1d6k",
        "10d6mil1",
        "(1d6 + 1)rr1",
        "1 2",
        "2d6é",
        "()",
        "1d6[fire",
        "1.",
        "1.2345",
        "1.5d6",
        "1d6.5",
    ] {
        assert!(matches!(refused(text), ExpressionError::Unexpected { .. }), "{text}: {}", refused(text));
    }
    assert_eq!(refused("1 + x").to_string(), "at character 5: expected a number, dice or `(`");
    assert_eq!((refused("6d0"), refused("1001d6")), (ExpressionError::Sides, ExpressionError::TooManyDice));
    assert_eq!(refused(&"(".repeat(400)), ExpressionError::TooLong);
    assert_eq!(refused(&"1".repeat(600)), ExpressionError::TooLong);
    assert_eq!(refused("99999999999"), ExpressionError::TooLarge);
    assert_eq!(read("10 / 0").throw(|_| 1), Err(ExpressionError::DivisionByZero));
    assert_eq!(read("1000000*1000000").throw(|_| 1), Err(ExpressionError::TooLarge));
    assert_eq!(read("600d6 + 600d6").throw(|_| 1), Err(ExpressionError::TooManyDice));
}

#[test]
fn the_chances_of_ability_scores_are_the_known_ones() {
    let odds = read("4d6kh3").odds().unwrap();
    assert_eq!(odds.range(), (3, 18));
    assert!((odds.mean() - 12.244_6).abs() < 1e-4);
    assert!((odds.at_least(18) - 21.0 / 1_296.0).abs() < 1e-12);
}

#[test]
fn the_chances_of_advantage_are_those_of_the_rules() {
    let odds = read("2d20kh1").odds().unwrap();
    let rules = crate::RollMode::Advantage;
    for face in 1..=20 {
        assert!((odds.at_least(face) - rules.chance_of_at_least(face)).abs() < 1e-12);
    }
    let great_weapon = read("2d6ro<3").odds().unwrap();
    assert!((great_weapon.mean() - 25.0 / 3.0).abs() < 1e-9);
}

#[test]
fn a_die_that_is_added_for_a_six_counts_once_however_many_sixes_fall() {
    let odds = read("2d6ra6").odds().unwrap();
    assert_eq!((odds.range(), odds.is_open_above()), ((2, 18), false));
    // Eleven of the 36 throws show a six, and each of those brings 3.5 on average.
    assert!((odds.mean() - (7.0 + 11.0 / 36.0 * 3.5)).abs() < 1e-12);
    assert!((odds.at_least(18) - 1.0 / 216.0).abs() < 1e-12);
    let lowest = read("3d6ral1").odds().unwrap();
    assert_eq!((lowest.range(), lowest.mean()), ((4, 24), 14.0));
}

#[test]
fn explosions_have_a_mean_though_they_have_no_end() {
    let odds = read("1d6e6").odds().unwrap();
    assert!(odds.is_open_above() && !odds.is_open_below());
    assert!((odds.mean() - 3.5 / (1.0 - 1.0 / 6.0)).abs() < 1e-9);
    assert!(!odds.chances().any(|(total, _)| total % 6 == 0));
    let highest = read("2d6eh1").odds().unwrap();
    assert_eq!((highest.range(), highest.is_open_above()), ((3, 18), false));
}

#[test]
fn odds_are_open_only_where_totals_go_on_for_ever() {
    for (text, ends) in [
        ("1d6e6 + 2", (false, true)),
        ("10 - 2d6e6", (true, false)),
        ("-1d6e1", (true, false)),
        ("1d6e6 - 1d8e8", (true, true)),
        ("1d1000e1000", (false, true)),
        ("1d6e6 > 3", (false, false)),
        ("1d6e6 % 10", (false, false)),
        ("1d6e6 * 0", (false, false)),
        ("1d6e7", (false, false)),
        ("20d6", (false, false)),
    ] {
        let odds = read(text).odds().unwrap();
        assert_eq!((odds.is_open_below(), odds.is_open_above()), ends, "{text}");
    }
}

#[test]
fn unreachable_odds_are_refused_and_not_begun() {
    for text in ["100d20kh50", "2d6e6kh1", "500d1000", "1d6rol1"] {
        assert_eq!(read(text).odds(), Err(ExpressionError::OddsOutOfReach), "{text}");
    }
}

fn small_expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..20_i64).prop_map(|number| number.to_string()),
        (1..5_u32, 1..9_u32).prop_map(|(count, sides)| format!("{count}d{sides}")),
        (2..5_u32, 2..7_u32, 1..3_u32).prop_map(|(count, sides, kept)| format!("{count}d{sides}kh{kept}")),
        (1..4_u32, 2..7_u32).prop_map(|(count, sides)| format!("{count}d{sides}ro1mi2")),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        (inner.clone(), prop_oneof![Just("+"), Just("-"), Just("*"), Just("<")], inner)
            .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})"))
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        if let Ok(expression) = text.parse::<Expression>() {
            let _ = expression.throw(|sides| sides);
            let _ = expression.odds();
        }
    }

    #[test]
    fn text_of_the_right_letters_is_read_or_refused(text in "[0-9dkhlpromiae<>=+*/%(), \\-]{0,40}") {
        if let Ok(expression) = text.parse::<Expression>() {
            let _ = expression.throw(|_| 1);
            let _ = expression.odds();
        }
    }

    #[test]
    fn what_is_written_reads_back(text in small_expression()) {
        let expression = read(&text);
        prop_assert_eq!(read(&expression.to_string()), expression);
    }

    #[test]
    fn every_throw_is_among_the_odds(text in small_expression(), seed in any::<u32>()) {
        let expression = read(&text);
        let odds = expression.odds();
        prop_assume!(odds.is_ok());
        let odds = odds.unwrap();
        let mut state = seed;
        let throw = expression.throw(|sides| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % sides + 1
        });
        let total = throw.unwrap().total;
        prop_assert!(odds.chances().any(|(possible, _)| possible == total), "{} gave {}", text, total);
        let sum: f64 = odds.chances().map(|(_, chance)| chance).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9);
    }
}
