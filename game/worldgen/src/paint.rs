//! A stretch of land as a picture of one of its layers, with what lies over it, and a count of what was seen: what the
//! recipe's studio draws. Nothing here decides anything of the world.

use serde::{Deserialize, Serialize};

use crate::{ViewError, World, area::Area, land::Land, plan::Evaluation, recipe::Colour, shade};

/// Columns of a histogram of measured values.
pub const COLUMNS: usize = 48;
/// Depth at which water looks as deep as it gets, in metres.
const DEEP_METRES: f32 = 14.0;
/// How strongly light and shade show over a layer that is not the land itself.
const RELIEF: f32 = 0.55;

type Rgb = [f32; 3];

/// What a picture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// What gives the colour.
    pub layer: LookLayer,
    /// Whether light and shade lie over it.
    pub hillshade: bool,
    /// Whether sea, rivers and lakes lie over it.
    pub water: bool,
    /// Whether ground that nobody can walk on is marked.
    pub walkable: bool,
}

/// What gives a picture its colour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookLayer {
    /// Biomes tinged by what the ground is made of.
    #[default]
    Land,
    /// Height of the ground, in metres.
    Height,
    /// Rise over run.
    Slope,
    /// The biome.
    Biome,
    /// What the ground is made of.
    Material,
    /// 0 (coldest) to 1.
    Temperature,
    /// 0 (driest) to 1.
    Humidity,
    /// A layer of the recipe, by name.
    Named(String),
}

/// What the colours of a picture stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scale {
    /// Values from `low` to `high`, in colours from the first to the last, evenly spaced.
    Measured {
        /// The least value that has a colour of its own.
        low: f32,
        /// The greatest.
        high: f32,
        /// The unit, if there is one.
        unit: String,
        /// `#rrggbb`.
        colours: Vec<String>,
    },
    /// Kinds: name and colour, by place.
    Kinds(Vec<(String, String)>),
}

/// A picture and what was seen on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Painting {
    /// RGBA, row by row from the north-west, a pixel for each point of the area.
    pub pixels: Vec<u8>,
    /// How many points there are of each column of the scale, or of each kind.
    pub counts: Vec<u32>,
}

impl World {
    /// Paints an area, a pixel for each of its points.
    ///
    /// # Errors
    /// [`ViewError::UnknownLayer`], [`ViewError::UnsoundArea`].
    pub fn paint(&self, look: &Look, area: &Area) -> Result<Painting, ViewError> {
        // Squares need the points beyond them.
        let wider = Area { width: area.width + 1, height: area.height + 1, ..*area };
        if !wider.is_sound() {
            return Err(ViewError::UnsoundArea);
        }
        let mut layers = Evaluation::new(&self.plan, self.lanes);
        let named = match &look.layer {
            LookLayer::Named(name) => {
                let layer = self.plan.find(name).ok_or_else(|| ViewError::UnknownLayer(name.clone()))?;
                Some(layers.values(&wider, layer))
            }
            _ => None,
        };
        let needs_land = named.is_none() || look.hillshade || look.water || look.walkable;
        let land = needs_land.then(|| self.land(&mut layers, &wider));
        let scale = self.scale(&look.layer);
        let mut brush = Brush { world: self, look, ramp: Ramp::of(&scale), counts: vec![0; columns(&scale)] };
        let mut pixels = Vec::with_capacity(area.points() * 4);
        for (row, column) in (0..area.height).flat_map(|row| (0..area.width).map(move |column| (row, column)))
        {
            let value = named.as_ref().map(|values| values[row * wider.width + column]);
            let [r, g, b] = brush.pixel(land.as_ref(), &wider, row * area.width + column, value);
            pixels.extend([r, g, b].map(|channel| channel.clamp(0.0, 255.0) as u8));
            pixels.push(u8::MAX);
        }
        Ok(Painting { pixels, counts: brush.counts })
    }

