//! Who fights whom.

/// The side that an entity fights on. Entities of one faction are allies to every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Faction(pub u16);

impl Faction {
    /// Players, and whoever is with them.
    pub const PLAYERS: Self = Self(1);
    /// Beasts and people that leave everybody alone until they are attacked.
    pub const PEACEFUL: Self = Self(2);
    /// Monsters that attack whoever is not of their own.
    pub const MONSTERS: Self = Self(3);

    /// Whether the one attacks the other at sight.
    #[must_use]
    pub const fn is_hostile_to(self, other: Self) -> bool {
        self.0 != other.0 && self.0 != Self::PEACEFUL.0 && other.0 != Self::PEACEFUL.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monsters_and_players_fight_and_deer_are_left_alone() {
        assert!(Faction::MONSTERS.is_hostile_to(Faction::PLAYERS));
        assert!(Faction(40).is_hostile_to(Faction::MONSTERS));
        assert!(!Faction::MONSTERS.is_hostile_to(Faction::MONSTERS));
        assert!(!Faction::MONSTERS.is_hostile_to(Faction::PEACEFUL));
        assert!(!Faction::PEACEFUL.is_hostile_to(Faction::PLAYERS));
    }
}
