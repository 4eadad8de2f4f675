//! Cover: what stands between an attacker and its target.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How much of a target is covered. Only the best cover counts. Source: SRD 5.1, "Cover".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    /// In the open.
    #[default]
    None,
    /// At least half of it is behind something.
    Half,
    /// About three quarters.
    ThreeQuarters,
    /// All of it: nothing can be aimed at it.
    Total,
}

impl Cover {
    /// What cover adds to armour class and to Dexterity saves. Nothing can aim at who is fully covered, so nothing is added.
    #[must_use]
    pub const fn bonus(self) -> u8 {
        match self {
            Self::None | Self::Total => 0,
            Self::Half => 2,
            Self::ThreeQuarters => 5,
        }
    }

    /// Whether an attack or spell can be aimed at the target.
    #[must_use]
    pub const fn can_be_targeted(self) -> bool {
        !matches!(self, Self::Total)
    }
}

/// No cover has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no cover; there are none, half, three-quarters and total")]
pub struct NoSuchCover(String);

impl FromStr for Cover {
    type Err = NoSuchCover;

    fn from_str(text: &str) -> Result<Self, NoSuchCover> {
        match text {
            "none" => Ok(Self::None),
            "half" => Ok(Self::Half),
            "three-quarters" | "three_quarters" => Ok(Self::ThreeQuarters),
            "total" => Ok(Self::Total),
            other => Err(NoSuchCover(other.chars().take(40).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_cover_protects_better_until_nothing_can_aim() {
        assert_eq!([Cover::None, Cover::Half, Cover::ThreeQuarters].map(Cover::bonus), [0, 2, 5]);
        assert!(Cover::ThreeQuarters.can_be_targeted() && !Cover::Total.can_be_targeted());
        assert_eq!([Cover::Half, Cover::Total, Cover::None].into_iter().max(), Some(Cover::Total));
    }

    #[test]
    fn cover_is_read_by_name() {
        assert_eq!("three-quarters".parse(), Ok(Cover::ThreeQuarters));
        assert!("behind a tree".parse::<Cover>().is_err());
    }
}
