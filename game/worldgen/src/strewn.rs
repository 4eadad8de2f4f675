//! Points strewn over the plane, no two nearer than a distance, the same whoever asks for whichever part.
//!
//! The plane is cut into squares so small that two points of one square would be too near. Each square's hash gives it one
//! candidate, with a rank. In each round a candidate is taken if it outranks all others near it that are still in the game,
//! and those near a taken one are out. Three rounds fill nearly all gaps; what a round decides hangs on squares at most four
//! further away, so that ten squares of margin are all that a part of the plane needs of its surroundings.

use grid::BLOCK_METRES;

use crate::{hash, memo::Memo};

const ROUNDS: usize = 3;
/// Squares around a part whose candidates may decide over its own.
const MARGIN: i64 = 10;
/// Side of the parts that are worked out at once, in 1/256 m: a block.
const PART: i64 = BLOCK_METRES * 256;
/// Parts that are remembered.
const PARTS_KEPT: usize = 24;

/// A strewn point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Eastward, in 1/256 m.
    pub(crate) x: i64,
    /// Southward, in 1/256 m.
    pub(crate) z: i64,
    /// The point's own random bits.
    pub(crate) dice: u64,
}

/// Points strewn over the plane.
pub(crate) struct Strewn {
    seed: u64,
    /// Least distance of two points, in 1/256 m.
    distance: i64,
    /// Side of the squares with one candidate each.
    side: i64,
    parts: Memo<(i64, i64), Vec<Spot>>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Taken,
    Out,
}

impl Strewn {
    pub(crate) fn new(seed: u64, distance: i64) -> Self {
        // The diagonal is just shorter than the distance. Integers, for the same squares everywhere.
        Self { seed, distance, side: (distance * 181 / 256).max(1), parts: Memo::new(PARTS_KEPT) }
    }

    /// Whether these are the same points.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.seed == other.seed && self.distance == other.distance
    }

    /// Calls `visit` with every point from `(x, z)` up to, but not including, `side` further, in an order of its own.
    pub(crate) fn within(&self, (x, z): (i64, i64), side: i64, mut visit: impl FnMut(Spot)) {
        let parts = |from: i64| from.div_euclid(PART)..=(from + side - 1).div_euclid(PART);
        for (row, column) in parts(z).flat_map(|row| parts(x).map(move |column| (row, column))) {
            let part = self.parts.get((column, row), || self.strew(column * PART, row * PART));
            let start = part.partition_point(|spot| spot.z < z);
            let rows = part[start..].iter().take_while(|spot| spot.z < z + side);
            rows.filter(|spot| (x..x + side).contains(&spot.x)).for_each(|spot| visit(*spot));
        }
    }

    /// The points of a part of the plane, from north to south.
    fn strew(&self, x: i64, z: i64) -> Vec<Spot> {
        let squares = |from: i64| {
            (from.div_euclid(self.side) - MARGIN, (from + PART - 1).div_euclid(self.side) + MARGIN)
        };
        let ((first_x, last_x), (first_z, last_z)) = (squares(x), squares(z));
        let (width, height) = ((last_x - first_x + 1) as usize, (last_z - first_z + 1) as usize);
        let columns: Vec<(i64, u64)> =
            (first_x..=last_x).map(|column| (column, hash::column(self.seed, column))).collect();
        let mut spots = Vec::with_capacity(width * height);
        for row in first_z..=last_z {
            spots.extend(columns.iter().map(|(column, hash)| self.candidate(*column, row, *hash)));
        }
        let mut states = vec![State::Open; spots.len()];
        for round in 0..ROUNDS {
            let taken = self.round(&spots, &mut states, width, height, round);
            for index in taken {
                for other in neighbours(index, width) {
                    if states[other] == State::Open && self.too_near(&spots[index], &spots[other]) {
                        states[other] = State::Out;
                    }
                }
            }
        }
        let (inside_x, inside_z) = (x..x + PART, z..z + PART);
        let taken = spots.iter().zip(&states).filter(|(_, state)| **state == State::Taken);
        let mut taken: Vec<Spot> = taken
            .map(|(spot, _)| *spot)
            .filter(|spot| inside_x.contains(&spot.x) && inside_z.contains(&spot.z))
            .collect();
        taken.sort_by_key(|spot| (spot.z, spot.x));
        taken
    }

    /// Takes the candidates that outrank all near them; those that the margin's edge can't know are left alone.
    fn round(
        &self,
        spots: &[Spot],
        states: &mut [State],
        width: usize,
        height: usize,
        round: usize,
    ) -> Vec<usize> {
        let edge = 2 + 4 * round;
        let mut taken = Vec::new();
        for row in edge..height - edge {
            for index in row * width + edge..(row + 1) * width - edge {
                if states[index] == State::Open && self.outranks(spots, states, index, width) {
                    taken.push(index);
                }
            }
        }
        taken.iter().for_each(|index| states[*index] = State::Taken);
        taken
    }

    fn outranks(&self, spots: &[Spot], states: &[State], index: usize, width: usize) -> bool {
        let rank = spots[index].dice;
        neighbours(index, width).all(|other| {
            states[other] != State::Open
                || spots[other].dice < rank
                || !self.too_near(&spots[index], &spots[other])
        })
    }

    fn too_near(&self, a: &Spot, b: &Spot) -> bool {
        let (dx, dz) = (a.x - b.x, a.z - b.z);
        dx * dx + dz * dz < self.distance * self.distance
    }

    /// A square's candidate. `hash` is its column's.
    fn candidate(&self, column: i64, row: i64, hash: u64) -> Spot {
        let bits = hash::in_column(hash, row);
        let within = |bits: u64| ((bits & 0xff_ffff) as i64 * self.side) >> 24;
        Spot {
            x: column * self.side + within(bits),
            z: row * self.side + within(bits >> 24),
            dice: hash::mix(bits),
        }
    }
}

