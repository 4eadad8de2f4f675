//! Where water runs: a network of nodes, each handing its water on to a lower one.
//!
//! Everything about a node follows from the heights around it within a fixed number of squares, so whoever looks at
//! whichever part of the plane finds the same rivers.
//!
//! They never run uphill, for three reasons. The nodes' water never rises from one to the next, and every stroke falls or is
//! level from its first end to its second, where the next one begins at the very same level. No two strokes cross: the ways
//! between nodes don't, a bend cuts the corner of a single way, and a lake ends before the ways into it bend. And in the middle
//! of its water a stroke is the nearest of all, however wide another one beside it is. Meanders then bend the plane as a whole, and
//! don't fold it.

use std::sync::Arc;

use super::{
    DRY, Surface,
    network::{CHAIN, Network, Node, Nodes},
    stroke::{Beside, End, Moved, Nearest, Stroke, nearest},
};
use crate::{
    World,
    area::Area,
    chunk::ENGINE,
    hash,
    lanes::{Kernel, Lanes},
    memo::Memo,
    noise::{Octave, Put, Scratch, Ways},
    recipe::{Basis, Recipe},
};

/// Nodes along the side of the parts that are worked out at once.
const PART: i64 = 8;
/// How far the water's surface lies below its banks, in metres.
const BANK: f32 = 0.8;
/// Straight pieces of a bend.
const PIECES: usize = 4;
const PARTS_KEPT: usize = 64;

/// A recipe's rivers, ready to flow.
pub(crate) struct Rivers {
    seed: u64,
    nodes: Nodes,
    spacing: i64,
    springs: u8,
    half_widths: (f32, f32),
    depth: f32,
    valley: f32,
    lake: f32,
    sea: f32,
    parts: Memo<(i64, i64), Vec<Stroke>>,
}

impl Rivers {
    pub(crate) fn of(recipe: &Recipe, seed: u64, layer: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let rivers = recipe.rivers.as_ref()?;
        let half = |width: crate::Length| width.metres() * 0.5;
        let sea = recipe.terrain.water_level.metres();
        let nodes = Nodes::new(layer(&rivers.of)?, rivers.spacing.units(), sea);
        Some(Self {
            seed: hash::named_seed(seed, ENGINE, "rivers", ""),
            spacing: nodes.spacing,
            nodes,
            springs: rivers.springs as u8,
            half_widths: (half(rivers.narrowest), half(rivers.widest)),
            depth: rivers.depth.metres(),
            valley: rivers.valley.metres(),
            lake: half(rivers.lake),
            sea,
            parts: Memo::new(PARTS_KEPT),
        })
    }

    /// The layer that they follow.
    pub(crate) fn of_layer(&self) -> usize {
        self.nodes.of
    }

    /// Takes what was worked out for the same rivers.
    pub(crate) fn take_over(&mut self, before: &mut Self) {
        std::mem::swap(&mut self.parts, &mut before.parts);
        self.nodes.take_over(&mut before.nodes);
    }

    /// How the points of an area lie to the water; `None` if none is near.
    pub(crate) fn flow(&self, world: &World, area: &Area) -> Option<Nearest> {
        let stray = self.spacing / 4;
        let margin = (self.valley * 256.0) as i64;
        let parts = self.parts_near(world, area, margin + stray);
        let strokes = parts.iter().flat_map(|part| part.iter());
        nearest(world.lanes, strokes, area, (margin, stray), || Some(self.meanders(world, area)))
    }

    /// Carves the ground of an area to let the water through.
    pub(crate) fn carve(&self, lanes: Lanes, flow: &Nearest, surface: &mut Surface) {
        let mut water = vec![DRY; surface.metres.len()];
        lanes.run(Carve { rivers: self, flow, metres: &mut surface.metres, water: &mut water });
        if water.iter().any(|level| *level > DRY) {
            surface.water = water;
        }
    }

    /// How much of a valley's depth is left at a point: 1 at the water, 0 beyond the valley.
    pub(crate) fn nearness(&self, beside: &Beside) -> f32 {
        (1.0 - beside.edge / self.valley).clamp(0.0, 1.0)
    }