    /// What the colours of a layer's pictures stand for, and the columns that are counted.
    #[must_use]
    pub fn scale(&self, layer: &LookLayer) -> Scale {
        let measured = |low: f32, high: f32, unit: &str, ramp: &[u32]| Scale::Measured {
            low,
            high,
            unit: unit.to_owned(),
            colours: ramp.iter().map(|colour| format!("#{colour:06x}")).collect(),
        };
        let hex = |colour: Colour| format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
        match layer {
            LookLayer::Land | LookLayer::Biome => {
                let biomes = self.recipe.biomes.iter().map(|biome| (biome.name.clone(), hex(biome.colour)));
                Scale::Kinds(biomes.collect())
            }
            LookLayer::Material => {
                let materials =
                    self.recipe.materials.iter().map(|part| (part.name.clone(), hex(part.colour)));
                Scale::Kinds(materials.collect())
            }
            LookLayer::Height => {
                let range = self.plan.range(self.ground.height());
                let lowest = self.recipe.terrain.lowest.metres();
                // Layers' bounds are wide: what lies beyond these is rare on any land.
                let sea = self.recipe.terrain.water_level.metres();
                let (low, high) = (range.low.max(lowest).max(sea - 150.0), range.high.min(sea + 600.0));
                measured(low, high.max(low + 1.0), "m", &HEIGHTS)
            }
            LookLayer::Slope => measured(0.0, 1.5, "", &SLOPES),
            LookLayer::Temperature => measured(0.0, 1.0, "", &TEMPERATURES),
            LookLayer::Humidity => measured(0.0, 1.0, "", &HUMIDITIES),
            LookLayer::Named(name) => {
                let range = self.plan.find(name).map(|layer| self.plan.range(layer));
                let (low, high) = range.map_or((0.0, 1.0), |range| (range.low, range.high));
                measured(low, if high > low { high } else { low + 1.0 }, "", &VALUES)
            }
        }
    }
}

const HEIGHTS: [u32; 9] = [
    0x001d_4f78,
    0x004f_93b8,
    0x0078_ab6a,
    0x00a9_bf73,
    0x00d6_cf8f,
    0x00c2_a46f,
    0x009c_7d5e,
    0x00b5_aea8,
    0x00f4_f6f8,
];
const SLOPES: [u32; 4] = [0x00f3_eede, 0x00e2_b973, 0x00b5_583b, 0x005b_1f2a];
const TEMPERATURES: [u32; 5] = [0x002b_4c9b, 0x007f_b3d9, 0x00f2_eedd, 0x00ec_a25c, 0x00a5_2a2a];
const HUMIDITIES: [u32; 4] = [0x00d9_b97c, 0x00c9_d6a0, 0x0056_a3a0, 0x001d_4f86];
const VALUES: [u32; 5] = [0x0044_0154, 0x003b_528b, 0x0021_918c, 0x005e_c962, 0x00fd_e725];

fn columns(scale: &Scale) -> usize {
    match scale {
        Scale::Measured { .. } => COLUMNS,
        Scale::Kinds(kinds) => kinds.len(),
    }
}

/// A measured scale, ready to look up.
struct Ramp {
    low: f32,
    high: f32,
    colours: Vec<Rgb>,
}

impl Ramp {
    fn of(scale: &Scale) -> Self {
        match scale {
            Scale::Measured { low, high, colours, .. } => {
                let colours = colours.iter().map(|colour| {
                    let number = u32::from_str_radix(&colour[1..], 16).unwrap_or_default();
                    let [_, r, g, b] = number.to_be_bytes();
                    [r, g, b].map(f32::from)
                });
                Self { low: *low, high: *high, colours: colours.collect() }
            }
            Scale::Kinds(_) => Self { low: 0.0, high: 1.0, colours: Vec::new() },
        }
    }

    fn share(&self, value: f32) -> f32 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn colour(&self, value: f32) -> Rgb {
        let last = self.colours.len().saturating_sub(1);
        let place = self.share(value) * last as f32;
        let below = (place as usize).min(last.saturating_sub(1));
        let fraction = place - below as f32;
        match (self.colours.get(below), self.colours.get(below + 1)) {
            (Some(from), Some(to)) => mix(*from, *to, fraction),
            (Some(only), None) => *only,
            _ => [128.0; 3],
        }
    }
}

