//! How long something lasts in the words of the rules: rounds, minutes, hours, days.
//!
//! What hangs on a turn's edge ("until the end of your next turn") is no time span; it ends with that turn.

use std::str::FromStr;

/// A whole number of seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeSpan {
    seconds: u32,
}

/// Not a time span.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time span such as `1 round`, `10 minutes` or `8 hours`, of at most ten years")]
pub struct NotATimeSpan(String);

/// Ten years: longer than any spell that ends at all.
const SECONDS_MAX: u32 = 10 * 365 * 86_400;

impl TimeSpan {
    /// From rounds of six seconds.
    #[must_use]
    pub const fn rounds(rounds: u16) -> Self {
        Self { seconds: rounds as u32 * 6 }
    }

    /// From seconds.
    #[must_use]
    pub const fn seconds(seconds: u32) -> Self {
        Self { seconds }
    }

    /// The length in seconds.
    #[must_use]
    pub const fn as_seconds(self) -> u32 {
        self.seconds
    }

    /// The length in simulation ticks.
    #[must_use]
    pub fn ticks(self, ticks_per_second: f64) -> f64 {
        f64::from(self.seconds) * ticks_per_second
    }
}

impl FromStr for TimeSpan {
    type Err = NotATimeSpan;

    /// Reads `1 minute` and `8 hours`, also behind the words that spells put before them: `Concentration, up to 1 hour`.
    fn from_str(text: &str) -> Result<Self, NotATimeSpan> {
        let refused = || NotATimeSpan(text.chars().take(40).collect());
        let mut words = text.split_whitespace().rev();
        let unit = words.next().ok_or_else(refused)?.to_ascii_lowercase();
        let number: u32 = words.next().and_then(|word| word.parse().ok()).ok_or_else(refused)?;
        let seconds_each = match unit.trim_end_matches('s') {
            "second" => 1,
            "round" | "turn" => 6,
            "minute" => 60,
            "hour" => 3_600,
            "day" => 86_400,
            "week" => 7 * 86_400,
            "year" => 365 * 86_400,
            _ => return Err(refused()),
        };
        let seconds = number.checked_mul(seconds_each).filter(|seconds| *seconds <= SECONDS_MAX);
        seconds.map(|seconds| Self { seconds }).ok_or_else(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_in_words_and_counted_in_ticks() {
        let ticks = |text: &str| text.parse::<TimeSpan>().unwrap().ticks(60.0);
        assert_eq!(ticks("8 hours"), 1_728_000.0);
        assert_eq!(ticks("1 round"), 360.0);
        assert_eq!(ticks("Concentration, up to 1 minute"), 3_600.0);
        assert_eq!(TimeSpan::rounds(10), TimeSpan::seconds(60));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "Instantaneous", "hours", "-1 hours", "2 moons", "99999 years"] {
            assert!(text.parse::<TimeSpan>().is_err(), "{text}");
        }
    }
}
