//! Looking at a world layer by layer, at any scale: what maps and editors draw.

use grid::{Position, UNITS_PER_METRE};

use crate::{World, area::Area, land::Land, plan::Evaluation};

/// The views that every world has, beside the layers of its recipe.
const VIEWS: [(&str, f32, f32); 9] = [
    ("@height", f32::MIN, f32::MAX),
    ("@water", 0.0, 1_024.0),
    ("@slope", 0.0, 100.0),
    ("@hillshade", 0.0, 1.0),
    ("@temperature", 0.0, 1.0),
    ("@humidity", 0.0, 1.0),
    ("@biome", 0.0, 63.0),
    ("@material", 0.0, 63.0),
    ("@walkable", 0.0, 1.0),
];

/// A layer that can be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerInfo {
    /// Its name. Those with an `@` are of every world:
    ///
    /// `@height` (of the ground, in metres), `@water` (its depth, in metres), `@slope` (rise over run), `@hillshade`,
    /// `@temperature`, `@humidity`, `@biome` and `@material` (places in the recipe's lists), `@walkable` (0 or 1).
    pub name: String,
    /// The step that makes it, for layers of the recipe.
    pub step: Option<&'static str>,
    /// The layers that it reads.
    pub reads: Vec<String>,
    /// The least value that it can have.
    pub low: f32,
    /// The greatest.
    pub high: f32,
}

/// Why a layer can't be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// No layer has this name.
    #[error("the recipe has no layer `{0}`")]
    UnknownLayer(String),
    /// Too many points, too far apart, or none.
    #[error("an area has 1 to {} points a side, at most {} m apart", Area::SIDE_MAX, Area::STEP_MAX / UNITS_PER_METRE)]
    UnsoundArea,
}

impl World {
    /// All that can be looked at: the views of every world first, then the recipe's layers by name.
    #[must_use]
    pub fn layers(&self) -> Vec<LayerInfo> {
        let lowest = self.recipe.terrain.lowest.metres();
        let views = VIEWS.iter().map(|(name, low, high)| LayerInfo {
            name: (*name).to_owned(),
            step: None,
            reads: Vec::new(),
            low: low.max(lowest),
            high: high.min(lowest + 1_024.0),
        });
        let views = views.map(|view| match view.name.as_str() {
            "@height" => view,
            _ => LayerInfo { low: 0.0, ..view },
        });
        let layers = self.recipe.layers.iter().map(|(name, step)| {
            let field = step.field();
            let range = self.plan.find(name).map(|layer| self.plan.range(layer));
            LayerInfo {
                name: name.clone(),
                step: Some(step.name()),
                reads: field
                    .inputs()
                    .into_iter()
                    .chain(field.pull())
                    .map(|(_, input)| input.to_owned())
                    .collect(),
                low: range.map_or(0.0, |range| range.low),
                high: range.map_or(0.0, |range| range.high),
            }
        });
        views.chain(layers).collect()
    }

    /// A layer's value at a place; the height of `at` does not matter.
    ///
    /// # Errors
    /// [`ViewError::UnknownLayer`].
    pub fn layer_at(&self, name: &str, at: Position) -> Result<f32, ViewError> {
        let area = Area { x: at.x, z: at.z, step: UNITS_PER_METRE, width: 1, height: 1 };
        self.layer_tile(name, &area).map(|values| values[0])
    }

    /// A layer's values at every point of an area, row by row. With a wide step it is a far-away look at the same world: each
    /// value is the one that [`World::layer_at`] gives, but for `@slope`, `@hillshade`, and what they decide, which are
    /// measured over the step; and beyond a step of 16 m water, roads and settlements are too fine to show.
    ///
    /// # Errors
    /// [`ViewError::UnknownLayer`], [`ViewError::UnsoundArea`].
    pub fn layer_tile(&self, name: &str, area: &Area) -> Result<Vec<f32>, ViewError> {
        if !area.is_sound() {
            return Err(ViewError::UnsoundArea);
        }
        let mut layers = Evaluation::new(&self.plan, self.lanes);
        if let Some(layer) = self.plan.find(name) {
            return Ok(layers.into_values(area, layer));
        }
        let mut climate = |layer: usize| {
            layers.values(area, layer).iter().map(|value| value.clamp(0.0, 1.0)).collect::<Vec<f32>>()
        };
        match name {
            "@height" => Ok(self.ground.surface(self, &mut layers, area).metres),
            "@temperature" => Ok(climate(self.climate.temperature)),
            "@humidity" => Ok(climate(self.climate.humidity)),
            "@water" => {
                let surface = self.ground.surface(self, &mut layers, area);
                let sea = self.recipe.terrain.water_level.metres();
                let inland = surface.water.iter().copied().chain(std::iter::repeat(f32::MIN));
                Ok(surface
                    .metres
                    .iter()
                    .zip(inland)
                    .map(|(ground, water)| (water.max(sea) - ground).max(0.0))
                    .collect())
            }
            _ if VIEWS.iter().any(|(view, ..)| *view == name) => {
                // Squares need the points beyond them.
                let wider = Area { width: area.width + 1, height: area.height + 1, ..*area };
                let land = self.land(&mut layers, &wider);
                Ok((0..area.points()).map(|square| self.seen(name, &land, &wider, square)).collect())
            }
            _ => Err(ViewError::UnknownLayer(name.to_owned())),
        }
    }

    /// What a view of squares shows of one.
    fn seen(&self, name: &str, land: &Land, area: &Area, square: usize) -> f32 {
        match name {
            "@slope" => (land.sites.slope_squared[square] as f32).sqrt() / (2 * UNITS_PER_METRE) as f32,
            "@biome" => f32::from(land.biomes[square]),
            "@material" => f32::from(land.materials[square]),
            "@walkable" => f32::from(u8::from(land.walkable[square])),
            _ => crate::shade::light(land, area, square),
        }
    }
}
