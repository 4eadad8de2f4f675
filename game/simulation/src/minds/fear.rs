//! When one runs.

use rules::combat::Handle;
use rules::vocabulary::CreatureType;

use crate::{
    GroundPoint,
    battle::{Fray, Heading},
    field::units_of,
};

/// So many times as strong the foes have to be.
const HOPELESS: f64 = 3.0;
/// How far one runs at a time, in feet.
const RUN_FEET: i64 = 60;
/// Directions that are tried, straight away first, in 256ths of a turn.
const TRIED: [(i64, i64); 5] = [(256, 0), (181, 181), (181, -181), (0, 256), (0, -256)];

impl Fray<'_> {
    /// Whether somebody runs now: hurt enough, wise enough to know it, and not of those that know no fear.
    pub(super) fn takes_flight(&mut self, who: Handle) -> bool {
        let (Some(creature), Some(actor)) = (self.battle.arena.get(who), self.battle.actor(who)) else {
            return false;
        };
        let Some(mind) = &actor.mind else { return false };
        let fearless = matches!(
            creature.sheet.kind,
            CreatureType::Undead
                | CreatureType::Construct
                | CreatureType::Ooze
                | CreatureType::Plant
                | CreatureType::Elemental
                | CreatureType::Fiend
        );
        if fearless || creature.summoned_by.is_some() || creature.sheet.speeds.walk == 0 {
            return false;
        }
        // The dull notice too late.
        let percent = if mind.wisdom >= 8 { 40 } else { 20 };
        let hurt = creature.hp * 100 <= creature.sheet.hp_max * percent;
        hurt && self.stands_no_chance(who)
    }

    /// Whether the foes are far stronger than the friends near by. Else even the hurt stay: whoever runs from an even fight
    /// loses it for all.
    fn stands_no_chance(&mut self, who: Handle) -> bool {
        let Some(at) = self.field.position(who) else { return false };
        let Some(side) = self.battle.arena.get(who).map(|creature| creature.side) else { return false };
        let reach = units_of(RUN_FEET);
        let (mut ours, mut theirs) = (0.0, 0.0);
        let mut seen = std::mem::take(&mut self.battle.near);
        seen.clear();
        self.field.any_about(at, reach, |body| {
            if body.position.ground_distance_squared(at) <= (reach * reach) as u128 {
                seen.push(body.handle);
            }
            seen.len() >= 64
        });
        // Sums of fractions depend on their order.
        seen.sort_unstable();
        for other in seen.drain(..) {
            let Some(creature) = self.battle.arena.get(other).filter(|creature| creature.is_up()) else {
                continue;
            };
            let strength = self.menace(other) * f64::from(creature.hp);
            if creature.side == side {
                ours += strength;
            } else if self.battle.actor(other).is_some_and(super::super::battle::Actor::is_engaged) {
                theirs += strength;
            }
        }
        self.battle.near = seen;
        ours * HOPELESS < theirs
    }

    /// Runs from the nearest foe, as fast as it can.
    pub(super) fn run_from(&mut self, who: Handle, foe: Handle) {
        let (Some(here), Some(there)) = (self.field.position(who), self.field.position(foe)) else { return };
        let (here, there) = (GroundPoint::from(here), GroundPoint::from(there));
        let length = here.distance(there).unwrap_or(1).max(1);
        let (dx, dz) = ((here.x - there.x) * 256 / length, (here.z - there.z) * 256 / length);
        let far = units_of(RUN_FEET);
        let to = TRIED.into_iter().find_map(|(along, across)| {
            let x = (dx * along - dz * across) / 256;
            let z = (dz * along + dx * across) / 256;
            let to = GroundPoint::new(here.x + x * far / 256, here.z + z * far / 256);
            self.terrain.stand(to).ok().map(|_| to)
        });
        if let Some(to) = to {
            self.head(who, Heading::To(to));
        }
    }
}
