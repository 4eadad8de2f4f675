//! Where people live: one candidate a square of a wide grid, settled where the ground allows it.

use crate::{
    World,
    area::Area,
    biomes::{Limits, Site, nearest_biome, permille, slope_squared},
    chunk::{Chunk, ENGINE, FEATURES_MAX, Feature, SQUARES},
    features::{Occupied, biome_bits},
    hash,
    memo::Memo,
    noise::GRADIENTS,
    plan::Evaluation,
    recipe::{Recipe, Settlement},
    spawns::Settled,
};
use grid::{REGION_CELLS, RegionCoord, UNITS_PER_CELL};

/// Enough for all that a road of the greatest length may have to know.
const SQUARES_KEPT: usize = 1_024;
/// Points a side of the look at a candidate's ground.
const LOOKS: usize = 5;

/// A kind of settlement, ready to be founded.
struct Kind {
    seed: u64,
    spacing: i64,
    separation: i64,
    chance: i64,
    biomes: u64,
    limits: Limits,
    radius: i64,
    unevenness: f32,
    houses: u32,
    house: u8,
    house_radius: i64,
}

/// A place where people live.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) kind: usize,
    /// Its middle, in 1/256 m.
    pub(crate) x: i64,
    pub(crate) z: i64,
    /// Height of its levelled ground, in metres.
    pub(crate) level: f32,
    /// In 1/256 m.
    pub(crate) radius: i64,
    dice: u64,
}

/// A place where people might live; whether they do is dearer to tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    kind: usize,
    square: (i64, i64),
    /// Its middle, in 1/256 m.
    pub(crate) x: i64,
    pub(crate) z: i64,
}

/// A recipe's settlements.
pub(crate) struct Settlements {
    kinds: Vec<Kind>,
    squares: Memo<(usize, i64, i64), Option<Place>>,
}

impl Settlements {
    pub(crate) fn of(recipe: &Recipe, seed: u64) -> Self {
        let kind = |place: &Settlement| {
            let house = recipe.features.iter().position(|rule| rule.id == place.house).unwrap_or(0);
            Kind {
                seed: hash::named_seed(
                    seed,
                    ENGINE,
                    "settlement",
                    place.salt.as_deref().unwrap_or(&place.id),
                ),
                spacing: place.spacing.units(),
                separation: place.separation.units(),
                chance: place.chance.permille(),
                biomes: biome_bits(recipe, &place.biomes),
                limits: Limits::of(&place.within),
                radius: place.radius.units(),
                unevenness: place.unevenness.metres(),
                houses: place.houses,
                house: house as u8,
                house_radius: recipe.features.get(house).map_or(0, |rule| rule.radius.units()),
            }
        };
        Self { kinds: recipe.settlements.iter().map(kind).collect(), squares: Memo::new(SQUARES_KEPT) }
    }

    /// Takes what is known of the same settlements.
    pub(crate) fn take_over(&mut self, before: &mut Self) {
        std::mem::swap(&mut self.squares, &mut before.squares);
    }

    /// The settlements whose middle lies within `margin` (in 1/256 m) of an area.
    pub(crate) fn near(&self, world: &World, area: &Area, margin: i64) -> Vec<Place> {
        self.candidates(area, margin).iter().filter_map(|candidate| self.settled(world, candidate)).collect()
    }

    /// The candidates within `margin` (in 1/256 m) of an area that the dice allow.
    pub(crate) fn candidates(&self, area: &Area, margin: i64) -> Vec<Candidate> {
        let (far_x, far_z) = area.far_corner();
        let (xs, zs) = ((area.x - margin, far_x + margin), (area.z - margin, far_z + margin));
        let mut candidates = Vec::new();
        for (index, kind) in self.kinds.iter().enumerate() {
            let squares =
                |(low, high): (i64, i64)| low.div_euclid(kind.spacing)..=high.div_euclid(kind.spacing);
            for (row, column) in squares(zs).flat_map(|row| squares(xs).map(move |column| (row, column))) {
                let (x, z, dice) = kind.candidate(column, row);
                if xs.0 <= x && x <= xs.1 && zs.0 <= z && z <= zs.1 && kind.is_lucky(dice) {
                    candidates.push(Candidate { kind: index, square: (column, row), x, z });
                }
            }
        }
        candidates
    }

    /// The settlement of a candidate, if people settle there.
    pub(crate) fn settled(&self, world: &World, candidate: &Candidate) -> Option<Place> {
        let Candidate { kind, square: (column, row), .. } = *candidate;
        *self.squares.get((kind, column, row), || self.kinds[kind].found(world, kind, column, row))
    }

    /// Those that reach into a region.
    pub(crate) fn of_region(&self, world: &World, region: RegionCoord) -> Vec<Settled> {
        let (corner, side) = (region.first_cell().origin(), REGION_CELLS as usize + 1);
        let area = Area { x: corner.x, z: corner.z, step: UNITS_PER_CELL, width: side, height: side };
        let places = self.near(world, &area, self.reach());
        places.into_iter().map(|place| Settled { x: place.x, z: place.z, radius: place.radius }).collect()
    }

