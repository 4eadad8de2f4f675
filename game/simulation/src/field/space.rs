//! The rules' questions about space, answered by bodies and terrain.

use grid::Position;
use rules::Cover;
use rules::combat::{Handle, Space, Volume};
use rules::language::MoveHow;
use rules::vocabulary::Light;

use super::{Body, Field, feet_of, units_of};
use crate::{GroundPoint, terrain::Terrain};

/// Farthest that an area or a look reaches, in feet: what lies beyond is not worth the search.
const LOOK_FEET_MAX: i64 = 1_200;
/// How far apart two bodies stand, if there is room: a metre.
const ELBOW_ROOM_UNITS: i64 = 256;
/// Step between two points that are tested along a forced move: half a metre.
const SHIFT_STEP_UNITS: i64 = 128;
/// Directions in which room is looked for, in 1/256 of a unit, and rings of five feet around a place.
const AROUND: [(i64, i64); 8] =
    [(256, 0), (181, 181), (0, 256), (-181, 181), (-256, 0), (-181, -181), (0, -256), (181, -181)];
const ROOM_RINGS: i64 = 6;
/// Cosine and sine, in 256ths, of the turns around somebody in which a place beside it is looked for, the least first.
const TURNS: [(i64, i64); 8] =
    [(256, 0), (181, 181), (181, -181), (0, 256), (0, -256), (-181, 181), (-181, -181), (-256, 0)];

/// The field and the ground under it, as the rules see them.
pub(crate) struct Ground<'a> {
    pub(crate) field: &'a mut Field,
    pub(crate) terrain: &'a Terrain,
}

impl Ground<'_> {
    /// Feet between the middles of two bodies, less what they are wider than a medium creature.
    fn feet_between(one: &Body, other: &Body) -> i64 {
        let (a, b) = (one.position, other.position);
        let up = a.y.abs_diff(b.y) as u128;
        let squared = a.ground_distance_squared(b).saturating_add(up * up);
        let units =
            u64::try_from(squared).map_or_else(|_| squared.isqrt(), |short| u128::from(short.isqrt()));
        let feet = feet_of(i64::try_from(units).unwrap_or(i64::MAX / 20_000).min(i64::MAX / 20_000));
        (feet - one.wide_feet - other.wide_feet).max(0)
    }

    /// Walks in a straight line as far as one can stand, at most `units`.
    fn glide(&self, from: Position, to: GroundPoint, units: i64) -> Position {
        let start = GroundPoint::from(from);
        let Some(length) = start.distance(to).filter(|length| *length > 0) else { return from };
        let far = length.min(units);
        let mut last = from;
        let mut walked = 0;
        while walked < far {
            walked = (walked + SHIFT_STEP_UNITS).min(far);
            let part = |from: i64, to: i64| from + (to - from) * walked / length;
            match self.terrain.stand(GroundPoint::new(part(start.x, to.x), part(start.z, to.z))) {
                Ok(stands) => last = stands,
                Err(_) => break,
            }
        }
        last
    }

    /// A place with room at a point or near it; `None` where nobody can stand.
    pub(crate) fn room_near(&self, near: GroundPoint, counts: impl Fn(Handle) -> bool) -> Option<Position> {
        if let Some(stands) = self.room_at(near, &counts) {
            return Some(stands);
        }
        let rings = (1..=ROOM_RINGS).flat_map(|ring| AROUND.map(|(x, z)| (ring, x, z)));
        let mut around = rings.map(|(ring, x, z)| {
            let far = units_of(5) * ring;
            GroundPoint::new(near.x + far * x / 256, near.z + far * z / 256)
        });
        around.find_map(|point| self.room_at(point, &counts)).or_else(|| self.terrain.stand(near).ok())
    }

    /// A place with room so many units from a point, on the side of whoever comes from `from` or as little around as can be:
    /// so many surround one.
    pub(crate) fn room_beside(
        &self,
        point: GroundPoint,
        from: GroundPoint,
        units: i64,
        counts: impl Fn(Handle) -> bool,
    ) -> Option<Position> {
        let far = from.distance(point)?.max(1);
        let (east, south) = (from.x - point.x, from.z - point.z);
        let beside = TURNS.map(|(cos, sin)| {
            let (x, z) = ((east * cos - south * sin) / 256, (east * sin + south * cos) / 256);
            GroundPoint::new(point.x + x * units / far, point.z + z * units / far)
        });
        let free = beside.into_iter().find_map(|spot| self.room_at(spot, &counts));
        free.or_else(|| self.room_near(beside[0], counts))
    }

    fn room_at(&self, point: GroundPoint, counts: impl Fn(Handle) -> bool) -> Option<Position> {
        let stands = self.terrain.stand(point).ok()?;
        (!self.field.is_taken(point, ELBOW_ROOM_UNITS, counts)).then_some(stands)
    }

    fn reaches(volume: &Volume) -> i64 {
        let feet = i64::from(match *volume {
            Volume::Sphere { radius, .. } | Volume::Cylinder { radius, .. } => radius,
            Volume::Cone { length, .. } => length,
            Volume::Cube { edge, .. } => edge,
            Volume::Line { length, width, .. } => length.saturating_add(width),
            Volume::Ring { radius, width, .. } => radius.saturating_add(width),
        });
        units_of(feet.min(LOOK_FEET_MAX) + 1)
    }
}

