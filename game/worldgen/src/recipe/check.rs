//! Whether a recipe makes sense as a whole: references, cycles, limits.

use std::collections::BTreeMap;

use grid::UNITS_PER_METRE;

use super::{FORMAT, Length, Recipe, RecipeFault, Share, Span};
use crate::{noise::ENGINE, steps::Step};

const LAYERS_MAX: usize = 64;
const BIOMES_MAX: usize = 64;
const FEATURES_MAX: usize = 32;
/// Octaves of noise a point may cost in all: bounds the time that a chunk takes, whoever wrote the recipe.
const OCTAVES_MAX: u32 = 160;
/// Densest candidates for features: 32×32 a chunk.
const SPACING_MIN_UNITS: i64 = 2 * UNITS_PER_METRE;
const SPACING_MAX_UNITS: i64 = 10_000 * UNITS_PER_METRE;

impl Recipe {
    /// Whether a world can be made from the recipe; the first fault otherwise.
    pub(crate) fn check(&self) -> Result<(), RecipeFault> {
        if self.format != FORMAT {
            return Err(RecipeFault::new(format!("format {} is unknown, known is {FORMAT}", self.format))
                .under("format"));
        }
        if self.engine != ENGINE {
            return Err(RecipeFault::new(format!("engine {} is unknown, known is {ENGINE}", self.engine))
                .under("engine"));
        }
        check_id(&self.id).map_err(|fault| fault.under("id"))?;
        self.check_layers().map_err(|fault| fault.under("layers"))?;
        self.check_terrain().map_err(|fault| fault.under("terrain"))?;
        self.check_climate().map_err(|fault| fault.under("climate"))?;
        self.check_biomes().map_err(|fault| fault.under("biomes"))?;
        self.check_features().map_err(|fault| fault.under("features"))
    }

    fn check_layers(&self) -> Result<(), RecipeFault> {
        if !(1..=LAYERS_MAX).contains(&self.layers.len()) {
            return Err(RecipeFault::new(format!("a recipe has 1 to {LAYERS_MAX} layers")));
        }
        for (name, step) in &self.layers {
            check_id(name).and_then(|()| self.check_step(step)).map_err(|fault| fault.under(name))?;
        }
        let octaves: u32 = self.layers.values().map(|step| step.field().octaves()).sum();
        if octaves > OCTAVES_MAX {
            return Err(RecipeFault::new(format!(
                "{octaves} octaves in all, at most {OCTAVES_MAX} keep a chunk affordable"
            )));
        }
        let mut done = BTreeMap::new();
        self.layers.keys().try_for_each(|name| self.follow(name, &mut Vec::new(), &mut done))
    }

    fn check_step(&self, step: &Step) -> Result<(), RecipeFault> {
        let field = step.field();
        field.check()?;
        field
            .inputs()
            .into_iter()
            .try_for_each(|(key, layer)| self.layer(layer).map_err(|fault| fault.under(key)))
    }

    fn layer(&self, name: &str) -> Result<(), RecipeFault> {
        if self.layers.contains_key(name) {
            return Ok(());
        }
        Err(RecipeFault::unknown("layer", name, self.layers.keys().map(String::as_str)))
    }

