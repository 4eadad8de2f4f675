//! Numbers with a unit, written the way people write them.

use std::fmt;

use grid::{UNITS_PER_CELL, UNITS_PER_METRE};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Expectation, fault::shortened};

/// A length in 1/256 m, written `40 m`, `1.5 km`, `2 cells`, or exactly in position units: `10240 u`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(i64);

impl Length {
    /// The longest length that a recipe can speak of: a hundred kilometres.
    const UNITS_MAX: i64 = 100_000 * UNITS_PER_METRE;

    /// Whole metres.
    pub(crate) const fn from_metres(metres: i64) -> Self {
        Self(metres * UNITS_PER_METRE)
    }

    /// The length in 1/256 m.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The length in metres, exact up to 65 km.
    pub(crate) const fn metres(self) -> f32 {
        self.0 as f32 / UNITS_PER_METRE as f32
    }

    fn parse(text: &str) -> Result<Self, String> {
        const UNITS: [(&str, i64); 5] = [
            ("m", UNITS_PER_METRE),
            ("km", 1_000 * UNITS_PER_METRE),
            ("cells", UNITS_PER_CELL),
            ("cell", UNITS_PER_CELL),
            ("u", 1),
        ];
        let (number, unit) = split(text);
        let value = number
            .parse::<f64>()
            .map_err(|_| format!("`{}` is not a length such as `40 m`", shortened(text)))?;
        if unit.is_empty() {
            return Err(format!("`{}` has no unit: write `{number} m`, `km` or `cells`", shortened(text)));
        }
        let scale = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, scale)| *scale);
        let scale =
            scale.ok_or_else(|| format!("unknown unit `{}` of a length: m, km or cells", shortened(unit)))?;
        let units = value * scale as f64;
        if units.abs() <= Self::UNITS_MAX as f64 {
            Ok(Self(units.round() as i64))
        } else {
            Err(format!("`{}` is beyond 100 km", shortened(text)))
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} m", self.0 as f64 / UNITS_PER_METRE as f64)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} u", self.0))
    }
}

/// A share of a whole, written `45%` or `0.45`; for slopes, rise over run.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Share(f32);

impl Share {
    /// The share, 1 being the whole.
    #[must_use]
    pub const fn get(self) -> f32 {
        self.0
    }

    /// The share in thousandths, for decisions that must not hang on a float's last bit.
    #[must_use]
    pub fn permille(self) -> i64 {
        (self.0 * 1_000.0).round() as i64
    }

    fn parse(text: &str) -> Result<Self, String> {
        let (number, unit) = split(text);
        let value = number
            .parse::<f64>()
            .map_err(|_| format!("`{}` is not a share such as `45%`", shortened(text)))?;
        match unit {
            "%" => Self::new(value / 100.0),
            "" => Self::new(value),
            _ => Err(format!("unknown unit `{}` of a share: write `45%` or `0.45`", shortened(unit))),
        }
    }

    fn new(value: f64) -> Result<Self, String> {
        if (0.0..=10.0).contains(&value) {
            Ok(Self(value as f32))
        } else {
            Err(format!("{value} is no share: 0% to 1000%"))
        }
    }
}

/// A colour, written `#7fa650`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Colour {
    fn parse(text: &str) -> Result<Self, String> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, r, g, b] = number
            .ok_or_else(|| format!("`{}` is not a colour such as `#7fa650`", shortened(text)))?
            .to_be_bytes();
        Ok(Self { r, g, b })
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b))
    }
}

/// The number at the front of a text, and what follows.
fn split(text: &str) -> (&str, &str) {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// Takes a text or a bare number, and says what is wrong with either in the same words.
struct Written<T> {
    expecting: &'static str,
    parse: fn(&str) -> Result<T, String>,
}

impl<T> de::Visitor<'_> for Written<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text.trim()).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

macro_rules! written {
    ($($name:ident: $expecting:literal, pattern $pattern:literal;)+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Written { expecting: $expecting, parse: Self::parse })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": ["string", "number"], "pattern": $pattern, "description": $expecting })
            }
        }
    )+};
}

written! {
    Length: "a length such as `40 m`", pattern r"^([-+0-9.]+ ?(m|km|cells?|u)|\$.+)$";
    Share: "a share such as `45%`", pattern r"^([0-9.]+ ?%?|\$.+)$";
    Expectation: "an expectation such as `30% ± 3%`, `> 10%` or `20% to 40%`", pattern ".+";
    Colour: "a colour such as `#7fa650`", pattern "^#[0-9a-fA-F]{6}$";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_units() {
        assert_eq!(Length::parse("1.5 km").unwrap().units(), 384_000);
        assert_eq!(Length::parse("-0.5m").unwrap().units(), -128);
        assert_eq!(Length::parse("2 cells").unwrap().units(), 2 * UNITS_PER_CELL);
        assert_eq!(serde_json::to_string(&Length(77)).unwrap(), r#""77 u""#);
        assert_eq!(serde_json::from_str::<Length>(r#""77 u""#).unwrap(), Length(77));
    }

    #[test]
    fn wrong_units_are_named() {
        assert_eq!(Length::parse("900").unwrap_err(), "`900` has no unit: write `900 m`, `km` or `cells`");
        assert_eq!(Length::parse("900 ft").unwrap_err(), "unknown unit `ft` of a length: m, km or cells");
        assert_eq!(Length::parse("1e9 km").unwrap_err(), "unknown unit `e9 km` of a length: m, km or cells");
        assert!(Length::parse("200 km").unwrap_err().contains("beyond"));
        assert!(Share::parse("-5%").is_err() && Share::parse("5 m").is_err() && Share::parse("NaN").is_err());
        assert!(Colour::parse("7fa650").is_err() && Colour::parse("#7fa65é").is_err());
    }

    #[test]
    fn shares_are_read_either_way() {
        assert_eq!(Share::parse("45%").unwrap().permille(), 450);
        assert_eq!(serde_json::from_str::<Share>("0.45").unwrap(), Share::parse("45 %").unwrap());
    }
}