    /// Bends the network's straight lines: how far each point is moved before it is measured, in 1/256 m.
    fn meanders(&self, world: &World, area: &Area) -> Moved {
        let ways = Ways { lanes: world.lanes, area, warp: None };
        let mut scratch = Scratch::default();
        let mut read = |seed: u64| {
            let mut out = vec![0.0; area.points()];
            let broad = Octave::new(Basis::Perlin, seed, 0, self.spacing * 3 / 2);
            broad.read(ways, Put::Over(1.0), &mut scratch, &mut out);
            let fine = Octave::new(Basis::Perlin, seed, 1, self.spacing / 2);
            fine.read(ways, Put::Add(0.25), &mut scratch, &mut out);
            out
        };
        let reach = (self.spacing / 4) as f32 * 0.8;
        let moved = |value: f32| (value.clamp(-1.25, 1.25) * reach) as i32;
        let mut moved = |seed: u64| read(seed).into_iter().map(moved).collect();
        Moved { x: moved(hash::mix(self.seed)), z: moved(hash::mix(!self.seed)) }
    }

    fn parts_near(&self, world: &World, area: &Area, reach: i64) -> Vec<Arc<Vec<Stroke>>> {
        let side = PART * self.spacing;
        // A node's strokes reach halfway into the squares around its own, and as wide as the widest water.
        let widest = (self.half_widths.0.max(self.half_widths.1).max(self.lake * 1.5) * 256.0) as i64;
        let reach = reach + widest + self.spacing;
        let (far_x, far_z) = area.far_corner();
        let parts = |low: i64, high: i64| (low - reach).div_euclid(side)..=(high + reach).div_euclid(side);
        parts(area.z, far_z)
            .flat_map(|row| parts(area.x, far_x).map(move |column| (column, row)))
            .map(|part| self.parts.get(part, || self.strokes(world, part)))
            .collect()
    }

    /// The strokes of the nodes of a part.
    fn strokes(&self, world: &World, part: (i64, i64)) -> Vec<Stroke> {
        let mut network = self.nodes.around(world, part, PART);
        let mut strokes = Vec::new();
        for index in network.inside() {
            self.draw(&mut network, index, &mut strokes);
        }
        strokes
    }

    /// Draws the water through a node, from halfway to each feeder to halfway to the next node; or a lake.
    fn draw(&self, network: &mut Network<'_>, index: usize, strokes: &mut Vec<Stroke>) {
        let next = network.next(index);
        if next.is_some() && network.above(index, self.springs) < self.springs {
            return;
        }
        let mut feeders = network.feeders(index);
        feeders.retain(|feeder| network.above(*feeder, self.springs) == self.springs);
        if next.is_none() && feeders.is_empty() {
            return;
        }
        let here = self.end(network, index);
        let starts: Vec<End> =
            feeders.into_iter().map(|feeder| self.end(network, feeder).between(here, 0.5)).collect();
        let straight = |from: End, to: End| Stroke { from, to };
        match next.map(|next| here.between(self.end(network, next), 0.5)) {
            Some(halfway) => {
                if let [start] = starts[..] {
                    bend(start, here, halfway, strokes);
                } else {
                    // Bends of several ways would cross each other where they meet.
                    strokes.extend(starts.into_iter().map(|start| straight(start, here)));
                    strokes.push(straight(here, halfway));
                }
            }
            None if here.level > self.sea + 0.5 && self.lake > 0.0 => {
                let lake = self.lake(here, &starts);
                // At the shore the water has come down to the lake.
                let shore = |start: End| start.between(here, 1.0 - lake.half_width / start.distance(here));
                strokes.extend(
                    starts
                        .into_iter()
                        .map(|start| straight(start, End { level: here.level, ..shore(start) })),
                );
                strokes.push(straight(lake, lake));
            }
            None => strokes.extend(starts.into_iter().map(|start| straight(start, here))),
        }
    }

    /// The lake in a pit without a way out. Of any size, but not so large that it reaches where the ways into it bend.
    fn lake(&self, middle: End, starts: &[End]) -> End {
        let size = (hash::at(self.seed, middle.x, middle.z) & 0xff) as f32 / 255.0;
        let wished = self.lake * (0.6 + 0.8 * size);
        let nearest_bend = starts.iter().map(|start| start.distance(middle)).fold(f32::INFINITY, f32::min);
        // The last quarter is for the water to come down.
        let half_width = wished.min(nearest_bend * 0.75);
        End { half_width, ..middle }
    }