    /// Follows what a layer reads, and refuses a way that comes back to where it was.
    fn follow<'a>(
        &'a self,
        name: &'a str,
        way: &mut Vec<&'a str>,
        done: &mut BTreeMap<&'a str, ()>,
    ) -> Result<(), RecipeFault> {
        if done.contains_key(name) {
            return Ok(());
        }
        if let Some(start) = way.iter().position(|passed| *passed == name) {
            let circle = [&way[start..], &[name]].concat().join(" → ");
            return Err(
                RecipeFault::new(format!("the layers read each other in a circle: {circle}")).under(name)
            );
        }
        way.push(name);
        for (_, input) in self.layers[name].field().inputs() {
            self.follow(input, way, done)?;
        }
        way.pop();
        done.insert(name, ());
        Ok(())
    }

    fn check_terrain(&self) -> Result<(), RecipeFault> {
        let terrain = &self.terrain;
        self.layer(&terrain.height).map_err(|fault| fault.under("height"))?;
        let top = terrain.lowest.units() + 1_024 * UNITS_PER_METRE;
        if !(terrain.lowest.units()..top).contains(&terrain.water_level.units()) {
            let fault = RecipeFault::new("must lie between `lowest` and 1024 m above it");
            return Err(fault.under("water_level"));
        }
        Ok(())
    }

    fn check_climate(&self) -> Result<(), RecipeFault> {
        self.layer(&self.climate.temperature).map_err(|fault| fault.under("temperature"))?;
        self.layer(&self.climate.humidity).map_err(|fault| fault.under("humidity"))?;
        if self.climate.height_scale.units() < UNITS_PER_METRE {
            return Err(RecipeFault::new("must be 1 m or more").under("height_scale"));
        }
        Ok(())
    }

    fn check_biomes(&self) -> Result<(), RecipeFault> {
        if !(1..=BIOMES_MAX).contains(&self.biomes.len()) {
            return Err(RecipeFault::new(format!("a recipe has 1 to {BIOMES_MAX} biomes")));
        }
        for (index, biome) in self.biomes.iter().enumerate() {
            let earlier = self.biomes[..index].iter().map(|other| other.id.as_str());
            check_entry(&biome.id, earlier)
                .and_then(|()| check_span(&biome.within))
                .map_err(|fault| fault.under(index))?;
        }
        Ok(())
    }

    fn check_features(&self) -> Result<(), RecipeFault> {
        if self.features.len() > FEATURES_MAX {
            return Err(RecipeFault::new(format!("a recipe has at most {FEATURES_MAX} features")));
        }
        for (index, rule) in self.features.iter().enumerate() {
            let earlier = self.features[..index].iter().map(|other| other.id.as_str());
            check_entry(&rule.id, earlier)
                .and_then(|()| check_span(&rule.within))
                .and_then(|()| self.check_placement(rule))
                .map_err(|fault| fault.under(index))?;
        }
        Ok(())
    }

    fn check_placement(&self, rule: &super::FeatureRule) -> Result<(), RecipeFault> {
        for (index, biome) in rule.biomes.iter().enumerate() {
            if !self.biomes.iter().any(|known| known.id == *biome) {
                let known = self.biomes.iter().map(|known| known.id.as_str());
                return Err(RecipeFault::unknown("biome", biome, known).under(index).under("biomes"));
            }
        }
        if let Some(density) = &rule.density {
            self.layer(density).map_err(|fault| fault.under("density"))?;
        }
        if !(SPACING_MIN_UNITS..=SPACING_MAX_UNITS).contains(&rule.spacing.units()) {
            return Err(RecipeFault::new("must be 2 m to 10 km").under("spacing"));
        }
        if !(0..=64 * UNITS_PER_METRE).contains(&rule.radius.units()) {
            return Err(RecipeFault::new("must be 0 m to 64 m").under("radius"));
        }
        if rule.chance.get() > 1.0 {
            return Err(RecipeFault::new("must be 0% to 100%").under("chance"));
        }
        if rule.scale.1.get() > 3.98 {
            return Err(RecipeFault::new("must be at most 398%").under("scale"));
        }
        check_order(rule.scale.0, rule.scale.1).map_err(|fault| fault.under("scale"))
    }
}

/// Names are part of seeds and of the interfaces built on top: plain, and short.
fn check_id(id: &str) -> Result<(), RecipeFault> {
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-');
    if plain && (1..=40).contains(&id.len()) {
        return Ok(());
    }
    let id = super::fault::shortened(id);
    Err(RecipeFault::new(format!("`{id}` is no name: up to 40 of a-z, 0-9, `_` and `-`")))
}

fn check_entry<'a>(id: &str, mut earlier: impl Iterator<Item = &'a str>) -> Result<(), RecipeFault> {
    check_id(id).map_err(|fault| fault.under("id"))?;
    if earlier.any(|other| other == id) {
        return Err(RecipeFault::new(format!("`{id}` is there twice")).under("id"));
    }
    Ok(())
}

fn check_span(span: &Span) -> Result<(), RecipeFault> {
    let height = span.height.unwrap_or((Length::default(), Length::default()));
    let slope = span.slope.unwrap_or((Share::default(), Share::default()));
    check_order(height.0, height.1)
        .map_err(|fault| fault.under("height"))
        .and_then(|()| check_order(slope.0, slope.1).map_err(|fault| fault.under("slope")))
        .map_err(|fault| fault.under("within"))
}

fn check_order<T: PartialOrd + Copy>(low: T, high: T) -> Result<(), RecipeFault> {
    if low <= high { Ok(()) } else { Err(RecipeFault::new("the first must not be above the second")) }
}
