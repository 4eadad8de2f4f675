//! Concentration on a spell, and what it takes to keep it.

use crate::Ruleset;

/// What a Constitution save must reach to keep concentration: 10 or half of the damage, whichever is more.
///
/// Source: SRD 5.1, "Concentration". The ruleset may cap it.
#[must_use]
pub fn concentration_dc(damage: u32, ruleset: &Ruleset) -> u32 {
    let dc = (damage / 2).max(10);
    ruleset.concentration_dc_max.map_or(dc, |cap| dc.min(cap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_wounds_ask_for_10_and_large_ones_for_half() {
        let asked = [0, 1, 20, 21, 22, 60, 80].map(|damage| concentration_dc(damage, &Ruleset::SRD_5_1));
        assert_eq!(asked, [10, 10, 10, 10, 11, 30, 40]);
        assert_eq!(concentration_dc(80, &Ruleset::SRD_5_2_1), 30);
    }
}
