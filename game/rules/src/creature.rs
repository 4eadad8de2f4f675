//! The creatures that roam a world without a player.

use serde::{Deserialize, Serialize};

use crate::Feet;

/// A kind of creature that wanders. Source: SRD 5.1, "Monsters", "Miscellaneous Creatures" and "Nonplayer Characters".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum CreatureKind {
    Boar,
    BrownBear,
    Commoner,
    Deer,
    Elk,
    Goat,
    Wolf,
}

impl CreatureKind {
    /// All kinds, by name.
    pub const ALL: [Self; 7] =
        [Self::Boar, Self::BrownBear, Self::Commoner, Self::Deer, Self::Elk, Self::Goat, Self::Wolf];

    /// The kind's name for people to read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boar => "Boar",
            Self::BrownBear => "Brown bear",
            Self::Commoner => "Commoner",
            Self::Deer => "Deer",
            Self::Elk => "Elk",
            Self::Goat => "Goat",
            Self::Wolf => "Wolf",
        }
    }

    /// The id of its stat block in the content.
    #[must_use]
    pub const fn stat_block(self) -> &'static str {
        match self {
            Self::Boar => "srd:boar",
            Self::BrownBear => "srd:brown-bear",
            Self::Commoner => "srd:commoner",
            Self::Deer => "srd:deer",
            Self::Elk => "srd:elk",
            Self::Goat => "srd:goat",
            Self::Wolf => "srd:wolf",
        }
    }

    /// How far the creature walks in one round.
    #[must_use]
    pub const fn walking_speed(self) -> Feet {
        match self {
            Self::Commoner => Feet(30),
            Self::Boar | Self::BrownBear | Self::Goat | Self::Wolf => Feet(40),
            Self::Deer | Self::Elk => Feet(50),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deer_outruns_a_wolf_and_a_wolf_a_commoner() {
        assert!(CreatureKind::Deer.walking_speed() > CreatureKind::Wolf.walking_speed());
        assert!(CreatureKind::Wolf.walking_speed() > CreatureKind::Commoner.walking_speed());
    }

    #[test]
    fn every_kind_has_a_stat_block() {
        for kind in CreatureKind::ALL {
            let monster = crate::content::srd().monster(kind.stat_block().parse().unwrap());
            assert_eq!(monster.map(|monster| monster.speed.walk), Some(kind.walking_speed().0), "{kind:?}");
        }
    }

    #[test]
    fn kinds_travel_as_snake_case() {
        assert_eq!(serde_json::to_string(&CreatureKind::BrownBear).unwrap(), r#""brown_bear""#);
        assert_eq!(CreatureKind::ALL.map(CreatureKind::name)[1], "Brown bear");
    }
}
