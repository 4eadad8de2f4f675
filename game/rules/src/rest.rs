//! What a rest gives back.

use crate::ruleset::{HitDiceRecovery, Ruleset};

/// How many of the spent hit dice a long rest gives back to a creature with `total` of them.
///
/// Source: SRD 5.1, "Long Rest": up to half of the total, at least one.
#[must_use]
pub fn hit_dice_regained(total: u8, spent: u8, ruleset: &Ruleset) -> u8 {
    let most = match ruleset.hit_dice_on_long_rest {
        HitDiceRecovery::Half => (total / 2).max(1),
        HitDiceRecovery::All => total,
    };
    spent.min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_rest_gives_half_of_the_dice_back_but_never_more_than_were_spent() {
        let regained = |total, spent| hit_dice_regained(total, spent, &Ruleset::SRD_5_1);
        assert_eq!([regained(8, 8), regained(1, 1), regained(5, 5), regained(10, 2)], [4, 1, 2, 2]);
        assert_eq!(hit_dice_regained(8, 8, &Ruleset::SRD_5_2_1), 8);
    }
}
