//! Where water runs: a network of nodes, each handing its water on to a lower one.
//!
//! Everything about a node follows from the heights around it within a fixed number of squares, so whoever looks at
//! whichever part of the plane finds the same rivers. That they never run uphill needs no care: a node only hands on to a
//! lower one, and the water's level follows the nodes.

use std::sync::Arc;

use super::{
    network::{CHAIN, LEAP, Network, Node, Nodes},
    stroke::{Beside, End, Moved, Nearest, Stroke, nearest},
};
use crate::{
    World,
    area::Area,
    chunk::ENGINE,
    hash,
    memo::Memo,
    noise::{Octave, Put, Ways},
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

    /// How the points of an area lie to the water; `None` if none is near.
    pub(crate) fn flow(&self, world: &World, area: &Area) -> Option<Nearest> {
        let stray = self.spacing / 4;
        let margin = (self.valley * 256.0) as i64;
        let parts = self.parts_near(world, area, margin + stray);
        let strokes = parts.iter().flat_map(|part| part.iter());
        nearest(world.lanes, strokes, area, (margin, stray), || Some(self.meanders(world, area)))
    }

    /// How far from its edge water shapes the ground, in metres.
    pub(crate) fn reach(&self) -> f32 {
        self.valley
    }

    /// Carves a point: the ground's new height, and the water's surface where there is some.
    pub(crate) fn carve(&self, ground: f32, beside: &Beside) -> (f32, Option<f32>) {
        let &Beside { edge, level, inside } = beside;
        if edge <= 0.0 {
            // Flat in the middle, steep at the edge.
            let bed = level - self.depth * (1.0 - (1.0 - inside) * (1.0 - inside)) - 0.1;
            return (bed, Some(level));
        }
        let away = edge / self.valley;
        if away >= 1.0 {
            return (ground, None);
        }
        let bank = level + 0.25 + edge * 0.05;
        let share = away * away * (3.0 - 2.0 * away);
        let carved = bank + (ground - bank) * share;
        // The surface goes on under the bank, so that the water meets it.
        (carved, (edge < 2.0).then_some(level))
    }

    /// How much of a valley's depth is left at a point: 1 at the water, 0 beyond the valley.
    pub(crate) fn nearness(&self, beside: &Beside) -> f32 {
        (1.0 - beside.edge / self.valley).clamp(0.0, 1.0)
    }

    /// Bends the network's straight lines: how far each point is moved before it is measured, in 1/256 m.
    fn meanders(&self, world: &World, area: &Area) -> Moved {
        let ways = Ways { lanes: world.lanes, area, warp: None };
        let read = |seed: u64| {
            let mut out = vec![0.0; area.points()];
            let broad = Octave::new(Basis::Perlin, seed, 0, self.spacing * 3 / 2);
            broad.read(ways, Put::Over, &mut out);
            let fine = Octave::new(Basis::Perlin, seed, 1, self.spacing / 2);
            fine.read(ways, Put::Add(0.25), &mut out);
            out
        };
        let reach = (self.spacing / 4) as f32 * 0.8;
        let moved = |value: f32| (value.clamp(-1.25, 1.25) * reach) as i32;
        let moved = |seed: u64| read(seed).into_iter().map(moved).collect();
        Moved { x: moved(hash::mix(self.seed)), z: moved(hash::mix(!self.seed)) }
    }

    fn parts_near(&self, world: &World, area: &Area, reach: i64) -> Vec<Arc<Vec<Stroke>>> {
        let side = PART * self.spacing;
        // A node's strokes reach as far as two leaps, and as wide as the widest water.
        let widest = (self.half_widths.1.max(self.lake * 1.5) * 256.0) as i64;
        let reach = reach + widest + (2 * LEAP + 2) * self.spacing;
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

    /// Draws the water through a node: a bend from each feeder to the next node, halfway each; or a lake.
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
        match next {
            Some(next) => {
                let halfway = here.between(self.end(network, next), 0.5);
                if starts.is_empty() {
                    strokes.push(Stroke { from: here, to: halfway });
                }
                for start in starts {
                    bend(start, here, halfway, strokes);
                }
            }
            None => {
                strokes.extend(starts.into_iter().map(|start| Stroke { from: start, to: here }));
                if here.level > self.sea + 0.5 && self.lake > 0.0 {
                    let size = (hash::at(self.seed, here.x, here.z) & 0xff) as f32 / 255.0;
                    let lake = End { half_width: self.lake * (0.6 + 0.8 * size), ..here };
                    strokes.push(Stroke { from: lake, to: lake });
                }
            }
        }
    }

    fn end(&self, network: &mut Network<'_>, index: usize) -> End {
        let Node { x, z, height } = network.node(index);
        let above = network.above(index, CHAIN);
        let grown = f32::from(above.saturating_sub(self.springs)) / f32::from(CHAIN - self.springs);
        let (narrow, wide) = self.half_widths;
        let level = (height as f32 / 256.0 - BANK).max(self.sea - 0.5);
        End { x, z, level, half_width: narrow + (wide - narrow) * grown.clamp(0.0, 1.0) }
    }
}

/// A quadratic curve in straight pieces. Its level falls as long as the three do.
fn bend(from: End, over: End, to: End, strokes: &mut Vec<Stroke>) {
    let at = |piece: usize| {
        let share = piece as f32 / PIECES as f32;
        from.between(over, share).between(over.between(to, share), share)
    };
    strokes.extend((0..PIECES).map(|piece| Stroke { from: at(piece), to: at(piece + 1) }));
}
