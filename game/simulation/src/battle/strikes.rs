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

/// Something to strike with, and which of the options that it lets one choose from.
pub(crate) type Blow = (Intent, u8);

impl Fray<'_> {
    /// What an attack with a weapon, or with whatever is best, comes to by the rules, and which of its options.
    ///
    /// # Errors
    /// None of the attacks can be made now: why the best of them can't.
    pub(super) fn strike_with(&mut self, who: Handle, target: Handle, with: Weapon) -> Result<Blow, Refusal> {
        let targets = [target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        let mut plain =
            |intent| self.ask(who, |play| play.could(Attempt { who, intent, aim })).map(|()| (intent, 0));
        match with {
            Weapon::Held(number) => plain(Intent::Attack(Some(number))),
            Weapon::Unarmed => plain(Intent::Attack(None)),
            Weapon::Best => self.best_strike(who, target),
        }
    }

    fn best_strike(&mut self, who: Handle, target: Handle) -> Result<Blow, Refusal> {
        let mut strikes = [None; STRIKES_MAX];
        let count = self.strikes_of(who, &mut strikes);
        let targets = [target];
        // The best that can be made, and the best of those that can't.
        let mut best: Option<(f64, Blow)> = None;
        let mut refused: Option<(f64, Refusal)> = None;
        for (intent, choice) in strikes[..count].iter().flatten().copied() {
            let aim = Aim { targets: &targets, choice, ..Aim::default() };
            let ground = Ground { field: self.field, terrain: self.terrain };
            let forecast = self.battle.arena.forecast::<Moments, _>(&ground, who, intent, aim);
            let harm = forecast.damage_to(target).map_or(0.0, Measure::mean);
            match self.ask(who, |play| play.could(Attempt { who, intent, aim })) {
                Ok(()) if best.is_none_or(|(most, _)| harm > most) => best = Some((harm, (intent, choice))),
                Err(refusal) if refused.is_none_or(|(most, _)| harm > most) => {
                    refused = Some((harm, refusal));
                }
                _ => {}
            }
        }
        best.map(|(_, blow)| blow).ok_or(refused.map_or(Refusal::NotNow, |(_, refusal)| refusal))
    }

    /// All that somebody can strike with for an action.
    pub(crate) fn strikes_of(&self, who: Handle, into: &mut [Option<Blow>; STRIKES_MAX]) -> usize {
        let Some(creature) = self.battle.arena.get(who) else { return 0 };
        let held =
            (0..creature.weapons.len().min(HELD_MAX)).map(|number| (Intent::Attack(Some(number as u8)), 0));
        let actions = creature.actions.iter().filter(|action| {
            !action.hidden
                && matches!(action.cost, Cost::Action | Cost::Attack)
                && matches!(action.target, Target::Creature)
                && action.then.iter().any(strikes)
        });
        let options =
            actions.flat_map(|action| (0..action.options()).map(|choice| (Intent::Use(action.id), choice)));
        let mut count = 0;
        for (place, blow) in into.iter_mut().zip(held.chain(options)) {
            *place = Some(blow);
            count += 1;
        }
        // Whoever has claws or a sword does not box.
        if count == 0 {
            into[0] = Some((Intent::Attack(None), 0));
            count = 1;
        }
        count
    }
}

/// Whether a step of an action is an attack, or uses others, as a multiattack does.
fn strikes(node: &Node) -> bool {
    matches!(node, Node::Attack(_) | Node::Use(_) | Node::Repeat(_) | Node::Choose(_))
}
