//! How long something lasts.
//!
//! "Until the end of your next turn" hangs on an edge of somebody's turn, never on a number of ticks: somebody who acts
//! sooner or later than expected takes the end of the effect along.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::expr::Expr;

/// How long an effect lasts, written as `instant`, `10 minutes`, `@slot hours`, `source turn end`, `long rest` and so on.
#[derive(Clone, Debug, PartialEq)]
pub enum Duration {
    /// `instant`: no time.
    Instant,
    /// `1 round`, `10 minutes`, `8 hours`, `7 days`: a span of time. Spans of rounds end at the source's turn.
    Span(Box<Expr>, Span),
    /// `source turn start`, `target turn end`: the next such edge. `this turn` is the end of the turn that runs.
    Until(Edge),
    /// `short rest`: until any rest.
    ShortRest,
    /// `long rest`: until a long rest.
    LongRest,
    /// `dawn`: until the next dawn.
    Dawn,
    /// `spell`: as long as the spell or the effect that it comes from.
    Parent,
    /// `dispelled`: until magic ends it.
    Dispelled,
    /// `permanent`: for good.
    Permanent,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Six seconds.
    Round,
    /// Ten rounds.
    Minute,
    /// Sixty minutes.
    Hour,
    /// Twenty-four hours.
    Day,
}

impl Span {
    /// Rounds in the unit.
    #[must_use]
    pub const fn rounds(self) -> u32 {
        match self {
            Self::Round => 1,
            Self::Minute => 10,
            Self::Hour => 600,
            Self::Day => 14_400,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// An edge of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The start of the next turn of the creature that the effect comes from.
    SourceStart,
    /// The end of its next turn.
    SourceEnd,
    /// The start of the next turn of the creature that bears the effect.
    TargetStart,
    /// The end of its next turn.
    TargetEnd,
    /// The end of the turn that runs now, whoever's it is.
    ThisTurn,
}

/// Durations without a number.
const WORDS: [(&str, Duration); 12] = [
    ("instant", Duration::Instant),
    ("source turn start", Duration::Until(Edge::SourceStart)),
    ("source turn end", Duration::Until(Edge::SourceEnd)),
    ("target turn start", Duration::Until(Edge::TargetStart)),
    ("target turn end", Duration::Until(Edge::TargetEnd)),
    ("this turn", Duration::Until(Edge::ThisTurn)),
    ("short rest", Duration::ShortRest),
    ("long rest", Duration::LongRest),
    ("dawn", Duration::Dawn),
    ("spell", Duration::Parent),
    ("dispelled", Duration::Dispelled),
    ("permanent", Duration::Permanent),
];

impl FromStr for Duration {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, duration)) = WORDS.iter().find(|(word, _)| *word == text) {
            return Ok(duration.clone());
        }
        let (amount, unit) = text.rsplit_once(' ').ok_or_else(|| unknown(text))?;
        let span = match unit.trim_end_matches('s') {
            "round" => Span::Round,
            "minute" => Span::Minute,
            "hour" => Span::Hour,
            "day" => Span::Day,
            _ => return Err(unknown(text)),
        };
        let amount: Expr = amount.parse().map_err(|error| format!("{error}"))?;
        Ok(Self::Span(Box::new(amount), span))
    }
}

fn unknown(text: &str) -> String {
    format!(
        "`{}` is no duration such as `10 minutes`, `source turn end` or `dispelled`",
        text.chars().take(60).collect::<String>()
    )
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Span(amount, span) = self {
            let one = amount.plain().is_some_and(|plain| plain.count == 0 && plain.bonus == 1);
            return write!(f, "{amount} {}{}", span.word(), if one { "" } else { "s" });
        }
        let word = WORDS.iter().find(|(_, duration)| duration == self).map_or("instant", |(word, _)| *word);
        f.write_str(word)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "authoring")]
impl schemars::JsonSchema for Duration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "How long something lasts.",
            "examples": ["instant", "1 round", "10 minutes", "8 hours", "source turn end", "target turn start", "this turn", "long rest", "dispelled", "permanent"],
        })
    }
}