impl Space for Ground<'_> {
    fn position(&self, who: Handle) -> Position {
        self.field.position(who).unwrap_or_default()
    }

    fn distance(&self, one: Handle, other: Handle) -> u16 {
        if one == other {
            return 0;
        }
        let (Some(one), Some(other)) = (self.field.body(one), self.field.body(other)) else {
            return u16::MAX;
        };
        let feet = Self::feet_between(one, other);
        (((feet + 2) / 5) * 5).clamp(5, i64::from(u16::MAX)) as u16
    }

    fn cover(&self, from: Handle, target: Handle) -> Cover {
        match (self.field.body(from), self.field.body(target)) {
            (Some(from), Some(target)) => self.field.glances.cover(self.terrain, from, target),
            _ => Cover::Total,
        }
    }

    fn in_sight(&self, from: Handle, target: Handle) -> bool {
        match (self.field.body(from), self.field.body(target)) {
            (Some(from), Some(target)) => self.field.glances.is_open(self.terrain, from, target),
            _ => false,
        }
    }

    fn light(&self, _: Handle) -> Light {
        Light::Bright
    }

    fn is_sunlit(&self, _: Handle) -> bool {
        false
    }

    fn within(&self, volume: &Volume, found: &mut Vec<Handle>) {
        let (start, origin) = (found.len(), volume.origin());
        self.field.any_about(origin, Self::reaches(volume), |body| {
            if volume.holds(body.position) {
                found.push(body.handle);
            }
            false
        });
        // Ties go by handle, so that a list never depends on who moved when.
        found[start..].sort_unstable_by_key(|who| {
            (self.field.position(*who).map_or(u128::MAX, |at| at.ground_distance_squared(origin)), *who)
        });
    }

    fn any_near(&self, who: Handle, feet: u16, is: &mut dyn FnMut(Handle) -> bool) -> bool {
        let Some(own) = self.field.body(who).copied() else { return false };
        let far = i64::from(feet).min(LOOK_FEET_MAX);
        // As a distance is rounded to five feet, and the wide are nearer than their middles.
        let units = units_of(far + 3 + own.wide_feet + 10);
        let mut near: [Option<Handle>; 32] = [None; 32];
        let mut count = 0;
        self.field.any_about(own.position, units, |body| {
            let fits = body.handle != who && (Self::feet_between(&own, body) + 2) / 5 * 5 <= far.max(5);
            if fits && count < near.len() {
                near[count] = Some(body.handle);
                count += 1;
            }
            false
        });
        near[..count].sort_unstable();
        near[..count].iter().flatten().any(|other| is(*other))
    }

    fn shift(&mut self, who: Handle, how: MoveHow, from: Handle, to: Option<Position>, feet: u16) -> u16 {
        let Some(own) = self.field.body(who).copied() else { return 0 };
        let at = own.position;
        let centre = self.field.position(from).unwrap_or(at);
        let units = units_of(i64::from(feet).min(LOOK_FEET_MAX));
        let target = match how {
            MoveHow::Swap => {
                self.field.set(from, at);
                self.field.displaced.push(from);
                centre
            }
            MoveHow::Push | MoveHow::Flee => self.glide(at, beyond(centre, at, units), units),
            MoveHow::Pull | MoveHow::Approach => {
                let room = units_of((i64::from(self.distance(who, from)) - 5).max(0));
                self.glide(at, centre.into(), units.min(room))
            }
            MoveHow::Lift => Position::new(at.x, at.y.saturating_add(units), at.z),
            MoveHow::Fall => self.terrain.stand(at.into()).unwrap_or(at),
            MoveHow::Teleport => to
                .filter(|to| {
                    let far = GroundPoint::from(at).distance((*to).into());
                    far.is_some_and(|far| far <= units_of(i64::from(feet)) + units_of(5))
                })
                .and_then(|to| self.room_near(to.into(), |other| other != who))
                .unwrap_or(at),
            MoveHow::Shift | MoveHow::Walk => to.map_or(at, |to| self.glide(at, to.into(), units)),
            MoveHow::Banish => at,
        };
        if target != at {
            self.field.set(who, target);
            self.field.displaced.push(who);
        }
        let (up, along) = (at.y.abs_diff(target.y) as u128, at.ground_distance_squared(target));
        let gone = if matches!(how, MoveHow::Lift | MoveHow::Fall) { along + up * up } else { along };
        feet_of(i64::try_from(gone.isqrt()).unwrap_or(i64::MAX / 20_000)).clamp(0, i64::from(u16::MAX)) as u16
    }

    fn place(&mut self, who: Handle, near: Position) {
        let at = self.room_near(near.into(), |other| other != who).unwrap_or(near);
        let space = self.field.body(who).map_or(5, |body| body.wide_feet * 2 + 5);
        self.field.put(who, at, space);
        self.field.displaced.push(who);
    }

    fn lift_out(&mut self, who: Handle) {
        self.field.take_out(who);
    }
}

/// A point straight away from `centre` behind `at`.
fn beyond(centre: Position, at: Position, units: i64) -> GroundPoint {
    let (from, here) = (GroundPoint::from(centre), GroundPoint::from(at));
    match from.distance(here).filter(|length| *length > 0) {
        Some(length) => GroundPoint::new(
            here.x + (here.x - from.x) * units / length,
            here.z + (here.z - from.z) * units / length,
        ),
        None => GroundPoint::new(here.x + units, here.z),
    }
}