    fn end(&self, network: &mut Network<'_>, index: usize) -> End {
        let Node { x, z, .. } = network.node(index);
        let above = network.above(index, CHAIN);
        let grown = f32::from(above.saturating_sub(self.springs)) / f32::from(CHAIN - self.springs);
        let (narrow, wide) = self.half_widths;
        let level = (network.water(index) as f32 / 256.0 - BANK).max(self.sea - 0.5);
        End { x, z, level, half_width: narrow + (wide - narrow) * grown.clamp(0.0, 1.0) }
    }
}

/// The ground's new height at each point, and the water's surface where there is some.
struct Carve<'a> {
    rivers: &'a Rivers,
    flow: &'a Nearest,
    metres: &'a mut [f32],
    water: &'a mut [f32],
}

impl Kernel for Carve<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { rivers: &Rivers { depth, valley, .. }, flow, metres, water } = self;
        let count = metres.len();
        let (edges, levels, insides) = (&flow.edge[..count], &flow.level[..count], &flow.inside[..count]);
        let water = &mut water[..count];
        for i in 0..count {
            let (edge, level, ground) = (edges[i], levels[i], metres[i]);
            // Flat in the middle, steep at the edge.
            let shallow = 1.0 - insides[i];
            let bed = level - depth * (1.0 - shallow * shallow) - 0.1;
            let away = edge / valley;
            let bank = level + 0.25 + edge * 0.05;
            let carved = bank + (ground - bank) * (away * away * (3.0 - 2.0 * away));
            let carved = if edge <= 0.0 { bed } else { carved };
            metres[i] = if away < 1.0 { carved } else { ground };
            // The surface goes on under the bank, so that the water meets it.
            water[i] = if (edge < 2.0) & (away < 1.0) { level } else { DRY };
        }
    }
}