    /// How far a settlement shapes the ground, at most, in 1/256 m.
    pub(crate) fn reach(&self) -> i64 {
        self.kinds.iter().map(|kind| kind.radius + apron(kind.radius)).max().unwrap_or(0)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Keeps a settlement's ground free, and puts its houses that stand in the chunk.
    pub(crate) fn build(
        &self,
        place: &Place,
        chunk: &mut Chunk,
        road: &[f32],
        (occupied, blocked): (&mut Occupied, &mut Occupied),
    ) {
        let kind = &self.kinds[place.kind];
        let origin = chunk.coord.origin();
        occupied.take(place.x - origin.x, place.z - origin.z, place.radius * 7 / 8);
        for index in 0..kind.houses {
            let bits = hash::at(place.dice, i64::from(index), 1);
            // Evenly around the middle in three rings, each house a little off its place.
            let direction = (index * 256 * 5 / kind.houses.max(1) + (bits & 15) as u32) as usize % 256;
            let share =
                [0.34, 0.58, 0.82][index as usize % 3] + ((bits >> 8 & 0xff) as f32 / 255.0 - 0.5) * 0.12;
            let away = place.radius as f32 * share * std::f32::consts::FRAC_1_SQRT_2;
            let [east, south] = GRADIENTS[direction];
            let (x, z) =
                (place.x + (east * away) as i64 - origin.x, place.z + (south * away) as i64 - origin.z);
            if !(0..UNITS_PER_CELL).contains(&x) || !(0..UNITS_PER_CELL).contains(&z) {
                continue;
            }
            let point = (z >> 8) as usize * (SQUARES + 1) + (x >> 8) as usize;
            let on_road = road.get(point).is_some_and(|road| *road > 0.2);
            let wet = chunk.water_depth_units((x >> 8) as usize, (z >> 8) as usize) > 0;
            if on_road || wet || chunk.features.len() == FEATURES_MAX {
                continue;
            }
            let scale = 56 + (bits >> 24 & 15) as u8;
            blocked.take(x, z, kind.house_radius * i64::from(scale) / 64);
            let yaw = (direction as u8).wrapping_add((bits >> 32 & 7) as u8);
            chunk.features.push(Feature { kind: kind.house, x: x as u16, z: z as u16, yaw, scale });
        }
    }
}

/// How far beyond its levelled ground a settlement slopes off.
pub(crate) const fn apron(radius: i64) -> i64 {
    radius * 3 / 4
}

impl Kind {
    /// A square's candidate: its place, and its dice.
    fn candidate(&self, column: i64, row: i64) -> (i64, i64, u64) {
        let bits = hash::at(self.seed, column, row);
        let room = self.spacing - self.separation;
        let within = |bits: u64| self.separation / 2 + (((bits & 0xff_ffff) as i64 * room) >> 24);
        (column * self.spacing + within(bits), row * self.spacing + within(bits >> 24), hash::mix(bits))
    }

    /// Whether a candidate's dice let people settle, if the ground does.
    fn is_lucky(&self, dice: u64) -> bool {
        ((dice & 0xffff) as i64 * 1_000) < self.chance * 65_536
    }

    /// Whether the ground of a lucky candidate lets people settle.
    fn found(&self, world: &World, kind: usize, column: i64, row: i64) -> Option<Place> {
        let (x, z, dice) = self.candidate(column, row);
        let step = self.radius / 2;
        let area = Area { x: x - self.radius, z: z - self.radius, step, width: LOOKS, height: LOOKS };
        let mut layers = Evaluation::new(&world.plan, world.lanes);
        let ground = layers.values(&area, world.ground.height());
        let (low, high) = ground.iter().fold((f32::MAX, f32::MIN), |(l, h), g| (l.min(*g), h.max(*g)));
        let sea = world.recipe().terrain.water_level.metres();
        if low < sea + 1.0 || high - low > self.unevenness {
            return None;
        }
        let level = ground.iter().sum::<f32>() / ground.len() as f32;
        let middle = Area { x, z, step: 256, width: 1, height: 1 };
        let mut climate = |layer: usize| permille(layers.values(&middle, layer)[0]);
        let per_metre = (high - low) / (self.radius as f32 / 128.0);
        let site = Site {
            temperature: climate(world.climate.temperature),
            humidity: climate(world.climate.humidity),
            height: (level * 256.0) as i32,
            slope_squared: slope_squared((per_metre * 1_000.0) as i64),
        };
        let biome = nearest_biome(&world.palette, &site);
        let allowed = self.biomes >> biome & 1 == 1 && self.limits.hold(&site);
        allowed.then_some(Place { kind, x, z, level, radius: self.radius, dice })
    }
}
