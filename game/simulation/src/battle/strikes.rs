//! Which attack of those at hand does most.

use rules::combat::{Aim, Attempt, Handle, Intent, Moments, Refusal};
use rules::language::expr::Measure;
use rules::language::{Cost, Node, Target};

use super::Fray;
use crate::{Weapon, field::Ground};

/// Most attacks that are weighed.
const STRIKES_MAX: usize = 16;
/// Most weapons at hand that are.
const HELD_MAX: usize = 4;

impl Fray<'_> {
    /// What an attack with a weapon, or with whatever is best, comes to by the rules.
    ///
    /// # Errors
    /// None of the attacks can be made now: why the best of them can't.
    pub(super) fn strike_with(
        &mut self,
        who: Handle,
        target: Handle,
        with: Weapon,
    ) -> Result<Intent, Refusal> {
        let targets = [target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        match with {
            Weapon::Held(number) => {
                let intent = Intent::Attack(Some(number));
                self.ask(who, |play| play.could(Attempt { who, intent, aim })).map(|()| intent)
            }
            Weapon::Unarmed => {
                let intent = Intent::Attack(None);
                self.ask(who, |play| play.could(Attempt { who, intent, aim })).map(|()| intent)
            }
            Weapon::Best => self.best_strike(who, target),
        }
    }

    fn best_strike(&mut self, who: Handle, target: Handle) -> Result<Intent, Refusal> {
        let mut strikes = [None; STRIKES_MAX];
        let count = self.strikes_of(who, &mut strikes);
        let targets = [target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        // The best that can be made, and the best of those that can't.
        let mut best: Option<(f64, Intent)> = None;
        let mut refused: Option<(f64, Refusal)> = None;
        for intent in strikes[..count].iter().flatten().copied() {
            let ground = Ground { field: self.field, terrain: self.terrain };
            let forecast = self.battle.arena.forecast::<Moments, _>(&ground, who, intent, aim);
            let harm = forecast.damage_to(target).map_or(0.0, Measure::mean);
            match self.ask(who, |play| play.could(Attempt { who, intent, aim })) {
                Ok(()) if best.is_none_or(|(most, _)| harm > most) => best = Some((harm, intent)),
                Err(refusal) if refused.is_none_or(|(most, _)| harm > most) => {
                    refused = Some((harm, refusal));
                }
                _ => {}
            }
        }
        best.map(|(_, intent)| intent).ok_or(refused.map_or(Refusal::NotNow, |(_, refusal)| refusal))
    }

    /// All that somebody can strike with for an action.
    pub(crate) fn strikes_of(&self, who: Handle, into: &mut [Option<Intent>; STRIKES_MAX]) -> usize {
        let Some(creature) = self.battle.arena.get(who) else { return 0 };
        let held = (0..creature.weapons.len().min(HELD_MAX)).map(|number| Intent::Attack(Some(number as u8)));
        let actions = creature.actions.iter().filter(|action| {
            !action.hidden
                && matches!(action.cost, Cost::Action | Cost::Attack)
                && matches!(action.target, Target::Creature)
                && action.then.iter().any(strikes)
        });
        let mut count = 0;
        for (place, intent) in into.iter_mut().zip(held.chain(actions.map(|action| Intent::Use(action.id)))) {
            *place = Some(intent);
            count += 1;
        }
        // Whoever has claws or a sword does not box.
        if count == 0 {
            into[0] = Some(Intent::Attack(None));
            count = 1;
        }
        count
    }
}

/// Whether a step of an action is an attack, or uses others, as a multiattack does.
fn strikes(node: &Node) -> bool {
    matches!(node, Node::Attack(_) | Node::Use(_) | Node::Repeat(_) | Node::Choose(_))
}
