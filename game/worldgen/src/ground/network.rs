//! The nodes that water runs over: which there are, where each hands its water, and how much lies above it.
//!
//! Worked out no further than someone asks: heights tile by tile, and upstream only where water comes from. Most of the
//! plane around a place does not drain through it, and heights are what costs.
//!
//! Water goes from square to neighbouring square, to the lowest around. A pit's water breaks through its rim, if a lower node
//! lies behind it, and wears the rim down: that is what hydrologists call breaching. From these rules follow two things that
//! the drawing of rivers rests on:
//!
//! - Water never rises. What `water` tells of a node is never lower than what it tells of the next one.
//! - Ways never cross, if they are drawn straight. Of two ways along the diagonals of one block of four squares, both begin
//!   next to the end of the other, and each end would have to be lower than the other. A pit has no lower neighbour, so none of
//!   its rim hands water across its way out either. And nodes keep so near to the middle of their squares that each block of four has
//!   its corners outside: a way stays within its block.

use std::sync::Arc;

use crate::{World, area::Area, memo::Memo, plan::Evaluation};

/// How long a chain of nodes is followed upstream: rivers grow no further.
pub(super) const CHAIN: u8 = 12;
/// How far water looks for a lower node, in nodes, before it becomes a lake.
const SIGHT: i64 = 2;
/// Nodes around a part that may matter to it: a neighbour's chain, and what the chain's last looks at.
const MARGIN: i64 = 1 + CHAIN as i64 + SIGHT;
/// Nodes along the side of the tiles whose heights are looked at at once.
const TILE: i64 = 8;
const TILES_KEPT: usize = 256;
/// Heights that are looked at along a square's side, to find its lowest place.
pub(super) const LOOKS: i64 = 4;

/// The greatest height that is told apart, in 1/256 m: any recipe's heights can be added.
const HEIGHT_MAX: i64 = 1 << 40;

/// Where water runs through a square.
#[derive(Clone, Copy, Default)]
pub(super) struct Node {
    /// Eastward, in 1/256 m: halfway from the middle of the square to its lowest place.
    pub(super) x: i64,
    /// Southward, in 1/256 m.
    pub(super) z: i64,
    /// Of the square's lowest place, in 1/256 m.
    pub(super) height: i64,
}

impl Node {
    /// What is higher is decided by integers, and no two nodes are equal.
    fn rank(self) -> (i64, i64, i64) {
        (self.height, self.z, self.x)
    }
}

/// All nodes of the plane.
pub(super) struct Nodes {
    /// The layer that water follows.
    pub(super) of: usize,
    /// Side of the squares with a node each, in 1/256 m.
    pub(super) spacing: i64,
    /// Height of the sea, in metres.
    sea: f32,
    tiles: Memo<(i64, i64), Vec<Node>>,
}

impl Nodes {
    pub(super) fn new(of: usize, spacing: i64, sea: f32) -> Self {
        Self { of, spacing: spacing / LOOKS * LOOKS, sea, tiles: Memo::new(TILES_KEPT) }
    }

    /// Takes what was looked at of the same heights.
    pub(super) fn take_over(&mut self, before: &mut Self) {
        std::mem::swap(&mut self.tiles, &mut before.tiles);
    }

    /// The network around a part of the plane of `side`×`side` nodes.
    pub(super) fn around<'a>(&'a self, world: &'a World, part: (i64, i64), side: i64) -> Network<'a> {
        let width = side + 2 * MARGIN;
        let first = (part.0 * side - MARGIN, part.1 * side - MARGIN);
        let tiles_wide = width / TILE + 2;
        let count = (width * width) as usize;
        Network {
            nodes: self,
            world,
            first,
            width,
            tiles_wide,
            tiles: vec![None; (tiles_wide * tiles_wide) as usize],
            next: vec![Next::Unasked; count],
            above: vec![Above::default(); count],
        }
    }

    /// Looks at the heights of a tile.
    fn look(&self, world: &World, (column, row): (i64, i64)) -> Vec<Node> {
        let step = self.spacing / LOOKS;
        let looks = (TILE * LOOKS) as usize;
        let area = Area {
            x: column * TILE * self.spacing + step / 2,
            z: row * TILE * self.spacing + step / 2,
            step,
            width: looks,
            height: looks,
        };
        let heights = Evaluation::new(&world.plan, world.lanes).values(&area, self.of);
        let lowest = |column: i64, row: i64| {
            let places = (0..LOOKS).flat_map(|dz| (0..LOOKS).map(move |dx| (dx, dz)));
            // The looks' offsets from the middle of the square, halved.
            let off = |look: i64| (2 * look + 1 - LOOKS) * step / 4;
            let looked = places.map(|(dx, dz)| {
                let (x, z) = (column * LOOKS + dx, row * LOOKS + dz);
                let height = (heights[z as usize * looks + x as usize] * 256.0) as i64;
                let height = height.clamp(-HEIGHT_MAX, HEIGHT_MAX);
                let middle = |first: i64, square: i64| first - step / 2 + (2 * square + 1) * self.spacing / 2;
                Node { x: middle(area.x, column) + off(dx), z: middle(area.z, row) + off(dz), height }
            });
            looked.min_by_key(|node| node.rank()).unwrap_or_default()
        };
        (0..TILE)
            .flat_map(|row| (0..TILE).map(move |column| (column, row)))
            .map(|(c, r)| lowest(c, r))
            .collect()
    }
}

/// Where a node hands its water.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Unasked,
    Nowhere,
    To(usize),
}

