//! Where creatures are, as far as the rules ask.

use grid::Position;

use crate::vocabulary::Light;
use crate::{Cover, language::MoveHow};

use super::Handle;

/// Position units in a hundred feet: 30.48 m of 256 units.
const UNITS_PER_100_FEET: i64 = 7_803;
/// The same the other way round.
const FEET_PER_UNIT: f64 = 100.0 / UNITS_PER_100_FEET as f64;

/// A volume in which creatures are looked for. Measures in feet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Volume {
    /// All within a radius.
    Sphere {
        /// Its centre.
        at: Position,
        /// Its radius.
        radius: u16,
    },
    /// As wide at its end as it is long.
    Cone {
        /// Its tip.
        at: Position,
        /// Where it points.
        towards: Position,
        /// How long it is.
        length: u16,
    },
    /// A cube around a point.
    Cube {
        /// Its middle.
        at: Position,
        /// Its edge.
        edge: u16,
    },
    /// A straight band.
    Line {
        /// Where it begins.
        at: Position,
        /// Where it points.
        towards: Position,
        /// How long it is.
        length: u16,
        /// How wide it is.
        width: u16,
    },
    /// An upright ring, such as a wall that surrounds a place.
    Ring {
        /// Its middle.
        at: Position,
        /// From there to the middle of its band.
        radius: u16,
        /// How broad the band is.
        width: u16,
    },
    /// An upright cylinder.
    Cylinder {
        /// The middle of its base.
        at: Position,
        /// Radius of its base.
        radius: u16,
        /// Its height.
        height: u16,
    },
}

/// Where creatures are and what lies between them. The simulation answers from its world; [`OpenField`] is an empty plain.
pub trait Space {
    /// Where a creature stands.
    fn position(&self, who: Handle) -> Position;
    /// Feet between the spaces of two creatures, rounded to five; 5 for neighbours.
    fn distance(&self, one: Handle, other: Handle) -> u16;
    /// What covers a target from somebody.
    fn cover(&self, from: Handle, target: Handle) -> Cover;
    /// Whether nothing opaque stands between them. Light and invisibility are asked for apart.
    fn in_sight(&self, from: Handle, target: Handle) -> bool;
    /// How well lit the place of a creature is.
    fn light(&self, who: Handle) -> Light;
    /// Whether the sun shines on it.
    fn is_sunlit(&self, who: Handle) -> bool;
    /// Adds the creatures in a volume to a list, nearest first.
    fn within(&self, volume: &Volume, found: &mut Vec<Handle>);
    /// Whether somebody else within so many feet of a creature is as asked.
    fn any_near(&self, who: Handle, feet: u16, is: &mut dyn FnMut(Handle) -> bool) -> bool;
    /// Moves a creature as told, as far as the world lets it; gives the feet that it moved. `from` is who moves it.
    fn shift(&mut self, who: Handle, how: MoveHow, from: Handle, to: Option<Position>, feet: u16) -> u16;
    /// Puts a creature that has just come near a point.
    fn place(&mut self, who: Handle, near: Position);
    /// Takes a creature out.
    fn lift_out(&mut self, who: Handle);
}

/// An endless plain in bright daylight, on which nothing stands in the way: for forecasts, tests and tables.
#[derive(Clone, Debug, Default)]
pub struct OpenField {
    /// By [`Handle::index`].
    positions: Vec<Option<(Handle, Position)>>,
}

impl OpenField {
    fn set(&mut self, who: Handle, at: Position) {
        if self.positions.len() <= who.index() {
            self.positions.resize(who.index() + 1, None);
        }
        self.positions[who.index()] = Some((who, at));
    }

    /// Puts a creature so many feet east and south of the middle.
    pub fn put(&mut self, who: Handle, east_feet: i32, south_feet: i32) {
        let units = |feet: i32| i64::from(feet) * UNITS_PER_100_FEET / 100;
        self.set(who, Position::new(units(east_feet), 0, units(south_feet)));
    }

    /// The point so many feet east and south of the middle.
    #[must_use]
    pub fn point(east_feet: i32, south_feet: i32) -> Position {
        let units = |feet: i32| i64::from(feet) * UNITS_PER_100_FEET / 100;
        Position::new(units(east_feet), 0, units(south_feet))
    }
}

fn feet_between(one: Position, other: Position) -> f64 {
    let (dx, dy, dz) = ((one.x - other.x) as f64, (one.y - other.y) as f64, (one.z - other.z) as f64);
    (dx * dx + dy * dy + dz * dz).sqrt() * FEET_PER_UNIT
}

impl Volume {
    /// Whether a point is inside. An edge is inside, give or take half a foot.
    #[must_use]
    pub fn holds(&self, point: Position) -> bool {
        const SLACK: f64 = 0.5;
        match *self {
            Self::Sphere { at, radius } => feet_between(at, point) <= f64::from(radius) + SLACK,
            Self::Cube { at, edge } => {
                let half = f64::from(edge) / 2.0 + SLACK;
                let feet = |units: i64| units.abs() as f64 * FEET_PER_UNIT;
                feet(at.x - point.x) <= half && feet(at.z - point.z) <= half
            }
            Self::Cylinder { at, radius, .. } => {
                let level = Position::new(point.x, at.y, point.z);
                feet_between(at, level) <= f64::from(radius) + SLACK
            }
            Self::Ring { at, radius, width } => {
                let level = Position::new(point.x, at.y, point.z);
                let off = feet_between(at, level) - f64::from(radius);
                off.abs() <= f64::from(width) / 2.0 + SLACK
            }
            Self::Cone { at, towards, length } => {
                let (along, across) = along_and_across(at, towards, point);
                along > 0.0 && along <= f64::from(length) + SLACK && across <= along / 2.0 + SLACK
            }
            Self::Line { at, towards, length, width } => {
                let (along, across) = along_and_across(at, towards, point);
                along > 0.0 && along <= f64::from(length) + SLACK && across <= f64::from(width) / 2.0 + SLACK
            }
        }
    }

