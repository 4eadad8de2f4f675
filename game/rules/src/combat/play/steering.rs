//! Zones that their makers move and use: beams, clouds, spectral hands and blades.

use grid::Position;

use crate::combat::lasting::{ZoneKind, ZoneState};
use crate::combat::space::along;
use crate::combat::{Aim, Handle, Refusal, Space, Volume};
use crate::language::expr::Luck;
use crate::language::{Action, Cost, Zone};

use super::{Context, Play};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A creature moves a zone of its own towards a point.
    pub(super) fn steer(&mut self, who: Handle, aim: Aim<'_>) -> Result<(), Refusal> {
        let to = aim.point.ok_or(Refusal::NoPoint)?;
        let found = self.arena.zones.iter().enumerate().find_map(|(number, zone)| {
            let (zone, made) = (zone.as_ref()?, made_zone(zone.as_ref()?)?);
            let moves = made.moves.as_ref().filter(|moves| zone.source == who && !moves.drifts)?;
            Some((number as u32, zone.context, moves))
        });
        let (number, context, moves) = found.ok_or(Refusal::NotNow)?;
        let steered = self.arena.get(who).is_none_or(|creature| creature.economy.steered);
        if moves.cost == Cost::Free && steered {
            return Err(Refusal::NotNow);
        }
        self.pay(who, moves.cost)?;
        if let Some(creature) = self.arena.get_mut(who) {
            creature.economy.steered = true;
        }
        let feet = self.value(Context { own: who, ..context }, &moves.feet);
        // Lights and the like that one spell made several of go together.
        for other in number..self.arena.zones.len() as u32 {
            let same = self.arena.zones[other as usize].as_ref().is_some_and(|zone| {
                let its = made_zone(zone).and_then(|made| made.moves.as_ref());
                zone.source == who && its.is_some_and(|its| std::ptr::eq(its, moves))
            });
            if same {
                self.shift_zone(other, to, feet);
            }
        }
        Ok(())
    }

    /// A zone that moves by itself goes away from its maker as the maker's turn begins.
    pub(super) fn drift(&mut self, who: Handle, number: u32) {
        let Some(zone) = self.arena.zones[number as usize] else { return };
        let moves = made_zone(&zone).and_then(|made| made.moves.as_ref());
        let Some(moves) = moves.filter(|moves| moves.drifts && zone.source == who) else { return };
        let feet = self.value(zone.context, &moves.feet);
        let to = along(self.space.position(who), zone.at, zone.at, i64::from(feet));
        self.shift_zone(number, to, feet);
    }

    /// Moves a zone; who is left outside gets out of it, who is caught gets into it.
    pub(super) fn shift_zone(&mut self, number: u32, to: Position, feet: i32) {
        let Some(zone) = &mut self.arena.zones[number as usize] else { return };
        let reach = Volume::Sphere { at: zone.at, radius: feet.clamp(0, i32::from(u16::MAX)) as u16 };
        zone.at = if reach.holds(to) { to } else { along(zone.at, to, zone.at, i64::from(feet)) };
        let all: Vec<Handle> = self.arena.creatures().map(|(who, _)| who).collect();
        for who in all {
            self.meet_zones(who);
        }
    }

    /// The zone that gives a creature an action, and where it is.
    pub(super) fn zone_of(&self, who: Handle, action: &'c Action) -> Option<(ZoneState<'c>, Position)> {
        let zone = *self.arena.zone_giving(who, action)?;
        let at = zone.follows.map_or(zone.at, |followed| self.space.position(followed));
        Some((zone, at))
    }

    /// Whether all that is aimed at is in reach of a place.
    pub(super) fn check_reach_from(
        &self,
        at: Position,
        reach: Option<u16>,
        aim: Aim<'_>,
    ) -> Result<(), Refusal> {
        let Some(radius) = reach else { return Ok(()) };
        let volume = Volume::Sphere { at, radius };
        let points = aim.targets.iter().map(|target| self.space.position(*target)).chain(aim.point);
        for point in points {
            if !volume.holds(point) {
                return Err(Refusal::OutOfRange { distance: u16::MAX, reach: radius });
            }
        }
        Ok(())
    }
}

const fn made_zone<'c>(zone: &ZoneState<'c>) -> Option<&'c Zone> {
    match zone.kind {
        ZoneKind::Zone(made) => Some(made),
        _ => None,
    }
}

impl<'c> crate::combat::Arena<'c> {
    /// The zone that gives a creature an action.
    pub(super) fn zone_giving(&self, who: Handle, action: &'c Action) -> Option<&ZoneState<'c>> {
        let gives = |zone: &ZoneState<'c>| {
            zone.source == who
                && made_zone(zone)
                    .is_some_and(|made| made.actions.iter().any(|own| std::ptr::eq(own, action)))
        };
        self.zones.iter().flatten().find(|zone| gives(zone))
    }
}
