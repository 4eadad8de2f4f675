//! A recipe's own tests, run on the world that grew from it.

use grid::CellCoord;
use serde::{Deserialize, Serialize};

use crate::{World, area::Area, biomes::Sites, ground::Place, plan::Evaluation, recipe::Expectation};

/// Points a side of the wide look at the world: with [`WIDE_STEP`] between them it sees 32 km each way.
const WIDE_SIDE: usize = 512;
const WIDE_STEP: i64 = 64 * 256;
/// Patches a side of the close look, and the cells from one to the next: spread over the same plane. Many small ones, for land
/// is alike within a few hundred metres: of a few whole chunks, one or two would decide over the steepest hundredth.
const CLOSE_SIDE: i32 = 64;
const CLOSE_CELLS: i32 = 8;
/// Squares a side of a patch.
const PATCH_SIDE: usize = 16;
/// Squares a side of the walk between settlements, and how wide they are: 4 km each way.
const WALK_SIDE: usize = 512;
const WALK_STEP: i64 = 8 * 256;

/// How one of a recipe's tests went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// The test's key, such as `ocean_share` or `biome_share.forest`.
    pub test: String,
    /// What the recipe expects, such as `0.27 to 0.33`.
    pub expected: String,
    /// What was found.
    pub found: f64,
    /// Whether that is as expected.
    pub holds: bool,
    /// The line of the recipe's text, where there is a text.
    pub line: Option<u64>,
}

/// What a look at the world found.
struct Findings {
    ocean_share: f64,
    highest: f64,
    walkable_share: f64,
    slope_p99: f64,
    biome_shares: Vec<f64>,
}

impl World {
    /// Runs the recipe's tests: looks at 32 × 32 km around the origin, at wide steps for the sea and the heights, and at 4,096
    /// patches of 16 × 16 m metre by metre for the rest, without water and people; at 4 × 4 km with both for what people can reach. Takes
    /// about a second.
    #[must_use]
    pub fn run_tests(&self) -> Vec<Proof> {
        let tests = &self.recipe.tests;
        let mut proofs = Vec::new();
        let findings = self.look();
        let mut prove = |test: String, expected: Option<Expectation>, found: f64| {
            if let Some(expected) = expected {
                let line = self.line(&format!("tests.{test}"));
                let holds = expected.holds(found);
                proofs.push(Proof { test, expected: expected.to_string(), found, holds, line });
            }
        };
        prove("ocean_share".to_owned(), tests.ocean_share, findings.ocean_share);
        prove("walkable_share".to_owned(), tests.walkable_share, findings.walkable_share);
        prove("slope_p99".to_owned(), tests.slope_p99, findings.slope_p99);
        prove("highest".to_owned(), tests.highest, findings.highest);
        if tests.settlements_reachable.is_some() {
            let found = self.settlements_reachable();
            prove("settlements_reachable".to_owned(), tests.settlements_reachable, found);
        }
        for (biome, share) in self.recipe.biomes.iter().zip(&findings.biome_shares) {
            prove(format!("biome_share.{}", biome.id), tests.biome_share.get(&biome.id).copied(), *share);
        }
        proofs
    }

    fn look(&self) -> Findings {
        let half = WIDE_SIDE as i64 / 2 * WIDE_STEP;
        let wide = Area { x: -half, z: -half, step: WIDE_STEP, width: WIDE_SIDE, height: WIDE_SIDE };
        let ground = self.ground.surface(self, &mut Evaluation::new(&self.plan, self.lanes), &wide).metres;
        let sea = self.recipe.terrain.water_level.metres();
        let under = ground.iter().filter(|height| **height < sea).count();
        let mut close = Close { slopes: Vec::new(), walkable: 0, biomes: vec![0; self.recipe.biomes.len()] };
        let first = -CLOSE_SIDE / 2;
        for (row, column) in (0..CLOSE_SIDE).flat_map(|row| (0..CLOSE_SIDE).map(move |column| (row, column)))
        {
            close.add(self, CellCoord::new((first + column) * CLOSE_CELLS, (first + row) * CLOSE_CELLS));
        }
        let squares = f64::from(CLOSE_SIDE * CLOSE_SIDE) * (PATCH_SIDE * PATCH_SIDE) as f64;
        close.slopes.sort_unstable();
        let dry = close.slopes.len();
        let steep = close.slopes.get(dry * 99 / 100).copied().unwrap_or_default();
        Findings {
            ocean_share: under as f64 / ground.len() as f64,
            highest: f64::from(ground.iter().copied().fold(f32::MIN, f32::max)),
            walkable_share: if dry == 0 { 0.0 } else { close.walkable as f64 / dry as f64 },
            slope_p99: f64::from(steep).sqrt() / 512.0,
            biome_shares: close.biomes.iter().map(|count| *count as f64 / squares).collect(),
        }
    }
}

