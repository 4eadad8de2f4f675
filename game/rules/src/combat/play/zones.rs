//! Zones and auras: what lies on places, and on whom that are in them.

use crate::combat::lasting::{Used, ZoneKind, ZoneState};
use crate::combat::{Area, EffectKey, Ends, Handle, Happening, Lasting, Space, Volume};
use crate::language::expr::Luck;
use crate::language::{Aura, Effect, Event, Origin, Side, Zone};

use super::{Context, EventFacts, Play};

/// Most zones at once in one arena.
const ZONES_MAX: usize = 4_096;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Fills a volume with something lasting.
    pub(super) fn make_zone(&mut self, context: Context<'c>, zone: &'c Zone) {
        let own = context.own;
        let (ends, anchor) = self.ends_of(context, own, zone.duration.as_ref());
        let follows = zone.follows.then_some(match zone.from {
            Origin::Target => context.target,
            Origin::Own | Origin::Point => own,
        });
        let volume = self.volume(context, &zone.shape, zone.from);
        let number = self.add_zone(ZoneState {
            kind: ZoneKind::Zone(zone),
            source: own,
            at: volume.origin(),
            towards: context.point.unwrap_or_else(|| self.space.position(context.target)),
            follows,
            anchor,
            ends,
            concentration: context.concentration,
            frayed: 0,
            context: Context { shared: false, joins: false, critical: false, ..context },
        });
        let Some(number) = number else { return };
        if let Some(creature) = self.arena.get_mut(own) {
            for action in &zone.actions {
                creature.actions.push(action);
                creature.stock_action(action);
            }
        }
        self.emit(Happening::ZoneMade { by: own, number });
        self.everybody_in(number, |play, who| {
            play.enter(who, number, false);
            play.run(&Context { target: who, ..context }, &zone.at_once);
        });
    }

    /// An effect's aura begins to reach others.
    pub(super) fn make_aura(&mut self, key: EffectKey, aura: &'c Aura) {
        let Some(lasting) = self.arena.effect(key).copied() else { return };
        let number = self.add_zone(ZoneState {
            kind: ZoneKind::Aura(aura),
            source: lasting.bearer,
            at: self.space.position(lasting.bearer),
            towards: self.space.position(lasting.bearer),
            follows: Some(lasting.bearer),
            anchor: lasting.bearer,
            ends: Ends::Never,
            concentration: false,
            frayed: 0,
            context: Context { own: lasting.bearer, effect: Some(key), ..lasting.context },
        });
        if let Some(number) = number {
            self.everybody_in(number, |play, who| play.enter(who, number, false));
        }
    }

    /// What a creature has by nature reaches others as soon as it is anywhere.
    fn wake_auras(&mut self, who: Handle) {
        let mut index = 0;
        while let Some(key) = self.arena.get(who).and_then(|creature| creature.effects.get(index)).copied() {
            index += 1;
            let Some(aura) = self
                .arena
                .effect(key)
                .filter(|lasting| lasting.innate)
                .and_then(|lasting| lasting.effect.aura.as_ref())
            else {
                continue;
            };
            let wakes = self
                .arena
                .zones
                .iter()
                .flatten()
                .all(|zone| !matches!(zone.kind, ZoneKind::Aura(_)) || zone.context.effect != Some(key));
            if wakes {
                self.make_aura(key, aura);
            }
        }
    }

    /// The aura of an effect ends with it.
    pub(super) fn end_aura(&mut self, key: EffectKey) {
        for number in 0..self.arena.zones.len() {
            let held = self.arena.zones[number].as_ref().is_some_and(|zone| {
                matches!(zone.kind, ZoneKind::Aura(_)) && zone.context.effect == Some(key)
            });
            if held {
                self.end_zone(number as u32);
            }
        }
    }

    pub(super) fn add_zone(&mut self, zone: ZoneState<'c>) -> Option<u32> {
        let zones = &mut self.arena.zones;
        if let Some(free) = zones.iter().position(Option::is_none) {
            zones[free] = Some(zone);
            return Some(free as u32);
        }
        if zones.len() >= ZONES_MAX {
            return None;
        }
        zones.push(Some(zone));
        Some(zones.len() as u32 - 1)
    }

    pub(super) fn zone_volume(&self, zone: &ZoneState<'c>) -> Volume {
        let at = zone.follows.map_or(zone.at, |who| self.space.position(who));
        let context = Context { point: Some(zone.towards), ..zone.context };
        match zone.kind {
            ZoneKind::Aura(aura) => {
                let radius = self.value(context, &aura.feet).clamp(0, i32::from(u16::MAX)) as u16;
                Volume::Sphere { at, radius }
            }
            ZoneKind::Zone(made) => match self.volume(context, &made.shape, made.from) {
                Volume::Sphere { radius, .. } => Volume::Sphere { at, radius },
                Volume::Cube { edge, .. } => Volume::Cube { at, edge },
                Volume::Cylinder { radius, height, .. } => Volume::Cylinder { at, radius, height },
                other => other,
            },
            ZoneKind::Wall(wall, part) => self.wall_volume(zone, wall, part),
        }
    }

    /// The zones, walls and auras that there are, each once, by number.
    pub fn areas(&self) -> impl Iterator<Item = Area> {
        let numbered = self.arena.zones.iter().zip(0..);
        numbered.filter_map(|(zone, number)| {
            let zone = zone.as_ref()?;
            // The strip beside a wall is a matter of its rules, not a thing to be seen.
            let is_seen = !matches!(zone.kind, ZoneKind::Wall(_, part) if part.beside);
            let (cause, source) = (zone.context.cause, zone.source);
            is_seen.then(|| Area { number, cause, source, volume: self.zone_volume(zone) })
        })
    }

    pub(super) fn everybody_in(&mut self, number: u32, mut then: impl FnMut(&mut Self, Handle)) {
        let Some(zone) = self.arena.zones[number as usize] else { return };
        let volume = self.zone_volume(&zone);
        let start = self.arena.scratch.found.len();
        self.space.within(&volume, &mut self.arena.scratch.found);
        let end = self.arena.scratch.found.len();
        self.each((start, end), |play, _, who| {
            if play.concerns(&zone, who) {
                then(play, who);
            }
        });
    }

    fn concerns(&self, zone: &ZoneState<'c>, who: Handle) -> bool {
        let (side, when): (Side, _) = match zone.kind {
            ZoneKind::Zone(made) => (made.who, made.when.as_ref()),
            ZoneKind::Aura(aura) => (aura.who, aura.when.as_ref()),
            ZoneKind::Wall(..) => (Side::All, None),
        };
        let spared =
            zone.follows == Some(who) && matches!(zone.kind, ZoneKind::Zone(_)) && side != Side::Allies;
        !spared
            && self.is_alive(who)
            && self.arena.is_on_side(zone.source, who, side)
            && self.holds(Context { target: who, ..zone.context }, when)
    }

    /// Whether a zone keeps a creature from a place, which it is not in already. Whoever drives the play asks before each step.
    pub fn is_barred(&self, who: Handle, to: grid::Position) -> bool {
        let at = self.space.position(who);
        self.arena.zones.iter().flatten().any(|zone| self.bars_way(zone, at, to) && self.concerns(zone, who))
    }

    fn bars_way(&self, zone: &ZoneState<'c>, at: grid::Position, to: grid::Position) -> bool {
        let ZoneKind::Zone(Zone { bars: Some(bars), .. }) = zone.kind else { return false };
        let volume = self.zone_volume(zone);
        match (volume.holds(at), volume.holds(to)) {
            (false, true) => bars.inward,
            (true, false) => bars.outward,
            _ => false,
        }
    }

    /// Whether a creature gets through all barriers between here and there by magic: each asks for a save.
    pub(super) fn slips_through(&mut self, who: Handle, to: grid::Position) -> bool {
        for number in 0..self.arena.zones.len() {
            let Some(zone) = self.arena.zones[number] else { continue };
            let at = self.space.position(who);
            let barred = self.bars_way(&zone, at, to) && self.concerns(&zone, who);
            let dc = i32::from(zone.context.dc);
            let from = Context { target: who, ..zone.context };
            if barred
                && !self.roll_save(from, who, crate::Ability::Charisma, dc, super::checks::SaveFor::Effect)
            {
                return false;
            }
        }
        true
    }

    /// A creature has changed its place: it leaves zones and comes into others.
    pub(super) fn meet_zones(&mut self, who: Handle) {
        self.wake_auras(who);
        if self.arena.zones.iter().all(Option::is_none) || self.arena.get(who).is_none() {
            return;
        }
        for number in 0..self.arena.zones.len() as u32 {
            let Some(zone) = self.arena.zones[number as usize] else { continue };
            let at = self.space.position(who);
            let inside = self.zone_volume(&zone).holds(at) && self.concerns(&zone, who);
            let was_inside = self.arena.get(who).is_some_and(|creature| creature.zones.contains(&number));
            if inside && !was_inside {
                self.enter(who, number, true);
            } else if !inside && was_inside {
                self.leave(who, number);
            }
            // A zone that goes along comes over others.
            if zone.follows == Some(who) {
                self.everybody_in(number, |play, other| {
                    let known =
                        play.arena.get(other).is_some_and(|creature| creature.zones.contains(&number));
                    if !known {
                        play.enter(other, number, true);
                    }
                });
            }
        }
    }

    pub(super) fn enter(&mut self, who: Handle, number: u32, fires: bool) {
        let Some(zone) = self.arena.zones[number as usize] else { return };
        let Some(creature) = self.arena.get_mut(who) else { return };
        if creature.zones.contains(&number) {
            return;
        }
        creature.zones.push(number);
        let (gives, id): (&'c Effect, _) = match zone.kind {
            ZoneKind::Zone(made) => (&made.gives, made.gives.id.unwrap_or(zone.context.cause)),
            ZoneKind::Aura(aura) => (&aura.gives, aura.gives.id.unwrap_or(zone.context.cause)),
            ZoneKind::Wall(wall, _) => (&wall.gives, zone.context.cause),
        };
        let is_beside = matches!(zone.kind, ZoneKind::Wall(_, part) if part.beside);
        if *gives != Effect::default() {
            let lasting = Lasting {
                id,
                effect: gives,
                bearer: who,
                source: zone.source,
                anchor: zone.source,
                ends: Ends::Never,
                concentration: false,
                innate: false,
                held_by: Some(number),
                rounds: 0,
                stacks: 1,
                frayed: 0,
                context: zone.context,
                used: Used::default(),
            };
            let key = self.lay(lasting);
            if fires && !is_beside {
                self.fire_one(Event::EntersZone, key, who, who);
            }
        }
    }

    fn leave(&mut self, who: Handle, number: u32) {
        if let Some(creature) = self.arena.get_mut(who) {
            creature.zones.retain(|other| *other != number);
        }
        self.fire(Event::LeavesZone, who, who, &EventFacts::default(), 0);
        let held = self.arena.effects_on(who).find(|(_, lasting)| lasting.held_by == Some(number));
        if let Some(key) = held.map(|(key, _)| key) {
            self.end_effect(key);
        }
    }

    /// A zone ends, and what it laid on those in it.
    pub(in crate::combat) fn end_zone(&mut self, number: u32) {
        let Some(zone) = self.arena.zones[number as usize].take() else { return };
        if let (ZoneKind::Zone(made), Some(creature)) = (zone.kind, self.arena.get_mut(zone.source)) {
            creature.actions.retain(|action| !made.actions.iter().any(|own| std::ptr::eq(own, *action)));
        }
        self.emit(Happening::ZoneEnded { number });
        loop {
            let inside = self.arena.creatures().find(|(_, creature)| creature.zones.contains(&number));
            let Some(who) = inside.map(|(who, _)| who) else { return };
            self.leave(who, number);
        }
    }

    /// Zones that somebody concentrates on end.
    pub(super) fn end_zones_of(&mut self, who: Handle) {
        for number in 0..self.arena.zones.len() as u32 {
            let held = self.arena.zones[number as usize];
            if held.is_some_and(|zone| zone.concentration && zone.source == who) {
                self.end_zone(number);
            }
        }
    }

    /// The time of zones that hang on a creature's turns passes.
    pub(super) fn tick_zones(&mut self, who: Handle, at_start: bool) {
        for number in 0..self.arena.zones.len() as u32 {
            if at_start {
                self.drift(who, number);
            }
            let Some(zone) = &mut self.arena.zones[number as usize] else { continue };
            if zone.anchor != who {
                continue;
            }
            let ended = match (&mut zone.ends, at_start) {
                (Ends::Rounds(left), true) => {
                    *left = left.saturating_sub(1);
                    *left == 0
                }
                (Ends::TurnStart, true) | (Ends::TurnEnd(0), false) => true,
                (Ends::TurnEnd(left), false) => {
                    *left -= 1;
                    false
                }
                _ => false,
            };
            if ended {
                self.end_zone(number);
            }
        }
    }
}
