//! What lies between two bodies: hills by the heights, trunks and rocks by the walk mask.

use grid::{Position, UNITS_PER_METRE};
use rules::Cover;

use super::Body;
use crate::{GroundPoint, terrain::Terrain};

/// How tall a medium creature is, in 1/256 m.
const BODY_UNITS: i64 = 420;
/// Nobody is covered by ground from so near: ten feet.
const NEAR_UNITS: i64 = 780;
/// A square that can't be walked on although it is dry and level hides what is behind it up to this height: two metres and a half.
const OBSTACLE_UNITS: i64 = 640;

fn tall(body: &Body) -> i64 {
    BODY_UNITS * (body.wide_feet * 2 + 5) / 5
}

/// What covers a body from another's eyes.
pub(super) fn cover(terrain: &Terrain, from: &Body, target: &Body) -> Cover {
    let length = ground_length(from.position, target.position);
    if length <= NEAR_UNITS {
        return Cover::None;
    }
    let eye = from.position.y + tall(from) * 9 / 10;
    // Feet, middle and head of the target.
    let shown = [1, 5, 9].map(|part| target.position.y + tall(target) * part / 10);
    let (mut hidden, mut obstacles) = ([false; 3], 0);
    let mut was_obstacle = false;
    walk_line(from.position, target.position, length, |point, walked| {
        let Some(seen) = terrain.relief(point) else { return };
        for (hidden, shown) in hidden.iter_mut().zip(shown) {
            *hidden |= seen.height > eye + (shown - eye) * walked / length;
        }
        let is_obstacle =
            seen.is_obstacle && seen.height + OBSTACLE_UNITS > eye + (shown[1] - eye) * walked / length;
        obstacles += u32::from(is_obstacle && !was_obstacle);
        was_obstacle = is_obstacle;
    });
    let by_ground = hidden.iter().filter(|hidden| **hidden).count() as u32;
    match (by_ground, obstacles) {
        (3, _) => Cover::Total,
        (2, _) | (1, 1..) | (0, 2..) => Cover::ThreeQuarters,
        (1, 0) | (0, 1) => Cover::Half,
        _ => Cover::None,
    }
}

/// Whether no hill stands between two bodies.
pub(super) fn is_open(terrain: &Terrain, from: &Body, target: &Body) -> bool {
    let length = ground_length(from.position, target.position);
    if length <= NEAR_UNITS {
        return true;
    }
    let (eye, head) = (from.position.y + tall(from) * 9 / 10, target.position.y + tall(target) * 9 / 10);
    let mut open = true;
    walk_line(from.position, target.position, length, |point, walked| {
        let ray = eye + (head - eye) * walked / length;
        open &= terrain.relief(point).is_none_or(|seen| seen.height <= ray);
    });
    open
}

fn ground_length(from: Position, to: Position) -> i64 {
    GroundPoint::from(from).distance(to.into()).unwrap_or(i64::MAX)
}

/// Visits every metre between two points, without the ends.
fn walk_line(from: Position, to: Position, length: i64, mut visit: impl FnMut(GroundPoint, i64)) {
    for walked in (UNITS_PER_METRE..length).step_by(UNITS_PER_METRE as usize) {
        let part = |from: i64, to: i64| from + (to - from) * walked / length;
        visit(GroundPoint::new(part(from.x, to.x), part(from.z, to.z)), walked);
    }
}
