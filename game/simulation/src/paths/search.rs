//! Looking for a way: A* over square metres, in a window around where it begins.
//!
//! Costs are whole numbers and ties go by place, so that the same ground gives the same way on every machine.

use std::{cmp::Reverse, collections::BinaryHeap};

use flecs_ecs::prelude::*;
use grid::UNITS_PER_METRE;

use super::Route;
use crate::{
    GroundPoint,
    identity::{Identity, NetId},
    movement::{Movement, Place, Stride},
    schedule::Decide,
    terrain::Terrain,
};

/// Metres along the window's side: two cells in each direction.
const SIDE: i64 = 256;
/// Square metres that one search looks at. What is farther is reached in stages.
const LOOKED_AT_MAX: u32 = 6_000;
/// Square metres that all searches of a tick look at together; whoever comes later goes straight for the time being.
const LOOKED_AT_PER_TICK: u32 = 24_000;
/// Cost of a step along an axis and across.
const STRAIGHT: u32 = 10;
const ACROSS: u32 = 14;
/// The eight neighbours of a square; those across come last.
const NEIGHBOURS: [(i64, i64); 8] = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)];

/// A square metre of the window, as a search knows it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The search that it belongs to.
    search: u32,
    cost: u32,
    /// Number of the neighbour it was reached from, as in [`NEIGHBOURS`]; 8 at the start.
    from: u8,
    is_closed: bool,
}

/// The memory of searches, used again by each.
#[derive(Component, Debug)]
pub(crate) struct Paths {
    window: Vec<Seen>,
    open: BinaryHeap<Reverse<(u32, u32)>>,
    squares: Vec<GroundPoint>,
    /// Those whose way has to be looked for anew in this tick.
    lost: Vec<(NetId, Entity)>,
    search: u32,
    left: u32,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            window: vec![Seen::default(); (SIDE * SIDE) as usize],
            open: BinaryHeap::new(),
            squares: Vec::new(),
            lost: Vec::new(),
            search: 0,
            left: LOOKED_AT_PER_TICK,
        }
    }
}

impl Paths {
    /// Fills a route from one point to another. Where no way leads there, it leads as near as it can.
    pub(crate) fn find(&mut self, terrain: &Terrain, from: GroundPoint, to: GroundPoint, route: &mut Route) {
        let Some(length) = from.distance(to) else { return route.clear() };
        let is_open = terrain.walk(from, to, length).is_ok();
        if is_open || self.left == 0 {
            route.lead_straight(to, !is_open);
            return;
        }
        self.search = self.search.wrapping_add(1);
        let corner = GroundPoint::new(metre(from.x) - SIDE / 2, metre(from.z) - SIDE / 2);
        let goal = (metre(to.x) - corner.x, metre(to.z) - corner.z);
        let (nearest, is_there) = self.look(terrain, corner, goal);
        self.trace(terrain, corner, nearest, (from, to, is_there), route);
    }

    /// Searches until the goal is reached or enough was looked at; gives the square nearest to the goal.
    fn look(&mut self, terrain: &Terrain, corner: GroundPoint, goal: (i64, i64)) -> (u32, bool) {
        let start = (SIDE / 2 * SIDE + SIDE / 2) as u32;
        let search = self.search;
        self.open.clear();
        self.window[start as usize] = Seen { search, cost: 0, from: 8, is_closed: false };
        self.open.push(Reverse((estimate(start, goal), start)));
        let mut nearest = (estimate(start, goal), start);
        let mut looked_at = 0;
        while let Some(Reverse((_, square))) = self.open.pop() {
            let seen = &mut self.window[square as usize];
            if seen.is_closed {
                continue;
            }
            seen.is_closed = true;
            let cost = seen.cost;
            nearest = nearest.min((estimate(square, goal), square));
            looked_at += 1;
            if nearest.0 == 0 || looked_at >= LOOKED_AT_MAX.min(self.left) {
                break;
            }
            self.expand(terrain, corner, goal, (square, cost));
        }
        self.left = self.left.saturating_sub(looked_at);
        (nearest.1, nearest.0 == 0)
    }

    fn expand(
        &mut self,
        terrain: &Terrain,
        corner: GroundPoint,
        goal: (i64, i64),
        (square, cost): (u32, u32),
    ) {
        let (x, z) = (i64::from(square) % SIDE, i64::from(square) / SIDE);
        let stands = |x: i64, z: i64| terrain.stand(middle(corner, x, z)).is_ok();
        // An axis that is closed closes the corners beside it: nobody slips between two trunks that touch.
        let mut free = [false; 4];
        for (number, (dx, dz)) in NEIGHBOURS.into_iter().enumerate() {
            let (nx, nz) = (x + dx, z + dz);
            if !(0..SIDE).contains(&nx) || !(0..SIDE).contains(&nz) {
                continue;
            }
            let is_across = number >= 4;
            if is_across && !(free[if dx > 0 { 0 } else { 2 }] && free[if dz > 0 { 1 } else { 3 }]) {
                continue;
            }
            let next = (nz * SIDE + nx) as u32;
            let known = self.window[next as usize];
            let is_known = known.search == self.search;
            if !is_known && !stands(nx, nz) {
                continue;
            }
            if !is_across {
                free[number] = true;
            }
            let reached = cost + if is_across { ACROSS } else { STRAIGHT };
            if is_known && (known.is_closed || known.cost <= reached) {
                continue;
            }
            let from = number as u8;
            self.window[next as usize] = Seen { search: self.search, cost: reached, from, is_closed: false };
            self.open.push(Reverse((reached + estimate(next, goal), next)));
        }
    }

