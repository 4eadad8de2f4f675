//! What it costs to get somewhere: whoever runs past armed foes is struck in passing.

use rules::combat::{Creature, Handle, Space as _};

use super::{Wits, options::Scene, think::THOUGHTS_PER_TURN};
use crate::{
    GroundPoint,
    battle::{Deed, Fray},
    field::{Body, Ground, units_of},
};

/// A blow in passing is one of the blows of a turn, and hits about as often as not.
const PASSING: f64 = 0.5;
/// How far a foe strikes in passing, in feet, as distances are rounded.
const REACH_FEET: i64 = 7;

impl Fray<'_> {
    /// Whether somebody who walks up to a foe has come to stand beside another one that could strike it in passing, and thinks
    /// again because of it.
    pub(crate) fn is_waylaid(&mut self, who: Handle, deed: &Deed) -> bool {
        let Some(mind) = self.battle.actor(who).and_then(|actor| actor.mind.as_ref()) else { return false };
        if mind.wits != Wits::Own || mind.thoughts >= THOUGHTS_PER_TURN {
            return false;
        }
        let Some(side) = self.battle.arena.get(who).map(|own| own.side) else { return false };
        let arena = &self.battle.arena;
        let ground = Ground { field: self.field, terrain: self.terrain };
        let waylaid = ground.any_near(who, 5, &mut |other| {
            deed.target() != Some(other)
                && arena.get(other).is_some_and(|other| other.side != side && other.can_react())
        });
        if waylaid && let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) {
            mind.is_due = true;
        }
        waylaid
    }

    /// What the blows cost that somebody takes on the straight way up to a target, in the measure of harm: those of every foe whose
    /// reach is entered or stood in, and left.
    pub(super) fn risk_on_the_way(
        &self,
        who: Handle,
        scene: &Scene,
        target: Option<Handle>,
        reach: u16,
    ) -> f64 {
        let (Some(own), Some(aim)) =
            (self.field.body(who), target.and_then(|target| self.field.body(target)))
        else {
            return 0.0;
        };
        let stop = short_of(own, aim, units_of(i64::from(reach.max(5))));
        let from = GroundPoint::from(own.position);
        let blows: f64 = scene
            .foes(scene.foes.len())
            .filter(|foe| Some(*foe) != target)
            .filter_map(|foe| self.field.body(foe))
            .filter(|foe| {
                let (at, arm) =
                    (GroundPoint::from(foe.position), units_of(REACH_FEET + foe.wide_feet + own.wide_feet));
                let is_far = |point: GroundPoint| point.distance(at).is_none_or(|far| far > arm);
                is_far(stop) && !is_far(nearest_on((from, stop), at))
            })
            .filter(|foe| self.battle.arena.get(foe.handle).is_some_and(Creature::can_react))
            .map(|foe| self.menace(foe.handle) * PASSING)
            .sum();
        self.cost_of_wounds(who, blows)
    }
}

/// The point on the way to somebody from which so many units are left to its body.
fn short_of(own: &Body, aim: &Body, units: i64) -> GroundPoint {
    let (from, to) = (GroundPoint::from(own.position), GroundPoint::from(aim.position));
    let stay = units + units_of(own.wide_feet + aim.wide_feet);
    match from.distance(to) {
        Some(far) if far > stay => {
            GroundPoint::new(to.x + (from.x - to.x) * stay / far, to.z + (from.z - to.z) * stay / far)
        }
        _ => from,
    }
}

/// The point of a straight way that is nearest to another.
fn nearest_on((from, to): (GroundPoint, GroundPoint), at: GroundPoint) -> GroundPoint {
    let (dx, dz) = (to.x - from.x, to.z - from.z);
    let whole = (dx * dx + dz * dz).max(1);
    let along = ((at.x - from.x) * dx + (at.z - from.z) * dz).clamp(0, whole);
    GroundPoint::new(from.x + dx * along / whole, from.z + dz * along / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_a_way_lies_on_it() {
        let way = (GroundPoint::new(0, 0), GroundPoint::new(100, 0));
        assert_eq!(nearest_on(way, GroundPoint::new(40, 30)), GroundPoint::new(40, 0));
        assert_eq!(nearest_on(way, GroundPoint::new(-5, 3)), way.0);
        assert_eq!(nearest_on(way, GroundPoint::new(500, 3)), way.1);
        assert_eq!(nearest_on((way.0, way.0), GroundPoint::new(7, 7)), way.0);
    }
}
