//! What can never occur, because no layer's values get there.

use std::collections::BTreeMap;

use super::{Recipe, RecipeFault, Span};
use crate::steps::Range;

/// The range of each layer, worked out from its step and the ranges of what it reads. The layers have no circle.
pub(super) fn ranges(recipe: &Recipe) -> BTreeMap<&str, Range> {
    let mut ranges = BTreeMap::new();
    for name in recipe.layers.keys() {
        range(recipe, name, &mut ranges);
    }
    ranges
}

fn range<'a>(recipe: &'a Recipe, name: &'a str, ranges: &mut BTreeMap<&'a str, Range>) -> Range {
    if let Some(known) = ranges.get(name) {
        return *known;
    }
    let field = recipe.layers[name].field();
    let inputs: Vec<Range> = field
        .inputs()
        .into_iter()
        .chain(field.pull())
        .map(|(_, input)| range(recipe, input, ranges))
        .collect();
    let known = field.range(&inputs);
    ranges.insert(name, known);
    known
}

/// What the ground and its climate can be at all.
struct Reach {
    temperature: Range,
    humidity: Range,
    height: Range,
}

/// The greatest value that a layer may have, either way. What is greater soon is no number any more.
const VALUE_MAX: f32 = 1e9;

pub(super) fn check(recipe: &Recipe, faults: &mut Vec<RecipeFault>) {
    let ranges = ranges(recipe);
    let is_bounded = |range: &Range| range.low >= -VALUE_MAX && range.high <= VALUE_MAX;
    if let Some((name, range)) = ranges.iter().find(|(_, range)| !is_bounded(range)) {
        let fault = format!("reaches {:e} to {:e}, at most {VALUE_MAX:e} either way", range.low, range.high);
        faults.push(RecipeFault::new(fault).under(name).under("layers"));
        return;
    }
    let (low, high) = (recipe.terrain.lowest.metres(), recipe.terrain.lowest.metres() + 1_023.0);
    let of = |layer: &str| ranges[layer];
    let height = of(&recipe.terrain.height);
    if height.low < low - 0.5 || height.high > high + 0.5 {
        let fault = format!(
            "the layer reaches {:.0} m to {:.0} m, stored are {low:.0} m to {high:.0} m: beyond, the ground is cut off",
            height.low, height.high
        );
        faults.push(RecipeFault::warning(fault).under("height").under("terrain"));
    }
    let reach = Reach {
        temperature: of(&recipe.climate.temperature).clamp(0.0, 1.0),
        humidity: of(&recipe.climate.humidity).clamp(0.0, 1.0),
        // Rivers, roads and settlements only shape the ground in between.
        height: height.clamp(low, high),
    };
    let mut blame = |list: &str, index: usize, id: &str, within: &Span| {
        for (key, why) in reach.never(within) {
            let fault = RecipeFault::warning(format!("`{id}` can't occur: {why}"));
            faults.push(fault.under(key).under("within").under(index).under(list));
        }
    };
    recipe.biomes.iter().enumerate().for_each(|(i, biome)| blame("biomes", i, &biome.id, &biome.within));
    recipe.features.iter().enumerate().for_each(|(i, rule)| blame("features", i, &rule.id, &rule.within));
    let settlements = recipe.settlements.iter().enumerate();
    settlements.for_each(|(i, place)| blame("settlements", i, &place.id, &place.within));
}

impl Reach {
    /// Why nothing lies within a span: the key, and the reason.
    fn never(&self, within: &Span) -> Vec<(&'static str, String)> {
        let shares =
            |span: Option<(crate::Share, crate::Share)>| span.map(|(low, high)| (low.get(), high.get()));
        let metres = within.height.map(|(low, high)| (low.metres(), high.metres()));
        [
            ("temperature", self.temperature, shares(within.temperature), 2, ""),
            ("humidity", self.humidity, shares(within.humidity), 2, ""),
            ("height", self.height, metres, 0, " m"),
        ]
        .into_iter()
        .filter_map(|(key, reach, span, digits, unit)| {
            let (low, high) = span?;
            if reach.high < low {
                Some((
                    key,
                    format!("{key} stays under {:.digits$}{unit}, needs {low:.digits$}{unit}", reach.high),
                ))
            } else if reach.low > high {
                Some((
                    key,
                    format!("{key} stays over {:.digits$}{unit}, needs {high:.digits$}{unit}", reach.low),
                ))
            } else {
                None
            }
        })
        .collect()
    }
}