struct Brush<'a> {
    world: &'a World,
    look: &'a Look,
    ramp: Ramp,
    counts: Vec<u32>,
}

impl Brush<'_> {
    /// The colour of a square; `value` is that of a named layer.
    fn pixel(&mut self, land: Option<&Land>, area: &Area, square: usize, value: Option<f32>) -> Rgb {
        let mut colour = match (land, value) {
            (_, Some(value)) => self.measured(value),
            (Some(land), None) => self.ground(land, square),
            (None, None) => [0.0; 3],
        };
        let Some(land) = land else { return colour };
        if self.look.hillshade {
            let light = shade::light(land, area, square);
            let strength = if self.look.layer == LookLayer::Land { 1.0 } else { RELIEF };
            colour = colour.map(|channel| channel * (1.0 - strength + strength * (0.42 + 0.8 * light)));
        }
        if self.look.water {
            let depth = self.depth(land, area, square);
            if depth > 0.0 {
                let terrain = &self.world.recipe.terrain;
                let water =
                    mix(rgb(terrain.shallow), rgb(terrain.deep), (depth / DEEP_METRES).clamp(0.0, 1.0));
                colour = mix(colour, water, (0.55 + depth * 0.3).clamp(0.0, 1.0));
            }
        }
        if self.look.walkable && !land.walkable[square] {
            // Hatched: the colour below stays readable.
            let width = area.width - 1;
            let is_stroke = (square % width + square / width).is_multiple_of(4);
            colour = mix(colour, [178.0, 34.0, 52.0], if is_stroke { 0.75 } else { 0.3 });
        }
        colour
    }

    fn measured(&mut self, value: f32) -> Rgb {
        let column = (self.ramp.share(value) * COLUMNS as f32) as usize;
        self.counts[column.min(COLUMNS - 1)] += 1;
        self.ramp.colour(value)
    }

    fn kind(&mut self, kind: u8) {
        if let Some(count) = self.counts.get_mut(usize::from(kind)) {
            *count += 1;
        }
    }

    fn ground(&mut self, land: &Land, square: usize) -> Rgb {
        let site = land.sites.site(square);
        let recipe = &self.world.recipe;
        let biome = recipe.biomes.get(usize::from(land.biomes[square])).map(|biome| rgb(biome.colour));
        let material = recipe.materials.get(usize::from(land.materials[square])).map(|part| rgb(part.colour));
        match self.look.layer {
            LookLayer::Height => self.measured(site.height as f32 / 256.0),
            LookLayer::Slope => self.measured((site.slope_squared as f32).sqrt() / 512.0),
            LookLayer::Temperature => self.measured(site.temperature as f32 / 1_000.0),
            LookLayer::Humidity => self.measured(site.humidity as f32 / 1_000.0),
            LookLayer::Biome => {
                self.kind(land.biomes[square]);
                biome.unwrap_or_default()
            }
            LookLayer::Material => {
                self.kind(land.materials[square]);
                material.unwrap_or([200.0, 196.0, 186.0])
            }
            LookLayer::Land | LookLayer::Named(_) => {
                self.kind(land.biomes[square]);
                let biome = biome.unwrap_or_default();
                material.map_or(biome, |material| mix(biome, material, 0.6))
            }
        }
    }

    /// Depth of the water over a square, in metres.
    fn depth(&self, land: &Land, area: &Area, square: usize) -> f32 {
        let terrain = &self.world.recipe.terrain;
        let width = area.width - 1;
        let corner = square / width * area.width + square % width;
        let metres = |stored: u16| terrain.lowest.metres() + f32::from(stored) / 64.0;
        let ground = land.sites.height[square] as f32 / 256.0;
        let inland = land.water.get(corner).filter(|water| **water > 0).map(|water| metres(*water));
        let depth = |surface: f32| surface - ground;
        inland.map_or(0.0, depth).max(depth(terrain.water_level.metres()))
    }
}

fn rgb(colour: Colour) -> Rgb {
    [colour.r, colour.g, colour.b].map(f32::from)
}

fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share)
}
