//! Where a new character's ability scores come from: bought, taken from the array, or rolled.
//!
//! Rolling is of the System Reference Document 5.1; the array and the 27 points are of 5.2.1, "Generate Your Scores".

/// The array that everyone may spread over the six abilities.
pub const STANDARD_ARRAY: [u8; 6] = [15, 14, 13, 12, 10, 8];
/// Points to buy scores with.
pub const POINT_BUY_BUDGET: u8 = 27;
/// The lowest and the highest score that can be bought.
pub const POINT_BUY_RANGE: std::ops::RangeInclusive<u8> = 8..=15;

/// What a score costs, or nothing if it can't be bought.
#[must_use]
pub const fn point_buy_cost(score: u8) -> Option<u8> {
    match score {
        8..=13 => Some(score - 8),
        14 => Some(7),
        15 => Some(9),
        _ => None,
    }
}

/// Why six scores were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoresRefused {
    /// A score outside of what can be bought.
    #[error("a score of {0} can't be bought; scores of 8 to 15 can")]
    NotForSale(u8),
    /// All together cost too much.
    #[error("these scores cost {0} points; there are 27")]
    TooDear(u8),
    /// Something else than the array.
    #[error("these are not the scores of the standard array: 15, 14, 13, 12, 10 and 8, each once")]
    NotTheArray,
}

/// What six scores cost together.
///
/// # Errors
///
/// Refuses a score that can't be bought, and more than 27 points in all.
pub fn check_point_buy(scores: &[u8; 6]) -> Result<u8, ScoresRefused> {
    let mut cost = 0;
    for &score in scores {
        cost += point_buy_cost(score).ok_or(ScoresRefused::NotForSale(score))?;
    }
    if cost > POINT_BUY_BUDGET { Err(ScoresRefused::TooDear(cost)) } else { Ok(cost) }
}

/// Whether six scores are the standard array in some order.
///
/// # Errors
///
/// Refuses anything else.
pub fn check_standard_array(scores: &[u8; 6]) -> Result<(), ScoresRefused> {
    let mut sorted = *scores;
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    if sorted == STANDARD_ARRAY { Ok(()) } else { Err(ScoresRefused::NotTheArray) }
}

/// Six scores of four d6 each, the lowest dropped. `die` is called with 6 and gives a value in `1..=6`.
pub fn roll_scores(mut die: impl FnMut(u32) -> u32) -> [u8; 6] {
    std::array::from_fn(|_| {
        let thrown: [u32; 4] = std::array::from_fn(|_| die(6).clamp(1, 6));
        let lowest = thrown.into_iter().min().unwrap_or(0);
        (thrown.iter().sum::<u32>() - lowest) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_points_are_dearer() {
        let costs: Vec<_> = POINT_BUY_RANGE.map(|score| point_buy_cost(score).unwrap()).collect();
        assert_eq!(costs, [0, 1, 2, 3, 4, 5, 7, 9]);
        assert_eq!((point_buy_cost(7), point_buy_cost(16)), (None, None));
    }

    #[test]
    fn scores_are_refused_with_a_reason() {
        assert_eq!(check_point_buy(&[15, 15, 15, 8, 8, 8]), Ok(27));
        assert_eq!(check_point_buy(&[15, 15, 15, 9, 8, 8]), Err(ScoresRefused::TooDear(28)));
        assert_eq!(check_point_buy(&[16, 8, 8, 8, 8, 8]), Err(ScoresRefused::NotForSale(16)));
        assert_eq!(check_standard_array(&[8, 10, 12, 13, 14, 15]), Ok(()));
        assert_eq!(check_standard_array(&[15, 15, 12, 13, 10, 8]), Err(ScoresRefused::NotTheArray));
    }

    #[test]
    fn the_array_can_be_bought_for_exactly_the_budget() {
        assert_eq!(check_point_buy(&STANDARD_ARRAY), Ok(POINT_BUY_BUDGET));
    }

    #[test]
    fn the_lowest_of_four_dice_is_dropped() {
        let mut faces = [1, 6, 6, 6].into_iter().cycle();
        assert_eq!(roll_scores(|_| faces.next().unwrap()), [18; 6]);
        assert_eq!(roll_scores(|_| 1), [3; 6]);
    }
}
