//! Bonds that weapons can break: webs, ropes, tendrils.

use crate::RollMode;
use crate::language::expr::Luck;
use crate::language::{Bond, Cost};

use super::{Play, attack::lands};
use crate::combat::event::RollParts;
use crate::combat::{Aim, EffectKey, Handle, Happening, Outcome, Refusal, Scene, Space, Tally};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Strikes at what binds somebody, as one attack of the attack action.
    pub(super) fn sever(&mut self, who: Handle, weapon: Option<u8>, aim: Aim<'_>) -> Result<(), Refusal> {
        let bound = aim.targets.first().copied().unwrap_or(who);
        let found = self
            .arena
            .effects_on(bound)
            .find_map(|(key, lasting)| lasting.effect.breaks.as_ref().map(|bond| (key, bond)));
        let (key, bond): (EffectKey, &'c Bond) = found.ok_or(Refusal::NotNow)?;
        let (mut context, strike) = self.arena.weapon_strike(self.space, who, weapon, bound)?;
        let distance = if bound == who { 0 } else { self.space.distance(who, bound) };
        let reach = strike.range.map_or(strike.reach, |(_, long)| long.max(strike.reach));
        if distance > reach {
            return Err(Refusal::OutOfRange { distance, reach });
        }
        self.pay(who, Cost::Attack)?;
        let die = self.d20(RollMode::Normal, &Tally::default());
        let against = i32::from(bond.ac);
        let hits = lands(die, i32::from(die) + strike.bonus, against);
        let outcome = match (hits, die) {
            (false, _) => Outcome::Miss,
            (true, 20) => Outcome::Critical,
            (true, _) => Outcome::Hit,
        };
        let roll = RollParts { die, mode: RollMode::Normal, bonus: strike.bonus, against };
        self.emit(Happening::Attacked { who, target: bound, roll, outcome });
        if hits && let Some(held) = strike.weapon {
            context.critical = outcome == Outcome::Critical;
            let times = if context.critical { 2 } else { 1 };
            let scene = Scene::new(self.arena, self.space, context);
            let dice = held.damage.map_or(1, |dice| dice.roll_times(times, &scene, self.luck));
            let amount = (dice + strike.damage_bonus).max(0) as u16;
            let factor = match (bond.immune.contains(&held.kind), bond.vulnerable.contains(&held.kind)) {
                (true, _) => 0,
                (false, true) => 2,
                (false, false) => 1,
            };
            let harm = amount.saturating_mul(factor);
            self.fray(key, bond, harm);
        }
        Ok(())
    }

    /// A bond takes harm, and ends when it has taken enough.
    fn fray(&mut self, key: EffectKey, bond: &Bond, harm: u16) {
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return };
        lasting.frayed = lasting.frayed.saturating_add(harm);
        if lasting.frayed >= bond.hp {
            self.conclude(key);
        }
    }
}
