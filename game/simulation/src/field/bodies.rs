//! The bodies of fighters in a grid of buckets. Everything is kept in slots by [`Handle::index`] and linked by numbers, so that
//! moving about allocates nothing.

use flecs_ecs::prelude::*;
use grid::{Position, REGION_METRES, RegionCoord, UNITS_PER_METRE};
use rules::combat::Handle;

use super::glances::Glances;
use crate::GroundPoint;

/// Metres along a bucket's side.
const BUCKET_METRES: i64 = 16;
/// Buckets along a region's side.
const BUCKETS: i64 = REGION_METRES / BUCKET_METRES;
/// Most bodies of a field that is read, and the widest: far more than any region holds, and little enough to bound what foreign
/// bytes can cost.
const BODIES_MAX: usize = 1 << 20;
const WIDE_FEET_MAX: i64 = 1_000;
/// No body.
const NOBODY: u32 = u32::MAX;
/// Position units in ten thousand feet: 3,048 m of 256 units.
const UNITS_PER_10_000_FEET: i64 = 780_288;

/// A distance in feet as 1/256 m, rounded down.
pub(crate) const fn units_of(feet: i64) -> i64 {
    feet * UNITS_PER_10_000_FEET / 10_000
}

/// A distance in 1/256 m as feet, rounded to the nearest.
pub(crate) const fn feet_of(units: i64) -> i64 {
    (units * 10_000 + UNITS_PER_10_000_FEET / 2) / UNITS_PER_10_000_FEET
}

/// A fighter's body as the rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    pub(crate) handle: Handle,
    pub(crate) position: Position,
    /// Half of the space that it takes, in feet, beyond that of a medium creature.
    pub(crate) wide_feet: i64,
    bucket: u32,
    next: u32,
    before: u32,
}

/// A fighter that has gone far enough to be judged, or has stopped.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Mark {
    pub(crate) handle: Handle,
    pub(crate) to: Position,
}

/// All bodies of fighters in the region.
#[derive(Component, Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(into = "WrittenField", try_from = "WrittenField")]
pub(crate) struct Field {
    /// The region's north-western corner.
    corner: GroundPoint,
    bodies: Vec<Option<Body>>,
    heads: Vec<u32>,
    /// Steps of this tick that wait for judgement.
    pub(crate) marks: Vec<Mark>,
    /// Whom the rules have moved since bodies were last put in their places.
    pub(crate) displaced: Vec<Handle>,
    /// What covered whom when it was looked at last.
    pub(super) glances: Glances,
}

/// The field as it is written: its lists follow from the order of the bodies.
#[derive(serde::Serialize, serde::Deserialize)]
struct WrittenField {
    corner: GroundPoint,
    /// Who, where, and how wide beyond a medium creature; of each bucket the last comes first.
    bodies: Vec<(Handle, Position, i64)>,
    marks: Vec<Mark>,
    displaced: Vec<Handle>,
}

impl From<Field> for WrittenField {
    fn from(field: Field) -> Self {
        let mut bodies = Vec::new();
        for head in &field.heads {
            let (begin, mut index) = (bodies.len(), *head);
            while let Some(body) = field.bodies.get(index as usize).and_then(Option::as_ref) {
                bodies.push((body.handle, body.position, body.wide_feet));
                index = body.next;
            }
            bodies[begin..].reverse();
        }
        Self { corner: field.corner, bodies, marks: field.marks, displaced: field.displaced }
    }
}

/// Bytes tell of more bodies than a region can have.
#[derive(Debug, thiserror::Error)]
#[error("a body has a number that no region comes to")]
pub(crate) struct Crowded;

impl TryFrom<WrittenField> for Field {
    type Error = Crowded;

    fn try_from(written: WrittenField) -> Result<Self, Crowded> {
        let WrittenField { corner, bodies, marks, displaced } = written;
        let mut field = Self { corner, marks, displaced, ..Self::new(RegionCoord::new(0, 0)) };
        for (handle, position, wide_feet) in bodies {
            if handle.index() >= BODIES_MAX || !(0..=WIDE_FEET_MAX).contains(&wide_feet) {
                return Err(Crowded);
            }
            field.put(handle, position, wide_feet * 2 + 5);
        }
        Ok(field)
    }
}

impl Field {
    pub(crate) fn new(region: RegionCoord) -> Self {
        Self {
            corner: region.first_cell().origin().into(),
            bodies: Vec::new(),
            heads: vec![NOBODY; (BUCKETS * BUCKETS) as usize],
            marks: Vec::new(),
            displaced: Vec::new(),
            glances: Glances::default(),
        }
    }

    /// The body of a fighter, if it is in the field.
    pub(crate) fn body(&self, who: Handle) -> Option<&Body> {
        self.bodies.get(who.index())?.as_ref().filter(|body| body.handle == who)
    }

    /// Where a fighter stands.
    pub(crate) fn position(&self, who: Handle) -> Option<Position> {
        self.body(who).map(|body| body.position)
    }

