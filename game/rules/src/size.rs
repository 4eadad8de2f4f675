//! How large a creature is, the space it takes, and what follows for carrying.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Feet;

/// A creature's size. Source: SRD 5.1, "Creature Size".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Size {
    Tiny,
    Small,
    Medium,
    Large,
    Huge,
    Gargantuan,
}

impl Size {
    /// The next smaller size; there is none below tiny.
    #[must_use]
    pub const fn smaller(self) -> Option<Self> {
        match self {
            Self::Tiny => None,
            Self::Small => Some(Self::Tiny),
            Self::Medium => Some(Self::Small),
            Self::Large => Some(Self::Medium),
            Self::Huge => Some(Self::Large),
            Self::Gargantuan => Some(Self::Huge),
        }
    }

    /// So many steps larger, or smaller, as far as sizes go.
    #[must_use]
    pub fn grown(self, steps: i32) -> Self {
        const ALL: [Size; 6] =
            [Size::Tiny, Size::Small, Size::Medium, Size::Large, Size::Huge, Size::Gargantuan];
        ALL[(self as i32 + steps).clamp(0, 5) as usize]
    }

    /// All sizes, rising.
    pub const ALL: [Self; 6] =
        [Self::Tiny, Self::Small, Self::Medium, Self::Large, Self::Huge, Self::Gargantuan];

    /// The size's name for people to read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tiny => "Tiny",
            Self::Small => "Small",
            Self::Medium => "Medium",
            Self::Large => "Large",
            Self::Huge => "Huge",
            Self::Gargantuan => "Gargantuan",
        }
    }

    /// The side of the square that a creature controls in a fight, in half feet: a tiny one takes two and a half feet.
    #[must_use]
    pub const fn space_half_feet(self) -> u16 {
        match self {
            Self::Tiny => 5,
            Self::Small | Self::Medium => 10,
            Self::Large => 20,
            Self::Huge => 30,
            Self::Gargantuan => 40,
        }
    }

    /// Whether one creature can grapple or shove another: at most one size larger than itself.
    #[must_use]
    pub const fn can_grapple(self, target: Self) -> bool {
        target as u8 <= self as u8 + 1
    }
}

/// No size has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no size; they run from tiny to gargantuan")]
pub struct NoSuchSize(String);

impl FromStr for Size {
    type Err = NoSuchSize;

    fn from_str(text: &str) -> Result<Self, NoSuchSize> {
        Self::ALL
            .into_iter()
            .find(|size| text.eq_ignore_ascii_case(size.name()))
            .ok_or_else(|| NoSuchSize(text.chars().take(40).collect()))
    }
}

/// What a creature can bear, in half pounds because a tiny one may carry seven and a half a point of Strength.
///
/// Source: SRD 5.1, "Lifting and Carrying".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Carrying {
    half_pounds: u32,
}

impl Carrying {
    /// What a creature of this Strength and size bears: 15 pounds a point, double for each size above Medium, half for Tiny.
    #[must_use]
    pub const fn of(strength: u8, size: Size) -> Self {
        let at_medium = strength as u32 * 30;
        let half_pounds = match size {
            Size::Tiny => at_medium / 2,
            Size::Small | Size::Medium => at_medium,
            Size::Large => at_medium * 2,
            Size::Huge => at_medium * 4,
            Size::Gargantuan => at_medium * 8,
        };
        Self { half_pounds }
    }

    /// What it carries without being slowed, in pounds.
    #[must_use]
    pub fn capacity_lb(self) -> f64 {
        f64::from(self.half_pounds) / 2.0
    }

    /// What it pushes, drags or lifts, at a speed of 5 feet once above its capacity, in pounds.
    #[must_use]
    pub fn push_lb(self) -> f64 {
        f64::from(self.half_pounds)
    }

    /// How a load weighs on the creature. Source: SRD 5.1, "Variant: Encumbrance".
    #[must_use]
    pub fn burden(self, load_lb: f64) -> Burden {
        let capacity = self.capacity_lb();
        if load_lb > self.push_lb() {
            Burden::Immovable
        } else if load_lb > capacity {
            Burden::Overloaded
        } else if load_lb > capacity * 2.0 / 3.0 {
            Burden::HeavilyEncumbered
        } else if load_lb > capacity / 3.0 {
            Burden::Encumbered
        } else {
            Burden::Light
        }
    }
}

/// How a load weighs on a creature. The two middle steps count only where a world plays with encumbrance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Burden {
    /// Up to 5 pounds a point of Strength: no effect.
    Light,
    /// Up to 10: 10 feet slower.
    Encumbered,
    /// Up to the capacity: 20 feet slower, disadvantage on what needs a body.
    HeavilyEncumbered,
    /// Above the capacity: no more than 5 feet a round.
    Overloaded,
    /// More than can be moved at all.
    Immovable,
}

impl Burden {
    /// The speed that is left; the steps of encumbrance count if `with_encumbrance`.
    #[must_use]
    pub const fn speed(self, speed: Feet, with_encumbrance: bool) -> Feet {
        match self {
            Self::Encumbered if with_encumbrance => Feet(speed.0.saturating_sub(10)),
            Self::HeavilyEncumbered if with_encumbrance => Feet(speed.0.saturating_sub(20)),
            Self::Light | Self::Encumbered | Self::HeavilyEncumbered => speed,
            Self::Overloaded if speed.0 > 5 => Feet(5),
            Self::Overloaded => speed,
            Self::Immovable => Feet(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_doubles_with_each_size_and_halves_for_the_tiny() {
        let loads = Size::ALL.map(|size| Carrying::of(15, size).capacity_lb());
        assert_eq!(loads, [112.5, 225.0, 225.0, 450.0, 900.0, 1_800.0]);
        assert_eq!(Carrying::of(20, Size::Large).push_lb(), 1_200.0);
    }

    #[test]
    fn a_growing_load_slows_down_step_by_step() {
        let bearer = Carrying::of(10, Size::Medium);
        let speeds =
            [50.0, 51.0, 101.0, 151.0, 301.0].map(|load| bearer.burden(load).speed(Feet(30), true).0);
        assert_eq!(speeds, [30, 20, 10, 5, 0]);
        assert_eq!(bearer.burden(101.0).speed(Feet(30), false), Feet(30));
    }

    #[test]
    fn the_small_grapple_the_medium_but_not_the_large() {
        assert!(Size::Small.can_grapple(Size::Medium));
        assert!(!Size::Small.can_grapple(Size::Large));
    }

    #[test]
    fn sizes_read_in_any_case() {
        assert_eq!(("Tiny".parse(), "gargantuan".parse()), (Ok(Size::Tiny), Ok(Size::Gargantuan)));
        assert!("colossal".parse::<Size>().is_err());
    }
}
