//! The ground's final shape: the height layer, carved by water and levelled by people.
//!
//! Rivers, settlements and roads each follow from the height layer within a fixed distance, so that every chunk works out the
//! same ones by itself and none writes into a neighbour. Where a road crosses a river, the bed is raised to a ford.

mod network;
mod rivers;
mod roads;
mod settlements;
mod stroke;

use crate::{
    World,
    area::Area,
    chunk::{Chunk, VERTICES},
    features::Occupied,
    heritage::Alike,
    noise::fade,
    plan::Evaluation,
    recipe::Recipe,
};

use rivers::Rivers;
use roads::Roads;
pub(crate) use settlements::Place;
use settlements::{Settlements, apron};
use stroke::Beside;

/// The widest step at which water, roads and settlements are looked at, in 1/256 m. Further away they are too fine to see.
pub(crate) const FINE_STEP_MAX: i64 = 16 * 256;
/// What stands in for a water surface where there is none: below all ground.
const DRY: f32 = f32::MIN;
/// How deep a ford is, in metres.
const FORD: f32 = 0.35;

/// What shapes the ground beyond its layers.
pub(crate) struct Ground {
    height: usize,
    rivers: Option<Rivers>,
    settlements: Settlements,
    roads: Option<Roads>,
}

/// The ground of an area.
pub(crate) struct Surface {
    /// Its height in metres, at every point.
    pub(crate) metres: Vec<f32>,
    /// The surface of rivers and lakes in metres, below everything where there is none; empty if there is none at all.
    pub(crate) water: Vec<f32>,
    /// How much of a way each point is, 0 to 1; empty if there is none.
    pub(crate) road: Vec<f32>,
}

impl Ground {
    pub(crate) fn of(recipe: &Recipe, seed: u64, layer: impl Fn(&str) -> Option<usize>) -> Self {
        Self {
            height: layer(&recipe.terrain.height).expect("a checked recipe has its height"),
            rivers: Rivers::of(recipe, seed, layer),
            settlements: Settlements::of(recipe, seed),
            roads: Roads::of(recipe),
        }
    }

    /// The layer of the ground as it would be without water and people.
    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The layer that water follows.
    pub(crate) fn flows_by(&self) -> Option<usize> {
        self.rivers.as_ref().map(Rivers::of_layer)
    }

    /// Takes what was worked out for the ground before, as far as it is the same.
    pub(crate) fn take_over(&mut self, before: &mut Self, same: &Alike) {
        if let (true, Some(ours), Some(theirs)) = (same.rivers, &mut self.rivers, &mut before.rivers) {
            ours.take_over(theirs);
        }
        if same.settled {
            self.settlements.take_over(&mut before.settlements);
        }
        if let (true, Some(ours), Some(theirs)) = (same.ways, &mut self.roads, &mut before.roads) {
            ours.take_over(theirs, same.settled);
        }
    }

    pub(crate) fn settlements(&self) -> &Settlements {
        &self.settlements
    }

    /// What ways are made of.
    pub(crate) fn road_material(&self) -> Option<u8> {
        self.roads.as_ref().map(|roads| roads.material)
    }

    /// The ground of an area as it would be without water and people.
    pub(crate) fn bare(&self, layers: &mut Evaluation<'_>, area: &Area) -> Surface {
        Surface { metres: layers.values(area, self.height).to_vec(), water: Vec::new(), road: Vec::new() }
    }

    /// The ground of an area.
    pub(crate) fn surface(&self, world: &World, layers: &mut Evaluation<'_>, area: &Area) -> Surface {
        let mut surface = self.bare(layers, area);
        if area.step > FINE_STEP_MAX {
            return surface;
        }
        self.level(world, area, &mut surface);
        let flow = self.rivers.as_ref().and_then(|rivers| rivers.flow(world, area));
        if let (Some(rivers), Some(flow)) = (&self.rivers, &flow) {
            rivers.carve(world.lanes, flow, &mut surface);
        }
        if let Some(roads) = self.roads.as_ref().filter(|_| !self.settlements.is_none())
            && let Some(paths) = roads.paths(world, area)
        {
            let water = self.rivers.as_ref().zip(flow.as_ref());
            surface.road = vec![0.0; area.points()];
            for (point, path) in paths.within(roads::APRON) {
                surface.road[point] = (1.0 - path.edge).clamp(0.0, 1.0);
                let water = water.map(|(rivers, flow)| (rivers, flow.at(point)));
                pave(&path, water, &mut surface.metres[point]);
            }
        }
        surface
    }

    /// Levels the ground of the settlements that reach into an area.
    fn level(&self, world: &World, area: &Area, surface: &mut Surface) {
        if self.settlements.is_none() {
            return;
        }
        for place in self.settlements.near(world, area, self.settlements.reach()) {
            let (inner, slope) = (place.radius as f32, apron(place.radius) as f32);
            for (point, metres) in surface.metres.iter_mut().enumerate() {
                let x = area.x + (point % area.width) as i64 * area.step - place.x;
                let z = area.z + (point / area.width) as i64 * area.step - place.z;
                let away = ((x * x + z * z) as f32).sqrt();
                let share = fade(1.0 - ((away - inner) / slope).clamp(0.0, 1.0));
                *metres += (place.level - *metres) * share;
            }
        }
    }

    /// The squares where nothing grows because water or a way is there.
    pub(crate) fn occupied(&self, chunk: &Chunk, road: &[f32]) -> Occupied {
        let mut occupied = Occupied::nothing();
        if !road.is_empty() {
            occupied.mark(|row, column| road[row * VERTICES + column] > 0.2);
        }
        if !chunk.water.is_empty() {
            occupied.mark(|row, column| {
                let corners = [(0, 0), (1, 0), (0, 1), (1, 1)];
                corners.iter().any(|(dx, dz)| chunk.water_depth_units(column + dx, row + dz) > 0)
            });
        }
        occupied
    }

    /// Puts the houses of settlements that reach into the chunk.
    pub(crate) fn build(
        &self,
        world: &World,
        chunk: &mut Chunk,
        road: &[f32],
        taken: (&mut Occupied, &mut Occupied),
    ) {
        if self.settlements.is_none() {
            return;
        }
        let (occupied, blocked) = taken;
        for place in self.settlements.near(world, &Area::of_chunk(chunk.coord), self.settlements.reach()) {
            self.settlements.build(&place, chunk, road, (&mut *occupied, &mut *blocked));
        }
    }
}

/// Levels a point for the way, and makes a ford where it meets water.
fn pave(path: &Beside, water: Option<(&Rivers, Beside)>, metres: &mut f32) {
    let share = fade(1.0 - (path.edge / roads::APRON).clamp(0.0, 1.0));
    let (nearness, ford) = match water {
        Some((rivers, beside)) => {
            (rivers.nearness(&beside), (beside.edge <= 0.0).then_some(beside.level - FORD))
        }
        None => (0.0, None),
    };
    // Down in a valley a way follows the ground as the river has left it.
    let level = path.level + (*metres - path.level) * fade(nearness);
    let level = ford.map_or(level, |ford| metres.max(ford));
    *metres += (level - *metres) * share;
}