    /// Puts a body into the field, or elsewhere. `space_feet` is the side of the space that it takes.
    pub(crate) fn put(&mut self, handle: Handle, position: Position, space_feet: i64) {
        let index = handle.index();
        if self.bodies.len() <= index {
            self.bodies.resize(index + 1, None);
        }
        self.unlink(index);
        let bucket = self.bucket(position.x, position.z) as u32;
        let next = std::mem::replace(&mut self.heads[bucket as usize], index as u32);
        if let Some(body) = self.bodies.get_mut(next as usize).and_then(Option::as_mut) {
            body.before = index as u32;
        }
        let wide_feet = (space_feet - 5).max(0) / 2;
        self.bodies[index] = Some(Body { handle, position, wide_feet, bucket, next, before: NOBODY });
    }

    /// Moves a body that is in the field.
    pub(crate) fn set(&mut self, handle: Handle, position: Position) {
        let Some(body) = self.bodies.get_mut(handle.index()).and_then(Option::as_mut) else { return };
        if body.handle != handle {
            return;
        }
        let (old, wide) = (body.bucket, body.wide_feet);
        if old == self.bucket(position.x, position.z) as u32 {
            if let Some(body) = self.bodies[handle.index()].as_mut() {
                body.position = position;
            }
        } else {
            self.put(handle, position, wide * 2 + 5);
        }
    }

    /// Takes a body out.
    pub(crate) fn take_out(&mut self, handle: Handle) {
        if self.body(handle).is_some() {
            self.unlink(handle.index());
            self.bodies[handle.index()] = None;
        }
    }

    /// Calls `found` with every body whose middle may lie within `units` of a point, until it returns true; whether it did.
    pub(crate) fn any_about(&self, at: Position, units: i64, mut found: impl FnMut(&Body) -> bool) -> bool {
        let (west, east) =
            (self.column(at.x - units, self.corner.x), self.column(at.x + units, self.corner.x));
        let (north, south) =
            (self.column(at.z - units, self.corner.z), self.column(at.z + units, self.corner.z));
        for row in north..=south {
            for column in west..=east {
                let mut index = self.heads[(row * BUCKETS + column) as usize];
                while let Some(body) = self.bodies.get(index as usize).and_then(Option::as_ref) {
                    if found(body) {
                        return true;
                    }
                    index = body.next;
                }
            }
        }
        false
    }

    /// Whether somebody who counts stands within `units` of a point.
    pub(crate) fn is_taken(&self, at: GroundPoint, units: i64, counts: impl Fn(Handle) -> bool) -> bool {
        let at = at.at_height(0);
        self.any_about(at, units, |body| {
            body.position.ground_distance_squared(at) < (units * units) as u128 && counts(body.handle)
        })
    }

    fn unlink(&mut self, index: usize) {
        let Some(body) = self.bodies[index] else { return };
        match self.bodies.get_mut(body.before as usize).and_then(Option::as_mut) {
            Some(before) => before.next = body.next,
            None => self.heads[body.bucket as usize] = body.next,
        }
        if let Some(next) = self.bodies.get_mut(body.next as usize).and_then(Option::as_mut) {
            next.before = body.before;
        }
    }

    fn bucket(&self, x: i64, z: i64) -> i64 {
        self.column(z, self.corner.z) * BUCKETS + self.column(x, self.corner.x)
    }

    const fn column(&self, units: i64, corner: i64) -> i64 {
        let column = units.saturating_sub(corner).div_euclid(BUCKET_METRES * UNITS_PER_METRE);
        // `clamp` is not const for integers.
        if column < 0 {
            0
        } else if column >= BUCKETS {
            BUCKETS - 1
        } else {
            column
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::combat::{Arena, Creature, Sheet};
    use rules::{AbilityScores, Ruleset, content::srd};

    use super::*;

    fn handles(count: usize) -> Vec<Handle> {
        let mut arena = Arena::new(srd(), Ruleset::default());
        let sheet = Sheet::plain(1, AbilityScores::new([10; 6]));
        (0..count).map(|_| arena.add(Creature::new(sheet.clone(), 1))).collect()
    }

    fn about(field: &Field, x: i64, metres: i64) -> Vec<Handle> {
        let (mut found, at) = (Vec::new(), Position::from_metres(x, 0, 0));
        field.any_about(at, metres * UNITS_PER_METRE, |body| {
            let units = metres * UNITS_PER_METRE;
            if body.position.ground_distance_squared(at) <= (units * units) as u128 {
                found.push(body.handle);
            }
            false
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn bodies_are_found_where_they_went_and_not_where_they_were() {
        let who = handles(3);
        let mut field = Field::new(RegionCoord::new(0, 0));
        for (place, handle) in who.iter().enumerate() {
            field.put(*handle, Position::from_metres(place as i64 * 10, 0, 0), 5);
        }
        assert_eq!(about(&field, 0, 11), who[..2]);
        field.set(who[0], Position::from_metres(2_000, 0, 0));
        assert_eq!((about(&field, 0, 11), about(&field, 2_000, 1)), (vec![who[1]], vec![who[0]]));
        field.take_out(who[1]);
        assert_eq!(about(&field, 0, 4_000), [who[0], who[2]]);
        assert_eq!(field.position(who[1]), None);
    }

    #[test]
    fn feet_and_units_agree_within_rounding() {
        for feet in 0..1_000 {
            assert_eq!(feet_of(units_of(feet)), feet);
        }
        assert_eq!((units_of(5), units_of(30)), (390, 2_340));
    }
}