/// How many nodes lie in the longest chain above a node, as far as it was followed.
#[derive(Clone, Copy, Default)]
struct Above {
    chain: u8,
    followed: u8,
}

/// The nodes of a part of the plane, and those around it that decide over them. Nodes go by their place in it.
pub(super) struct Network<'a> {
    nodes: &'a Nodes,
    world: &'a World,
    first: (i64, i64),
    width: i64,
    tiles_wide: i64,
    tiles: Vec<Option<Arc<Vec<Node>>>>,
    next: Vec<Next>,
    above: Vec<Above>,
}

impl Network<'_> {
    /// The nodes of the part itself, row by row.
    pub(super) fn inside(&self) -> impl Iterator<Item = usize> + use<> {
        let (width, last) = (self.width, self.width - MARGIN);
        (MARGIN..last).flat_map(move |row| (MARGIN..last).map(move |column| (row * width + column) as usize))
    }

    /// A node.
    pub(super) fn node(&mut self, index: usize) -> Node {
        let column = self.first.0 + index as i64 % self.width;
        let row = self.first.1 + index as i64 / self.width;
        let tile = (column.div_euclid(TILE), row.div_euclid(TILE));
        let corner = (self.first.0.div_euclid(TILE), self.first.1.div_euclid(TILE));
        let slot = ((tile.1 - corner.1) * self.tiles_wide + tile.0 - corner.0) as usize;
        let (nodes, world) = (self.nodes, self.world);
        let tile = self.tiles[slot].get_or_insert_with(|| nodes.tiles.get(tile, || nodes.look(world, tile)));
        tile[(row.rem_euclid(TILE) * TILE + column.rem_euclid(TILE)) as usize]
    }

    /// The neighbour that a node hands its water to. None from the sea, and from pits without a way out.
    pub(super) fn next(&mut self, index: usize) -> Option<usize> {
        if self.next[index] == Next::Unasked {
            self.next[index] = self.seek(index).map_or(Next::Nowhere, Next::To);
        }
        match self.next[index] {
            Next::To(next) => Some(next),
            _ => None,
        }
    }

    fn seek(&mut self, index: usize) -> Option<usize> {
        let here = self.node(index);
        if (here.height as f32) < self.nodes.sea * 256.0 {
            return None;
        }
        let lowest = self.lowest(self.neighbours(index, 1))?;
        if self.is_lower(lowest, index) {
            return Some(lowest);
        }
        // A pit. The rim is lowest for none but the pit and what lies beyond, so that its water goes on to there.
        let beyond = self.lowest(self.neighbours(index, SIGHT))?;
        if !self.is_lower(beyond, index) {
            return None;
        }
        let rim: Vec<usize> = self.neighbours(index, 1).filter(|rim| self.is_beside(*rim, beyond)).collect();
        self.lowest(rim.into_iter())
    }

    /// The height of the water that leaves a node, in 1/256 m: never lower than that of the next one. It is the node's own,
    /// unless a pit's water has worn it down.
    pub(super) fn water(&mut self, index: usize) -> i64 {
        let own = self.node(index).height;
        let Some(next) = self.next(index) else { return own };
        let beyond = self.node(next).height;
        let pits: Vec<usize> =
            self.feeders(index).into_iter().filter(|feeder| self.is_lower(*feeder, index)).collect();
        // Halfway down from the pit: no lower than the node beyond, as a pit only hands on to what leads lower than itself.
        let worn = pits.into_iter().map(|pit| beyond + (self.node(pit).height - beyond) / 2).min();
        worn.map_or(own, |worn| worn.min(own))
    }

    /// The nodes that hand their water to this one.
    pub(super) fn feeders(&mut self, index: usize) -> Vec<usize> {
        let mut feeders: Vec<usize> = self.neighbours(index, 1).collect();
        feeders.retain(|other| self.next(*other) == Some(index));
        feeders
    }

    fn lowest(&mut self, nodes: impl Iterator<Item = usize>) -> Option<usize> {
        nodes.min_by_key(|node| self.node(*node).rank())
    }

    fn is_lower(&mut self, index: usize, than: usize) -> bool {
        self.node(index).rank() < self.node(than).rank()
    }

    fn is_beside(&self, a: usize, b: usize) -> bool {
        let apart = |a: i64, b: i64| (a - b).abs() <= 1;
        let (a, b, width) = (a as i64, b as i64, self.width);
        apart(a % width, b % width) && apart(a / width, b / width)
    }

    /// How many nodes lie in the longest chain above a node, at most `most`.
    pub(super) fn above(&mut self, index: usize, most: u8) -> u8 {
        let Above { chain, followed } = self.above[index];
        if followed >= most || chain < followed {
            return chain.min(most);
        }
        let mut longest = 0;
        for feeder in self.feeders(index) {
            longest = longest.max(self.above(feeder, most - 1) + 1);
            if longest == most {
                break;
            }
        }
        self.above[index] = Above { chain: longest, followed: most };
        longest
    }

    /// The nodes around one up to `reach` away, row by row.
    fn neighbours(&self, index: usize, reach: i64) -> impl Iterator<Item = usize> + use<> {
        let width = self.width;
        let (column, row) = (index as i64 % width, index as i64 / width);
        let around =
            (-reach..=reach).flat_map(move |dz| (-reach..=reach).map(move |dx| (column + dx, row + dz)));
        let inside = move |(x, z): &(i64, i64)| (0..width).contains(x) && (0..width).contains(z);
        let others = around.filter(inside).map(move |(x, z)| (z * width + x) as usize);
        others.filter(move |other| *other != index)
    }
}
