//! What weapons can break: webs, ropes and tendrils that bind somebody, and things that magic made.

use grid::Position;

use crate::RollMode;
use crate::language::expr::Luck;
use crate::language::{Bond, Cost};

use super::{Context, Play, attack::Strike, attack::lands};
use crate::combat::event::RollParts;
use crate::combat::lasting::ZoneKind;
use crate::combat::{Aim, EffectKey, Handle, Happening, Outcome, Refusal, Scene, Space, Tally, Volume};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Strikes at what binds somebody, or at a thing at the point that is aimed at, as one attack of the attack action.
    pub(super) fn sever(&mut self, who: Handle, weapon: Option<u8>, aim: Aim<'_>) -> Result<(), Refusal> {
        if let (Some(point), []) = (aim.point, aim.targets) {
            return self.strike_thing(who, weapon, point);
        }
        let bound = aim.targets.first().copied().unwrap_or(who);
        let found = self
            .arena
            .effects_on(bound)
            .find_map(|(key, lasting)| lasting.effect.breaks.as_ref().map(|bond| (key, bond)));
        let (key, bond): (EffectKey, &'c Bond) = found.ok_or(Refusal::NotNow)?;
        let (context, strike) = self.arena.weapon_strike(self.space, who, weapon, bound)?;
        let distance = if bound == who { 0 } else { self.space.distance(who, bound) };
        let reach = strike.range.map_or(strike.reach, |(_, long)| long.max(strike.reach));
        if distance > reach {
            return Err(Refusal::OutOfRange { distance, reach });
        }
        self.pay(who, Cost::Attack)?;
        let harm = self.harm_to(bond, context, &strike, bound);
        self.fray(key, bond, harm);
        Ok(())
    }

    /// Strikes at a thing that a spell holds at a place; the spell ends with it.
    fn strike_thing(&mut self, who: Handle, weapon: Option<u8>, point: Position) -> Result<(), Refusal> {
        let found = self.arena.zones.iter().enumerate().find_map(|(number, zone)| {
            let zone = zone.as_ref()?;
            let ZoneKind::Zone(made) = zone.kind else { return None };
            let bond = made.breaks.as_ref().filter(|_| self.zone_volume(zone).holds(point))?;
            Some((number, bond, *zone))
        });
        let (number, bond, zone): (usize, &'c Bond, _) = found.ok_or(Refusal::NotNow)?;
        let (context, strike) = self.arena.weapon_strike(self.space, who, weapon, who)?;
        let reach = strike.range.map_or(strike.reach, |(_, long)| long.max(strike.reach));
        if !(Volume::Sphere { at: self.space.position(who), radius: reach }).holds(point) {
            return Err(Refusal::OutOfRange { distance: u16::MAX, reach });
        }
        self.pay(who, Cost::Attack)?;
        let harm = self.harm_to(bond, context, &strike, zone.source);
        let most = self.value(zone.context, &bond.hp);
        let Some(Some(struck)) = self.arena.zones.get_mut(number) else { return Ok(()) };
        struck.frayed = struck.frayed.saturating_add(harm);
        if i32::from(struck.frayed) < most {
            return Ok(());
        }
        if zone.concentration {
            self.end_concentration(zone.source);
        }
        self.end_zone(number as u32);
        Ok(())
    }

    /// Rolls to hit something and the harm that this does it.
    fn harm_to(&mut self, bond: &Bond, mut context: Context<'c>, strike: &Strike<'c>, target: Handle) -> u16 {
        let die = self.d20(RollMode::Normal, &Tally::default());
        let against = i32::from(bond.ac);
        let hits = lands(die, i32::from(die) + strike.bonus, against);
        let outcome = match (hits, die) {
            (false, _) => Outcome::Miss,
            (true, 20) => Outcome::Critical,
            (true, _) => Outcome::Hit,
        };
        let roll = RollParts {
            die,
            mode: RollMode::Normal,
            bonus: strike.bonus,
            added: super::Added::default(),
            against,
        };
        self.emit(Happening::Attacked { who: context.own, target, roll, outcome });
        let Some(held) = strike.weapon.filter(|_| hits) else { return 0 };
        context.critical = outcome == Outcome::Critical;
        let times = if context.critical { 2 } else { 1 };
        let scene = Scene::new(self.arena, self.space, &context);
        let dice = held.damage.map_or(1, |dice| dice.roll_times(times, &scene, self.luck));
        let amount = (dice + strike.damage_bonus).max(0) as u16;
        let factor = match (bond.immune.contains(&held.kind), bond.vulnerable.contains(&held.kind)) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        amount.saturating_mul(factor)
    }

    /// A bond takes harm, and ends when it has taken enough.
    fn fray(&mut self, key: EffectKey, bond: &Bond, harm: u16) {
        let Some(context) = self.arena.effect(key).map(|lasting| lasting.context) else { return };
        let most = self.value(context, &bond.hp);
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return };
        lasting.frayed = lasting.frayed.saturating_add(harm);
        if i32::from(lasting.frayed) >= most {
            self.conclude(key);
        }
    }
}