impl World {
    /// The share of the settlements around the origin from which one can walk to most of the land.
    fn settlements_reachable(&self) -> f64 {
        let half = WALK_SIDE as i64 / 2 * WALK_STEP;
        let area = Area { x: -half, z: -half, step: WALK_STEP, width: WALK_SIDE + 1, height: WALK_SIDE + 1 };
        let land = self.land(&mut Evaluation::new(&self.plan, self.lanes), &area);
        let (stretches, sizes) = stretches(&land.walkable, WALK_SIDE);
        let places = self.ground.settlements().near(self, &area, 0);
        let largest = sizes.iter().max();
        let is_reached = |place: &Place| {
            // A house may stand in the very middle: any ground inside of it will do.
            let squares = place.radius / WALK_STEP;
            let index = |units: i64, start: i64| (units - start).div_euclid(WALK_STEP);
            let (column, row) = (index(place.x, area.x), index(place.z, area.z));
            let around = (-squares..=squares).flat_map(|dz| (-squares..=squares).map(move |dx| (dx, dz)));
            let inside = around.map(|(dx, dz)| (column + dx, row + dz));
            let side = WALK_SIDE as i64;
            let mut inside = inside.filter(|(x, z)| (0..side).contains(x) && (0..side).contains(z));
            inside.any(|(x, z)| {
                stretches[(z * side + x) as usize].is_some_and(|stretch| Some(&sizes[stretch]) == largest)
            })
        };
        let reached = places.iter().filter(|place| is_reached(place)).count();
        if places.is_empty() { 1.0 } else { reached as f64 / places.len() as f64 }
    }
}

/// The stretches of walkable squares that hang together: for each square the one it belongs to, and how many each has.
fn stretches(walkable: &[bool], side: usize) -> (Vec<Option<usize>>, Vec<usize>) {
    let (mut stretches, mut sizes) = (vec![None; walkable.len()], Vec::new());
    for start in 0..walkable.len() {
        if !walkable[start] || stretches[start].is_some() {
            continue;
        }
        let (mut open, mut size) = (vec![start], 0);
        stretches[start] = Some(sizes.len());
        while let Some(square) = open.pop() {
            size += 1;
            let (column, row) = (square % side, square / side);
            let beside = [
                (column > 0).then(|| square - 1),
                (column + 1 < side).then(|| square + 1),
                (row > 0).then(|| square - side),
                (row + 1 < side).then(|| square + side),
            ];
            for next in beside.into_iter().flatten() {
                if walkable[next] && stretches[next].is_none() {
                    stretches[next] = Some(sizes.len());
                    open.push(next);
                }
            }
        }
        sizes.push(size);
    }
    (stretches, sizes)
}

/// What patches look like from near.
struct Close {
    /// The slopes of the dry squares, in the measure of [`Sites`].
    slopes: Vec<i32>,
    walkable: usize,
    biomes: Vec<usize>,
}

impl Close {
    fn add(&mut self, world: &World, cell: CellCoord) {
        let mut layers = Evaluation::new(&world.plan, world.lanes);
        let area = Area { width: PATCH_SIDE + 1, height: PATCH_SIDE + 1, ..Area::of_chunk(cell) };
        // Patches so far apart share no river and no road, and these hardly change the shares.
        let bare = world.ground.bare(&mut layers, &area);
        let land = world.land_over(&mut layers, &area, bare);
        let Sites { height, slope_squared, .. } = &land.sites;
        let sea = world.recipe.terrain.water_level.units() as i32;
        for square in 0..land.sites.count() {
            self.biomes[usize::from(land.biomes[square])] += 1;
            if height[square] >= sea {
                self.slopes.push(slope_squared[square]);
                self.walkable += usize::from(land.walkable[square]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ground_hangs_together_along_sides_and_not_over_corners() {
        let map = "##.#
                   .#.#
                   ..#.
                   ##.#";
        let walkable: Vec<bool> = map.chars().filter(|c| !c.is_whitespace()).map(|c| c == '#').collect();
        let (stretches, sizes) = stretches(&walkable, 4);
        assert_eq!(sizes, [3, 2, 1, 2, 1]);
        assert_eq!(stretches[5], Some(0));
        assert_eq!(stretches[2], None);
    }
}
