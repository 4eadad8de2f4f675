//! What a recipe's layers cost, estimated, and whether that is affordable.
//!
//! A step that looks around itself has the layers below it evaluated on a lattice of its own, and each of those may look
//! around itself again: a few dozen lines can ask for more points than a machine has memory for. So the looks that the
//! engine takes are walked through before any is taken, as the engine would evaluate them, with points counted instead of
//! made.

use std::collections::{BTreeMap, BTreeSet};

use grid::{CellCoord, UNITS_PER_METRE};

use super::{Recipe, RecipeFault};
use crate::{World, area::Area};

/// What a layer takes on one area beside its points, in nanoseconds: finding its inputs, making room.
const OVERHEAD_NS: f64 = 800.0;
/// Most evaluations of a layer on an area that one look may come to.
const EVALUATIONS_MAX: usize = 4_096;
/// Most points of one evaluation: 16 MB of numbers.
const POINTS_MAX: f64 = 4_194_304.0;

/// What a layer costs.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerCost {
    /// The layer's name.
    pub layer: String,
    /// About how long a chunk spends on it, in microseconds on a desk's processor, without the layers that it reads.
    pub microseconds_a_chunk: f32,
}

impl World {
    /// What each layer costs, the dearest first: an estimate from its step and keys, not a measurement.
    #[must_use]
    pub fn costs(&self) -> Vec<LayerCost> {
        let [of_chunk, _, _, _] = looks(self.recipe());
        let spent = Walk::over(self.recipe(), &of_chunk).spent;
        let mut costs: Vec<LayerCost> = self
            .recipe()
            .layers
            .keys()
            .map(|name| LayerCost {
                layer: name.clone(),
                microseconds_a_chunk: spent.get(name.as_str()).map_or(0.0, |spent| (spent / 1e3) as f32),
            })
            .collect();
        costs.sort_by(|a, b| b.microseconds_a_chunk.total_cmp(&a.microseconds_a_chunk));
        costs
    }
}

/// Some layers on an area, as the engine asks for them.
struct Look<'a> {
    /// What it is for, as the start of a sentence.
    what: &'static str,
    area: Area,
    layers: Vec<&'a str>,
    milliseconds_max: f64,
}

/// The looks that the engine takes, each with what it may take.
fn looks(recipe: &Recipe) -> [Look<'_>; 4] {
    let chunk = Area::of_chunk(CellCoord::new(0, 0));
    let square = |side: usize, step: i64| Area { width: side, height: side, step, ..chunk };
    let height = recipe.terrain.height.as_str();
    let mut of_chunk = vec![height, &recipe.climate.temperature, &recipe.climate.humidity];
    of_chunk.extend(recipe.danger.as_deref());
    of_chunk.extend(recipe.features.iter().filter_map(|rule| rule.density.as_deref()));
    let rivers = recipe.rivers.as_ref();
    [
        Look { what: "a chunk takes", area: chunk, layers: of_chunk.clone(), milliseconds_max: 10.0 },
        Look {
            what: "looking for rivers takes",
            area: square(32, rivers.map_or(1, |rivers| rivers.spacing.units() / 4)),
            layers: rivers.map(|rivers| rivers.of.as_str()).into_iter().collect(),
            milliseconds_max: 20.0,
        },
        Look {
            what: "looking for roads takes",
            area: square(128, 32 * UNITS_PER_METRE),
            layers: if recipe.roads.is_some() { vec![height] } else { Vec::new() },
            milliseconds_max: 300.0,
        },
        Look {
            what: "a look from afar takes",
            area: square(64, 64 * UNITS_PER_METRE),
            layers: of_chunk,
            milliseconds_max: 1_000.0,
        },
    ]
}

pub(super) fn check(recipe: &Recipe, faults: &mut Vec<RecipeFault>) {
    for look in looks(recipe) {
        let walk = Walk::over(recipe, &look);
        let spent_ms = walk.total_ns / 1e6;
        if !walk.is_too_wide && spent_ms <= look.milliseconds_max {
            continue;
        }
        let mut dearest: Vec<(&str, f64)> = walk.spent.into_iter().collect();
        dearest.sort_by(|a, b| b.1.total_cmp(&a.1));
        let dearest: Vec<String> =
            dearest.iter().take(3).map(|(layer, ns)| format!("{layer} {:.1} ms", ns / 1e6)).collect();
        let than = if walk.is_too_wide { "more than " } else { "about " };
        let fault = format!(
            "{} {than}{spent_ms:.0} ms, at most {} are affordable; the dearest: {}",
            look.what,
            look.milliseconds_max,
            dearest.join(", ")
        );
        faults.push(RecipeFault::new(fault).under("layers"));
        return;
    }
}

