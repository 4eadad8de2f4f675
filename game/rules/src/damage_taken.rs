//! What is left of damage: reduced, then halved, then doubled, or nothing at all.

/// What stands between a target and one kind of damage. Several resistances count as one, and so do vulnerabilities.
///
/// Source: SRD 5.1, "Damage Resistance and Vulnerability".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Defense {
    /// Taken off first.
    pub reduction: u32,
    /// Half, rounded down.
    pub resistant: bool,
    /// Double, after resistance.
    pub vulnerable: bool,
    /// None.
    pub immune: bool,
}

impl Defense {
    /// The damage that a target takes.
    #[must_use]
    pub const fn apply(self, damage: u32) -> u32 {
        if self.immune {
            return 0;
        }
        let reduced = damage.saturating_sub(self.reduction);
        let halved = if self.resistant { reduced / 2 } else { reduced };
        if self.vulnerable { halved.saturating_mul(2) } else { halved }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_aura_of_5_and_resistance_leave_10_of_25() {
        let warded = Defense { reduction: 5, resistant: true, ..Defense::default() };
        assert_eq!(warded.apply(25), 10);
    }

    #[test]
    fn resistance_comes_before_vulnerability_and_immunity_before_all() {
        let both = Defense { resistant: true, vulnerable: true, ..Defense::default() };
        assert_eq!(both.apply(25), 24);
        assert_eq!(Defense { immune: true, ..both }.apply(25), 0);
        assert_eq!(Defense { reduction: 9, ..Defense::default() }.apply(4), 0);
    }

    proptest! {
        #[test]
        fn resistance_never_raises_damage(damage in any::<u32>(), reduction in 0..50_u32, vulnerable in any::<bool>()) {
            let bare = Defense { reduction, vulnerable, ..Defense::default() };
            let resistant = Defense { resistant: true, ..bare };
            prop_assert!(resistant.apply(damage) <= bare.apply(damage));
        }
    }
}
