//! Rests: what they give back, and what one can spend in them.

use crate::content::Library;
use crate::language::Recharge;
use crate::vocabulary::State;
use crate::{Ability, Ruleset, hit_dice_regained};

use super::{Character, Refusal, sheet::Desk};

/// A hit die spent in a short rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitDieSpent {
    /// Its sides.
    pub sides: u8,
    /// What it showed.
    pub shown: u32,
    /// Hit points regained: the die and Constitution, never less than nothing.
    pub regained: u32,
}

impl Character {
    /// Rests for an hour, and spends hit dice of these sides one after the other.
    ///
    /// `die` is called once a hit die with its sides and gives a value in `1..=sides`.
    ///
    /// # Errors
    ///
    /// A die that isn't left, in which case nothing happens.
    pub fn short_rest(
        &mut self,
        dice: &[u8],
        library: &Library,
        mut die: impl FnMut(u32) -> u32,
    ) -> Result<Vec<HitDieSpent>, Refusal> {
        let mut after = self.clone();
        let mut spent = Vec::new();
        let desk = Desk::new(self, library);
        let has = desk.hit_dice();
        let constitution = i64::from(desk.ability_scores().modifier(Ability::Constitution));
        for sides in dice {
            let used = after.wear.hit_dice.entry(*sides).or_default();
            if *used >= has.get(sides).copied().unwrap_or(0) {
                return Err(Refusal::Spent(format!("hit die (d{sides})")));
            }
            *used += 1;
            let shown = die(u32::from(*sides)).clamp(1, u32::from(*sides).max(1));
            let regained = (i64::from(shown) + constitution).max(0) as u32;
            after.heal(regained, library);
            spent.push(HitDieSpent { sides: *sides, shown, regained });
        }
        after.wear.pact_slots = 0;
        after.recharge(library, &[Recharge::ShortRest, Recharge::Combat, Recharge::Turn]);
        *self = after;
        Ok(spent)
    }

    /// Hours that a long rest takes it: eight, or four for whoever needs no sleep but a trance.
    #[must_use]
    pub fn long_rest_hours(&self, library: &Library) -> u8 {
        if Desk::new(self, library).states().contains(&State::Trance) { 4 } else { 8 }
    }

    /// Rests for the night: all hit points, slots and resources, some hit dice, and a level less of exhaustion.
    ///
    /// # Errors
    ///
    /// Who is down can't rest.
    pub fn long_rest(&mut self, library: &Library, ruleset: &Ruleset) -> Result<(), Refusal> {
        if self.hit_points(library).current == 0 {
            return Err(Refusal::Down);
        }
        let total = self.level();
        let spent: u8 = self.wear.hit_dice.values().fold(0, |sum, spent| sum.saturating_add(*spent));
        let mut regained = hit_dice_regained(total, spent, ruleset);
        // The largest dice first: nobody would choose otherwise.
        for used in self.wear.hit_dice.values_mut().rev() {
            let back = regained.min(*used);
            *used -= back;
            regained -= back;
        }
        self.wear.hit_dice.retain(|_, spent| *spent > 0);
        self.wear.damage = 0;
        self.wear.temporary = 0;
        self.wear.slots = [0; 9];
        self.wear.pact_slots = 0;
        self.wear.exhaustion = self.wear.exhaustion.saturating_sub(1);
        self.recharge(
            library,
            &[Recharge::ShortRest, Recharge::LongRest, Recharge::Dawn, Recharge::Combat, Recharge::Turn],
        );
        Ok(())
    }

    fn recharge(&mut self, library: &Library, after: &[Recharge]) {
        let lines = Desk::new(self, library).resources();
        self.wear.resources.retain(|id, _| {
            lines.iter().find(|line| line.id == *id).is_some_and(|line| !after.contains(&line.recharge))
        });
    }
}