/// What a look comes to.
#[derive(Default)]
struct Walk<'a> {
    known: BTreeSet<(&'a str, [i64; 5])>,
    spent: BTreeMap<&'a str, f64>,
    total_ns: f64,
    /// Whether it was broken off.
    is_too_wide: bool,
}

impl<'a> Walk<'a> {
    fn over(recipe: &'a Recipe, look: &Look<'a>) -> Self {
        let mut walk = Self::default();
        for layer in &look.layers {
            walk.evaluate(recipe, layer, &look.area);
        }
        walk
    }

    fn evaluate(&mut self, recipe: &'a Recipe, layer: &'a str, area: &Area) {
        let key = [area.x, area.z, area.step, area.width as i64, area.height as i64];
        if self.is_too_wide || !self.known.insert((layer, key)) {
            return;
        }
        let field = recipe.layers[layer].field();
        let points = area.width as f64 * area.height as f64;
        let cost = points * f64::from(field.cost_ns()) + OVERHEAD_NS;
        *self.spent.entry(layer).or_default() += cost;
        self.total_ns += cost;
        self.is_too_wide = points > POINTS_MAX || self.known.len() > EVALUATIONS_MAX;
        for (_, input) in field.inputs() {
            self.evaluate(recipe, input, area);
        }
        if let Some((_, input)) = field.pull() {
            self.evaluate(recipe, input, &field.pulled(area));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::Severity;

    const GOLDEN: &str = include_str!("../../../tests/golden/every_step.json");

    fn with_layers(layers: &[(String, String)], height: &str) -> Vec<String> {
        let mut recipe: serde_json::Value = serde_json::from_str(GOLDEN).unwrap_or_default();
        for (name, step) in layers {
            recipe["layers"][name] = serde_json::from_str(step).unwrap_or_default();
        }
        recipe["terrain"]["height"] = height.into();
        let recipe: Recipe = serde_json::from_value(recipe).expect("the golden recipe and some steps");
        let faults = recipe.faults().into_iter().filter(|fault| fault.severity == Severity::Error);
        faults.map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn layers_that_look_around_themselves_again_and_again_are_refused_before_they_grow() {
        // Each doubles the areas that the one before is evaluated on.
        let mut layers = vec![("l0".to_owned(), r#"{"step": "constant", "value": 1}"#.to_owned())];
        for i in 0..30 {
            let slope = format!(r#"{{"step": "slope", "of": "l{i}", "every": "{} m"}}"#, i + 2);
            let sum = format!(r#"{{"step": "sum", "of": [{{"layer": "l{i}"}}, {{"layer": "s{i}"}}]}}"#);
            layers.extend([(format!("s{i}"), slope), (format!("l{}", i + 1), sum)]);
        }
        let faults = with_layers(&layers, "l30");
        assert!(faults.len() == 1 && faults[0].starts_with("layers: a chunk takes more than"), "{faults:?}");
    }

    #[test]
    fn a_fine_lattice_under_a_wide_look_is_refused() {
        let layers = [
            ("fine", r#"{"step": "slope", "of": "raised", "every": "1 m"}"#),
            (
                "wide",
                r#"{"step": "rain_shadow", "of": "fine", "from": "west", "reach": "8 km", "rise": "9 m"}"#,
            ),
        ];
        let faults = with_layers(&layers.map(|(name, step)| (name.to_owned(), step.to_owned())), "wide");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("the dearest: "), "{faults:?}");
    }

    #[test]
    fn each_layer_is_told_with_what_a_chunk_spends_on_it() {
        let world = World::new(1, serde_json::from_str(GOLDEN).expect("the golden recipe")).expect("sound");
        let costs = world.costs();
        assert_eq!(costs.len(), world.recipe().layers.len());
        assert!(costs[0].microseconds_a_chunk > 10.0 * costs[20].microseconds_a_chunk, "{costs:?}");
    }
}