/// A quadratic curve in straight pieces. The level goes straight to that in its middle, and straight on from there: it falls as
/// long as the three do.
fn bend(from: End, over: End, to: End, strokes: &mut Vec<Stroke>) {
    let at = |piece: usize| {
        let share = piece as f32 / PIECES as f32;
        let place = from.between(over, share).between(over.between(to, share), share);
        let falls =
            if share < 0.5 { from.between(over, share * 2.0) } else { over.between(to, share * 2.0 - 1.0) };
        End { level: falls.level, ..place }
    };
    strokes.extend((0..PIECES).map(|piece| Stroke { from: at(piece), to: at(piece + 1) }));
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    /// The recipes with rivers: a wasteland has none.
    const RECIPES: [(&str, &str); 3] = [
        ("archipelago.yaml", include_str!("../../../../config/recipes/archipelago.yaml")),
        ("temperate.yaml", include_str!("../../../../config/recipes/temperate.yaml")),
        ("every_step.yaml", include_str!("../../tests/golden/every_step.yaml")),
    ];
    /// The finest step of a stored height, in metres.
    const STORED: f32 = 1.0 / 64.0;

    fn world(recipe: usize, seed: u64) -> World {
        let (name, text) = RECIPES[recipe];
        let recipe = Recipe::from_yaml(name, text).expect("a shipped recipe is sound");
        World::new(seed, recipe).expect("a shipped recipe makes a world")
    }

    fn rivers(world: &World) -> &Rivers {
        world.ground.rivers.as_ref().expect("the recipe has rivers")
    }

    /// The strokes of 4×4 parts.
    fn strokes(world: &World, (column, row): (i64, i64)) -> Vec<Stroke> {
        let parts = (row..row + 4).flat_map(|row| (column..column + 4).map(move |column| (column, row)));
        parts.flat_map(|part| rivers(world).strokes(world, part)).collect()
    }

    fn place(end: End) -> (i64, i64) {
        (end.x, end.z)
    }

    /// Which side of a line a place lies on.
    fn side(of: &Stroke, place: End) -> i128 {
        let of_line = i128::from(of.to.x - of.from.x) * i128::from(place.z - of.from.z);
        (of_line - i128::from(of.to.z - of.from.z) * i128::from(place.x - of.from.x)).signum()
    }

    /// Whether two strokes have a place in common that is an end of neither.
    fn cross(a: &Stroke, b: &Stroke) -> bool {
        side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0
    }

    /// Whether the boxes around two strokes meet.
    fn is_near(a: &Stroke, b: &Stroke) -> bool {
        let ([w, n, e, s], [west, north, east, south]) = (a.bounds(0), b.bounds(0));
        w <= east && west <= e && n <= south && north <= s
    }

    /// How the ground finds a place on the way of the water.
    fn beside(world: &World, strokes: &[Stroke], place: End) -> Beside {
        let area = Area { x: place.x, z: place.z, step: 256, width: 1, height: 1 };
        nearest(world.lanes, strokes.iter(), &area, (256, 0), || None).expect("a stroke is here").at(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn rivers_never_run_uphill(
            recipe in 0..RECIPES.len(),
            seed: u64,
            part in (-40_000..40_000_i64, -40_000..40_000_i64),
        ) {
            let world = world(recipe, seed);
            let strokes = strokes(&world, part);
            let mut levels: BTreeMap<(i64, i64), BTreeSet<u32>> = BTreeMap::new();
            for Stroke { from, to } in &strokes {
                prop_assert!(from.level >= to.level, "{from:?} to {to:?}");
                for end in [from, to] {
                    levels.entry(place(*end)).or_default().insert(end.level.to_bits());
                }
            }
            for (place, levels) in levels {
                prop_assert_eq!(levels.len(), 1, "the water at {:?} has several levels", place);
            }
            for (i, a) in strokes.iter().enumerate() {
                for b in strokes[i + 1..].iter().filter(|b| is_near(a, b)) {
                    prop_assert!(!cross(a, b), "{a:?} crosses {b:?}");
                }
            }
            for stroke in &strokes {
                let walk = (0..=8).map(|step| stroke.from.between(stroke.to, step as f32 / 8.0));
                let found: Vec<f32> = walk.map(|place| beside(&world, &strokes, place).level).collect();
                prop_assert!(found.is_sorted_by(|a, b| *b <= *a + STORED), "{stroke:?}: {found:?}");
            }
        }
    }

    #[test]
    fn rivers_go_on_until_the_sea_or_a_lake() {
        for (recipe, (name, _)) in RECIPES.iter().enumerate() {
            let world = world(recipe, 42);
            let (rivers, strokes) = (rivers(&world), strokes(&world, (-2, -2)));
            // An archipelago has few.
            assert!(strokes.len() >= 8, "{name} has {} strokes", strokes.len());
            let begin: BTreeSet<(i64, i64)> = strokes.iter().map(|stroke| place(stroke.from)).collect();
            let border = 2 * PART * rivers.spacing;
            let is_inside = |end: &End| end.x.abs().max(end.z.abs()) < border - 2 * rivers.spacing;
            let ends = strokes.iter().map(|stroke| stroke.to).filter(|end| !begin.contains(&place(*end)));
            for end in ends.filter(is_inside) {
                let is_of_lake = strokes
                    .iter()
                    .any(|lake| lake.from == lake.to && end.distance(lake.from) < lake.from.half_width + 1.0);
                assert!(is_of_lake || end.level <= rivers.sea + 0.5, "{end:?}");
            }
        }
    }

    #[test]
    fn meanders_bend_the_plane_without_folding_it() {
        for recipe in 0..RECIPES.len() {
            let world = world(recipe, 7);
            let area = Area { x: -70_000, z: 90_000, step: 256, width: 600, height: 600 };
            let Moved { x, z } = rivers(&world).meanders(&world, &area);
            for (next, x, z) in [1, area.width].map(|next| (next, &x, &z)) {
                let least = (0..x.len() - next).filter(|at| next > 1 || at % area.width + 1 < area.width);
                for at in least {
                    let (dx, dz) = (i64::from(x[at + next] - x[at]), i64::from(z[at + next] - z[at]));
                    assert!(dx * dx + dz * dz < area.step * area.step, "{dx} {dz}");
                }
            }
        }
    }
}
