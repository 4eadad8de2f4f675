//! Getting free of what holds one: webs, ropes, somebody's grip.

use rules::combat::{Attempt, Handle, Intent};
use rules::language::expr::NoFacts;
use rules::vocabulary::State;

use super::options::{Choice, Thought};
use super::weigh::Worth;
use crate::battle::{Deed, Doing, Fray};

/// How much of its turns a creature has back that gets free, and of how many: a guess, as for other helps.
const TURNS_REGAINED: f64 = 1.2;
/// The chance that one gets free: of a check, and of a blow at something as tough as a web.
const CHANCE: f64 = 0.5;
/// Bonds of more hit points than this take more than one blow.
const ONE_BLOW_HIT_POINTS: i32 = 8;

impl Fray<'_> {
    /// Weighs struggling and cutting, if anything holds somebody that allows it.
    pub(super) fn consider_bonds(&mut self, thought: &mut Thought) {
        let who = thought.who;
        let Some(own) = self.battle.arena.get(who) else { return };
        let is_held = own.is(State::NoMovement) || own.has_condition(restrained());
        if !is_held {
            return;
        }
        let (mut escapes, mut cuts) = (false, 0.0_f64);
        for (_, lasting) in self.battle.arena.effects_on(who) {
            escapes |= lasting.effect.escape.is_some();
            if let Some(bond) = &lasting.effect.breaks {
                let hit_points = bond.hp.value(&NoFacts);
                cuts = cuts.max(if hit_points <= ONE_BLOW_HIT_POINTS { CHANCE } else { CHANCE / 2.0 });
            }
        }
        let held_worth = self.menace(who) * TURNS_REGAINED;
        if escapes {
            self.consider_freedom(thought, Intent::Escape, held_worth * CHANCE);
        }
        if cuts > 0.0 {
            let intent = self.cutting(who);
            self.consider_freedom(thought, intent, held_worth * cuts);
        }
    }

    fn consider_freedom(&mut self, thought: &mut Thought, intent: Intent, help: f64) {
        let who = thought.who;
        let deed = Deed::new(Doing::Exactly(intent), []);
        let could = self.ask(who, |play| deed.aimed(|aim| play.could(Attempt { who, intent, aim })));
        if could.is_err() || thought.left == 0 {
            return;
        }
        thought.left -= 1;
        let weighed = self.record(&deed, None, &Worth { help, ..Worth::default() });
        thought.why.keep(weighed);
        if thought.best.is_none_or(|best| weighed.worth > best.worth) {
            thought.best = Some(Choice { deed, worth: weighed.worth, reach: u16::MAX });
        }
    }

    /// A blow at what binds, with a weapon for close quarters if there is one.
    pub(crate) fn cutting(&self, who: Handle) -> Intent {
        let melee = rules::language::expr::AttackTrait::Melee.bit();
        let held = self
            .battle
            .arena
            .get(who)
            .and_then(|own| own.weapons.iter().position(|weapon| weapon.traits & melee != 0));
        Intent::Sever(held.and_then(|number| u8::try_from(number).ok()))
    }
}

fn restrained() -> rules::Id {
    rules::Id::new("srd:restrained").expect("the word is well formed")
}