    /// Where it begins.
    #[must_use]
    pub const fn origin(&self) -> Position {
        match *self {
            Self::Sphere { at, .. }
            | Self::Cone { at, .. }
            | Self::Cube { at, .. }
            | Self::Line { at, .. }
            | Self::Ring { at, .. }
            | Self::Cylinder { at, .. } => at,
        }
    }
}

/// How far a point lies in a direction, and how far beside it, in feet on the ground.
fn along_and_across(at: Position, towards: Position, point: Position) -> (f64, f64) {
    let (dx, dz) = ((towards.x - at.x) as f64, (towards.z - at.z) as f64);
    let length = (dx * dx + dz * dz).sqrt().max(1.0);
    let (px, pz) = ((point.x - at.x) as f64, (point.z - at.z) as f64);
    let scale = FEET_PER_UNIT / length;
    ((px * dx + pz * dz) * scale, ((px * dz - pz * dx) * scale).abs())
}

impl Space for OpenField {
    fn position(&self, who: Handle) -> Position {
        match self.positions.get(who.index()) {
            Some(Some((other, at))) if *other == who => *at,
            _ => Position::default(),
        }
    }

    fn distance(&self, one: Handle, other: Handle) -> u16 {
        if one == other {
            return 0;
        }
        let feet = feet_between(self.position(one), self.position(other));
        // No distance is negative, so this rounds as `round` does, at a fraction of its cost.
        ((feet * 0.2 + 0.5) as u16).saturating_mul(5).max(5)
    }

    fn cover(&self, _: Handle, _: Handle) -> Cover {
        Cover::None
    }

    fn in_sight(&self, _: Handle, _: Handle) -> bool {
        true
    }

    fn light(&self, _: Handle) -> Light {
        Light::Bright
    }

    fn is_sunlit(&self, _: Handle) -> bool {
        false
    }

    fn within(&self, volume: &Volume, found: &mut Vec<Handle>) {
        let start = found.len();
        found
            .extend(self.positions.iter().flatten().filter(|(_, at)| volume.holds(*at)).map(|(who, _)| *who));
        let origin = volume.origin();
        // Ties go by handle, so that a list never depends on anything else.
        found[start..].sort_by_key(|who| (self.position(*who).ground_distance_squared(origin), *who));
    }

    fn any_near(&self, who: Handle, feet: u16, is: &mut dyn FnMut(Handle) -> bool) -> bool {
        self.positions
            .iter()
            .flatten()
            .any(|(other, _)| *other != who && self.distance(who, *other) <= feet && is(*other))
    }

    fn shift(&mut self, who: Handle, how: MoveHow, from: Handle, to: Option<Position>, feet: u16) -> u16 {
        let (at, centre) = (self.position(who), self.position(from));
        let target = match how {
            MoveHow::Swap => {
                self.set(from, at);
                centre
            }
            MoveHow::Push | MoveHow::Flee => along(centre, at, at, i64::from(feet)),
            MoveHow::Pull | MoveHow::Approach => {
                let room = (i64::from(self.distance(who, from)) - 5).max(0);
                along(at, centre, at, i64::from(feet).min(room))
            }
            MoveHow::Lift => Position::new(at.x, at.y + i64::from(feet) * UNITS_PER_100_FEET / 100, at.z),
            MoveHow::Fall => Position::new(at.x, 0, at.z),
            MoveHow::Teleport | MoveHow::Shift | MoveHow::Walk => match to {
                Some(to) => {
                    let far = feet_between(at, to).round() as i64;
                    along(at, to, at, far.min(i64::from(feet)))
                }
                None => at,
            },
            MoveHow::Banish => at,
        };
        self.set(who, target);
        feet_between(at, target).round() as u16
    }

    fn place(&mut self, who: Handle, near: Position) {
        self.set(who, near);
    }

    fn lift_out(&mut self, who: Handle) {
        if let Some(place) = self.positions.get_mut(who.index()) {
            *place = None;
        }
    }
}

/// The point `feet` further than `start` in the direction from one point to another.
pub(super) fn along(from: Position, to: Position, start: Position, feet: i64) -> Position {
    let (dx, dz) = ((to.x - from.x) as f64, (to.z - from.z) as f64);
    let length = (dx * dx + dz * dz).sqrt();
    if length < 1.0 {
        return Position::new(start.x + feet * UNITS_PER_100_FEET / 100, start.y, start.z);
    }
    let units = (feet * UNITS_PER_100_FEET) as f64 / 100.0;
    Position::new(start.x + (dx / length * units) as i64, start.y, start.z + (dz / length * units) as i64)
}
