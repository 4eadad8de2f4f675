//! What must be true of the worlds that grow from a recipe: its `tests`.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize, Serializer};

use super::fault::shortened;

/// What must be true of the worlds that grow from the recipe, whatever the seed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tests {
    /// Share of the plane that lies under the sea.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocean_share: Option<Expectation>,
    /// Share of the dry land where one can walk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walkable_share: Option<Expectation>,
    /// The slope that 99 of 100 places of the dry land stay below, as rise over run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slope_p99: Option<Expectation>,
    /// Height of the highest place, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest: Option<Expectation>,
    /// Share of the settlements that lie on the largest stretch of ground that one can walk, roads and fords included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlements_reachable: Option<Expectation>,
    /// Share of the plane that each biome takes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub biome_share: BTreeMap<String, Expectation>,
}

/// The numbers that are expected, ends included: `30% ± 3%`, `> 10%`, `< 0.9`, `20% to 40%`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Expectation {
    /// Whether the number is as expected.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{}` is no expectation such as `30% ± 3%`, `> 10%` or `20% to 40%`", shortened(text));
        let number = |text: &str| -> Result<f64, String> {
            let text = text.trim();
            let (digits, scale) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 0.01));
            let digits = digits.trim().trim_end_matches('m').trim();
            let number = digits.parse::<f64>().map_err(|_| wrong())?;
            let scaled = number * scale;
            if scaled.is_finite() { Ok(scaled) } else { Err(wrong()) }
        };
        let text = text.trim();
        if let Some((middle, away)) = text.split_once('±').or_else(|| text.split_once("+-")) {
            let (middle, away) = (number(middle)?, number(away)?);
            // 30% ± 3% includes 33%, whatever binary fractions make of it.
            let rounded = |number: f64| (number * 1e9).round() / 1e9;
            return Ok(Self { low: rounded(middle - away), high: rounded(middle + away) });
        }
        if let Some((low, high)) = text.split_once(" to ") {
            return Ok(Self { low: number(low)?, high: number(high)? });
        }
        match text.split_at_checked(1) {
            Some((">", low)) => Ok(Self { low: number(low)?, high: f64::INFINITY }),
            Some(("<", high)) => Ok(Self { low: f64::NEG_INFINITY, high: number(high)? }),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => write!(f, "{} to {}", self.low, self.high),
            (true, false) => write!(f, "> {}", self.low),
            _ => write!(f, "< {}", self.high),
        }
    }
}

impl Serialize for Expectation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_are_read_as_people_write_them() {
        let read = |text| Expectation::parse(text).unwrap();
        assert!(read("30% ± 3%").holds(0.33) && !read("30% ± 3%").holds(0.34));
        assert!(read("> 10%").holds(0.1) && !read("> 10%").holds(0.09));
        assert!(read("20% to 40%").holds(0.2) && read("< 0.9").holds(-5.0));
        assert!(read("> 300 m").holds(300.0));
        for text in ["", "30%", "ten", "> x", "± 3%", "> inf"] {
            assert!(Expectation::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn expectations_come_back_from_the_wire() {
        for text in ["27% to 33%", "> 10%", "< 0.9"] {
            let expectation = Expectation::parse(text).unwrap();
            let wire = serde_json::to_string(&expectation).unwrap();
            assert_eq!(serde_json::from_str::<Expectation>(&wire).unwrap(), expectation);
        }
    }
}