    /// Goes back from the square that was reached, and keeps only the corners of the way.
    fn trace(
        &mut self,
        terrain: &Terrain,
        corner: GroundPoint,
        reached: u32,
        (from, to, is_there): (GroundPoint, GroundPoint, bool),
        route: &mut Route,
    ) {
        let mut squares = std::mem::take(&mut self.squares);
        squares.clear();
        let mut square = reached;
        loop {
            let (x, z) = (i64::from(square) % SIDE, i64::from(square) / SIDE);
            squares.push(middle(corner, x, z));
            let Some((dx, dz)) = NEIGHBOURS.get(usize::from(self.window[square as usize].from)) else {
                break;
            };
            square = ((z - dz) * SIDE + (x - dx)) as u32;
        }
        // The first is the goal, the last the start.
        if is_there && let Some(first) = squares.first_mut() {
            *first = to;
        }
        if let Some(last) = squares.last_mut() {
            *last = from;
        }
        let legs = route.begin(to, !is_there);
        straighten(terrain, &squares, legs);
        self.squares = squares;
    }
}

/// Keeps those squares of a way, its end first, between which one has to turn.
fn straighten(terrain: &Terrain, squares: &[GroundPoint], legs: &mut Vec<GroundPoint>) {
    let Some(end) = squares.first() else { return };
    let (mut kept, mut kept_at) = (*end, 0);
    legs.push(kept);
    for place in 1..squares.len() {
        let is_open = |a: GroundPoint, b: GroundPoint| {
            a.distance(b).is_some_and(|length| terrain.walk(a, b, length).is_ok())
        };
        if !is_open(squares[place], kept) && place > kept_at + 1 {
            (kept, kept_at) = (squares[place - 1], place - 1);
            legs.push(kept);
        }
    }
}

const fn metre(units: i64) -> i64 {
    units.div_euclid(UNITS_PER_METRE)
}

const fn middle(corner: GroundPoint, x: i64, z: i64) -> GroundPoint {
    GroundPoint::new(
        (corner.x + x) * UNITS_PER_METRE + UNITS_PER_METRE / 2,
        (corner.z + z) * UNITS_PER_METRE + UNITS_PER_METRE / 2,
    )
}

/// The least that the way to the goal can cost.
fn estimate(square: u32, (gx, gz): (i64, i64)) -> u32 {
    let (x, z) = (i64::from(square) % SIDE, i64::from(square) / SIDE);
    let (dx, dz) = (x.abs_diff(gx), z.abs_diff(gz));
    let (least, most) = (dx.min(dz), dx.max(dz));
    u32::try_from(least * u64::from(ACROSS) + (most - least) * u64::from(STRAIGHT)).unwrap_or(u32::MAX / 4)
}

/// Registers routes, and the system that goes from leg to leg.
pub(crate) fn register(world: &World) {
    world.import::<Movement>();
    world.component::<Route>();
    world.component::<Paths>().add_trait::<flecs::Singleton>();
    world.set(Paths::default());
    // Before the first search of a tick: nothing of it lives from tick to tick, so a checkpoint need not tell it.
    world.system_named::<&mut Paths>("rest_from_searching").kind(id::<Decide>()).each(|paths| {
        paths.left = LOOKED_AT_PER_TICK;
    });
    world
        .system_named::<(&Identity, &Place, &mut Stride, &mut Route, &mut Paths)>("follow_route")
        .kind(id::<Decide>())
        .each_entity(|body, (identity, place, stride, route, paths)| {
            if follow_route(*place, stride, route) {
                paths.lost.push((identity.net_id, body.id()));
            }
        });
    // Whoever is found lost after this has looked for ways does so in the next tick.
    world.system_named::<()>("look_for_ways").kind(id::<Decide>()).run(|it| {
        let world = it.world();
        let mut lost = world.get::<&mut Paths>(|paths| std::mem::take(&mut paths.lost));
        // Searches share what a tick has time for, so it matters who comes first.
        lost.sort_unstable();
        for (_, body) in lost.drain(..) {
            look_again(&world, world.entity_from_id(body));
        }
        world.get::<&mut Paths>(|paths| paths.lost = lost);
    });
}

/// Sets out on the next leg. True, if there is none and the way has to be looked for anew.
fn follow_route(place: Place, stride: &mut Stride, route: &mut Route) -> bool {
    if !stride.is_over() {
        return false;
    }
    let here = GroundPoint::from(place.position);
    if !route.goes_on() {
        match route.goal() {
            // Farther than the window: from here one sees more of it, unless it led nowhere.
            Some((goal, true)) if here.distance(goal).is_some_and(|far| far > SIDE / 4 * UNITS_PER_METRE) => {
                return true;
            }
            _ => {
                route.clear();
                return false;
            }
        }
    }
    *stride = route.next_leg(here);
    false
}

fn look_again(world: &WorldRef<'_>, body: EntityView<'_>) {
    world.get::<&Terrain>(|terrain| {
        world.get::<&mut Paths>(|paths| {
            body.try_get::<(&Place, &mut Stride, &mut Route)>(|(place, stride, route)| {
                let here = GroundPoint::from(place.position);
                if let Some((goal, _)) = route.goal() {
                    paths.find(terrain, here, goal, route);
                    *stride = route.next_leg(here);
                }
            });
        });
    });
}
