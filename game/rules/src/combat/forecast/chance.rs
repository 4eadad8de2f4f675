//! Chances of d20 tests with all that counts for them.

use crate::RollMode;
use crate::language::Save;
use crate::language::expr::Measure;

use super::{Context, Reckoner, Spread};
use crate::combat::play::{conditions_of, lands, mark_origin};
use crate::combat::{Handle, Space, Tally};

/// The chance of each face of the die that counts, from 1 to 20.
fn faces(mode: RollMode, tally: &Tally<'_>) -> [f64; 21] {
    let mut one = [0.0; 21];
    let low = tally.reroll.clamp(0, 20) as usize;
    for (face, chance) in one.iter_mut().enumerate().skip(1) {
        // A low die is thrown again, once.
        let again = low as f64 / 20.0 / 20.0;
        *chance = if face <= low { again } else { 1.0 / 20.0 + again };
    }
    let mut counted = [0.0; 21];
    let mut below = 0.0;
    for face in 1..=20 {
        let up_to = below + one[face];
        counted[face] = match mode {
            RollMode::Normal => one[face],
            RollMode::Advantage => up_to * up_to - below * below,
            RollMode::Disadvantage => (1.0 - below).powi(2) - (1.0 - up_to).powi(2),
        };
        below = up_to;
    }
    let least = tally.die_at_least.clamp(0, 20) as usize;
    if least > 1 {
        let moved: f64 = counted[1..least].iter().sum();
        counted[1..least].fill(0.0);
        counted[least] += moved;
    }
    counted
}

impl<'c, S: Space> Reckoner<'_, 'c, S> {
    /// What modifiers with dice add to a d20.
    fn added(&self, tally: &Tally<'c>, context: Context<'c>) -> Spread {
        let mut sum = Spread::exactly(tally.add);
        for added in tally.dice.iter().flatten() {
            let scene = self.scene(&context);
            let known = scene.known_for(context.own, added);
            let scene = scene.seen_as(&known);
            sum = sum.plus(&added.dice.measure(1, &scene));
        }
        sum
    }

    /// Chances of a plain hit and of a critical one.
    pub(super) fn hit_chances(
        &self,
        context: &mut Context<'c>,
        strike: &crate::combat::play::Strike<'c>,
    ) -> (f64, f64) {
        let stance = self.arena.stance(self.space, context, strike);
        let mode = stance.tally.mode();
        let faces = faces(mode, &stance.tally);
        // The stance's bonus has the plain part of what is added already.
        let mut plain = stance.tally;
        plain.add = 0;
        let added = self.added(&plain, *context);
        let (mut hit, mut critical) = (0.0, 0.0);
        for (bonus, weight) in added.chances() {
            for (die, chance) in faces.iter().enumerate().skip(1) {
                if stance.tally.fails
                    || !lands(die as u8, die as i32 + stance.bonus + bonus, stance.armor_class)
                {
                    continue;
                }
                if die as i32 >= stance.critical_from || stance.always_critical {
                    critical += weight * chance;
                } else {
                    hit += weight * chance;
                }
            }
        }
        context.event.attack |= match mode {
            RollMode::Advantage => crate::language::expr::AttackTrait::Advantage.bit(),
            RollMode::Disadvantage => crate::language::expr::AttackTrait::Disadvantage.bit(),
            RollMode::Normal => 0,
        };
        (hit, critical)
    }

    /// The chance that a save succeeds.
    pub(super) fn save_chance(&self, context: Context<'c>, who: Handle, save: &'c Save) -> f64 {
        let dc = save.dc.as_ref().map_or(i32::from(context.dc), |dc| {
            crate::language::expr::Expr::value(dc, &self.scene(&context))
        });
        let mut seen = Context { own: who, target: context.own, ..context };
        seen.event.ability = Some(save.ability);
        mark_origin(&mut seen.event, context.is_magic, context.is_spell);
        save.against.iter().for_each(|against| seen.event.set_against(*against));
        conditions_of(&save.fail, &mut |id| seen.event.set_against(id));
        let asked = |when: &Option<_>| when.is_some() && self.holds(context, when.as_ref());
        let (bonus, mut tally) = {
            let scene = self.scene(&seen);
            self.arena.save_tally(who, save.ability, false, &scene)
        };
        tally.advantages += u32::from(asked(&save.advantage));
        tally.disadvantages += u32::from(asked(&save.disadvantage));
        if tally.fails || asked(&save.auto_fail) {
            return 0.0;
        }
        if tally.succeeds || asked(&save.auto_success) {
            return 1.0;
        }
        self.test_chance((bonus, tally), dc, seen)
    }

    /// The chance that a test reaches a number.
    pub(super) fn test_chance(&self, (bonus, tally): (i32, Tally<'c>), dc: i32, context: Context<'c>) -> f64 {
        let faces = faces(tally.mode(), &tally);
        let added = self.added(&tally, context);
        let reached = |least: i32| faces[least.clamp(1, 21) as usize..].iter().sum::<f64>();
        added.chances().map(|(more, weight)| weight * reached(dc - bonus - more)).sum::<f64>().clamp(0.0, 1.0)
    }
}
