//! The playable races.

use serde::{Deserialize, Serialize};

use crate::Feet;

/// A playable race. Source: SRD 5.1, "Races".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Race {
    Dragonborn,
    Dwarf,
    Elf,
    Gnome,
    HalfElf,
    HalfOrc,
    Halfling,
    Human,
    Tiefling,
}

impl Race {
    /// All races, by name.
    pub const ALL: [Self; 9] = [
        Self::Dragonborn,
        Self::Dwarf,
        Self::Elf,
        Self::Gnome,
        Self::HalfElf,
        Self::HalfOrc,
        Self::Halfling,
        Self::Human,
        Self::Tiefling,
    ];

    /// How far the race walks in one round.
    #[must_use]
    pub const fn walking_speed(self) -> Feet {
        match self {
            Self::Dwarf | Self::Gnome | Self::Halfling => Feet(25),
            Self::Dragonborn | Self::Elf | Self::HalfElf | Self::HalfOrc | Self::Human | Self::Tiefling => {
                Feet(30)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn races_travel_as_snake_case() {
        let names = serde_json::to_string(&Race::ALL).unwrap();
        assert_eq!(
            names,
            r#"["dragonborn","dwarf","elf","gnome","half_elf","half_orc","halfling","human","tiefling"]"#
        );
        assert_eq!(serde_json::from_str::<[Race; 9]>(&names).unwrap(), Race::ALL);
    }

    #[test]
    fn the_short_folk_walk_slower() {
        assert_eq!(Race::Dwarf.walking_speed(), Feet(25));
        assert_eq!(Race::HalfOrc.walking_speed(), Feet(30));
    }
}
