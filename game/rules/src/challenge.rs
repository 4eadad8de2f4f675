//! Challenge ratings: how dangerous a monster is, and what it is worth.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A monster's challenge rating: 0, 1/8, 1/4, 1/2, then 1 to 30. Source: SRD 5.1, "Monsters", "Challenge".
///
/// Written `1/8` in text and 0.125 as a number; both are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChallengeRating {
    eighths: u8,
}

/// Not a challenge rating.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no challenge rating; they are 0, 1/8, 1/4, 1/2 and 1 to 30")]
pub struct NotAChallenge(String);

/// Experience for one monster of rating 1 to 30.
const XP: [u32; 30] = [
    200, 450, 700, 1_100, 1_800, 2_300, 2_900, 3_900, 5_000, 5_900, 7_200, 8_400, 10_000, 11_500, 13_000,
    15_000, 18_000, 20_000, 22_000, 25_000, 33_000, 41_000, 50_000, 62_000, 75_000, 90_000, 105_000, 120_000,
    135_000, 155_000,
];

impl ChallengeRating {
    /// The rating of a harmless creature.
    pub const ZERO: Self = Self { eighths: 0 };

    /// From a number such as 0.25 or 12.
    ///
    /// # Errors
    ///
    /// Refuses what is no rating.
    pub fn from_number(number: f64) -> Result<Self, NotAChallenge> {
        let eighths = number * 8.0;
        let known = [0.0, 1.0, 2.0, 4.0].contains(&eighths)
            || (eighths % 8.0 == 0.0 && (8.0..=240.0).contains(&eighths));
        if known { Ok(Self { eighths: eighths as u8 }) } else { Err(NotAChallenge(number.to_string())) }
    }

    /// All ratings, rising.
    pub fn all() -> impl Iterator<Item = Self> {
        [0, 1, 2, 4].into_iter().chain((1..=30).map(|rating| rating * 8)).map(|eighths| Self { eighths })
    }

    /// The rating as a number: 0.125 for 1/8.
    #[must_use]
    pub fn as_number(self) -> f64 {
        f64::from(self.eighths) / 8.0
    }

    /// Experience for defeating one such monster. Source: SRD 5.1, "Experience Points".
    ///
    /// Rating 0 is worth 10; one that can't hurt anybody is worth nothing, which only its stat block can tell.
    #[must_use]
    pub const fn experience(self) -> u32 {
        match self.eighths {
            0 => 10,
            1 => 25,
            2 => 50,
            4 => 100,
            eighths => XP[eighths as usize / 8 - 1],
        }
    }

    /// What such a monster adds where it is proficient. Source: SRD 5.1, "Proficiency Bonus by Challenge Rating".
    #[must_use]
    pub const fn proficiency_bonus(self) -> u8 {
        match self.eighths / 8 {
            0 => 2,
            rating => 2 + (rating - 1) / 4,
        }
    }
}

impl FromStr for ChallengeRating {
    type Err = NotAChallenge;

    fn from_str(text: &str) -> Result<Self, NotAChallenge> {
        let refused = || NotAChallenge(text.chars().take(40).collect());
        match text.trim() {
            "1/8" => Ok(Self { eighths: 1 }),
            "1/4" => Ok(Self { eighths: 2 }),
            "1/2" => Ok(Self { eighths: 4 }),
            number => Self::from_number(number.parse().map_err(|_| refused())?).map_err(|_| refused()),
        }
    }
}

impl fmt::Display for ChallengeRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.eighths {
            1 => f.write_str("1/8"),
            2 => f.write_str("1/4"),
            4 => f.write_str("1/2"),
            eighths => write!(f, "{}", eighths / 8),
        }
    }
}

impl Serialize for ChallengeRating {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChallengeRating {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rating;
        impl de::Visitor<'_> for Rating {
            type Value = ChallengeRating;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a challenge rating such as \"1/4\" or 5")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<ChallengeRating, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ChallengeRating, E> {
                ChallengeRating::from_number(number as f64).map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ChallengeRating, E> {
                ChallengeRating::from_number(number as f64).map_err(E::custom)
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<ChallengeRating, E> {
                ChallengeRating::from_number(number).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Rating)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(text: &str) -> ChallengeRating {
        text.parse().unwrap()
    }

    #[test]
    fn experience_and_proficiency_follow_the_tables() {
        let table = [
            ("0", 10, 2),
            ("1/8", 25, 2),
            ("1/2", 100, 2),
            ("4", 1_100, 2),
            ("5", 1_800, 3),
            ("30", 155_000, 9),
        ];
        for (text, experience, proficiency) in table {
            assert_eq!(rating(text).experience(), experience, "rating {text}");
            assert_eq!(rating(text).proficiency_bonus(), proficiency, "rating {text}");
        }
    }

    #[test]
    fn a_harder_monster_is_never_worth_less() {
        let all: Vec<_> = ChallengeRating::all().collect();
        assert_eq!(all.len(), 34);
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].experience() < pair[1].experience());
            assert!(pair[0].proficiency_bonus() <= pair[1].proficiency_bonus());
        }
    }

    #[test]
    fn ratings_are_read_as_text_and_as_numbers() {
        for (json, text) in [("\"1/8\"", "1/8"), ("0.25", "1/4"), ("12", "12"), ("\"0.5\"", "1/2")] {
            let read: ChallengeRating = serde_json::from_str(json).unwrap();
            assert_eq!(read.to_string(), text);
        }
        for refused in ["0.3", "31", "-1", "1/3", "\"\"", "\"NaN\"", "1e99"] {
            assert!(serde_json::from_str::<ChallengeRating>(refused).is_err(), "{refused}");
        }
    }
}