/// The squares whose points can be too near: five by five, but for the middle and the corners. The nearest first, as they most
/// often decide.
fn neighbours(index: usize, width: usize) -> impl Iterator<Item = usize> {
    const REACH: [(isize, isize); 20] = [
        (-1, 0),
        (1, 0),
        (0, -1),
        (0, 1),
        (-1, -1),
        (1, -1),
        (-1, 1),
        (1, 1),
        (-2, 0),
        (2, 0),
        (0, -2),
        (0, 2),
        (-2, -1),
        (2, -1),
        (-2, 1),
        (2, 1),
        (-1, -2),
        (1, -2),
        (-1, 2),
        (1, 2),
    ];
    REACH.iter().map(move |(dx, dz)| index.wrapping_add_signed(dz * width as isize + dx))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(strewn: &Strewn, corner: (i64, i64), side: i64) -> Vec<Spot> {
        let mut spots = Vec::new();
        strewn.within(corner, side, |spot| spots.push(spot));
        spots
    }

    #[test]
    fn points_keep_their_distance_across_the_borders_of_parts() {
        for metres in [3, 7, 40] {
            let strewn = Strewn::new(9, metres * 256);
            let spots = all(&strewn, (-PART / 4, -PART / 4), PART / 2);
            for (i, a) in spots.iter().enumerate() {
                assert!(spots[i + 1..].iter().all(|b| !strewn.too_near(a, b)));
            }
        }
    }

    #[test]
    fn any_cutting_into_pieces_gives_the_same_points() {
        let strewn = Strewn::new(1, 6 * 256);
        let mut whole = all(&strewn, (-20_000, 5_000), 40_000);
        let mut pieces = Vec::new();
        for (x, z) in (0..5).flat_map(|z| (0..5).map(move |x| (x, z))) {
            pieces.extend(all(&Strewn::new(1, 6 * 256), (-20_000 + x * 8_000, 5_000 + z * 8_000), 8_000));
        }
        whole.sort_by_key(|spot| (spot.x, spot.z));
        pieces.sort_by_key(|spot| (spot.x, spot.z));
        assert_eq!(whole, pieces);
    }

    #[test]
    fn points_are_nearly_as_dense_as_their_distance_allows() {
        let strewn = Strewn::new(4, 5 * 256);
        let spots = all(&strewn, (0, 0), 400 * 256);
        // Random strewing until nothing fits reaches 0.69 a square of the distance.
        let density = spots.len() as f64 * 25.0 / (400.0 * 400.0);
        assert!(density > 0.5, "{density}");
    }
}
