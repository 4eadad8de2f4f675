//! Whom friends strike at together.

use rules::Id;
use rules::combat::{Handle, Moments};

use super::{Wits, options::Scene};
use crate::{
    battle::{Deed, Fray},
    field::Ground,
};

/// How many foes are looked at by whoever turns to another in the middle of an action.
const TURNED_TO_MAX: usize = 4;

impl Fray<'_> {
    /// What is left of an action whose target has fallen goes to another foe in reach. Whoever is told what to do keeps to it.
    pub(crate) fn turn_to_another(&mut self, who: Handle, deed: Deed, part: Id) -> Deed {
        let wits = self.battle.actor(who).and_then(|actor| actor.mind.as_ref()).map(|mind| mind.wits);
        let Some(wits) = wits.filter(|wits| *wits != Wits::None) else { return deed };
        if deed.target().is_none_or(|target| self.is_up(target)) {
            return deed;
        }
        let scene = self.scene(who);
        let mut best: Option<(i64, Deed)> = None;
        for foe in scene.foes(TURNED_TO_MAX) {
            let turned = deed.turned_to(foe);
            if self.ask(who, |play| turned.aimed(|aim| play.could_part(who, part, aim))).is_err() {
                continue;
            }
            let worth = if wits == Wits::Own { self.worth_of_part(who, &turned, part, &scene) } else { 0 };
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, turned));
            }
        }
        let Some((_, turned)) = best else { return deed };
        if let Some(own) = self.battle.actors.get_mut(who).and_then(|actor| actor.task.deed.as_mut()) {
            *own = turned;
        }
        turned
    }

    /// Whom friends near by are after.
    pub(super) fn see_whom_friends_strike_at(&self, who: Handle, scene: &mut Scene) {
        for friend in scene.friends.into_iter().flatten().map(|(_, friend)| friend) {
            let mind =
                self.battle.actor(friend).filter(|_| friend != who).and_then(|actor| actor.mind.as_ref());
            let Some(target) = mind.and_then(|mind| mind.quarry) else { continue };
            let place = scene.foes.iter().position(|foe| foe.is_some_and(|(_, foe)| foe == target));
            if let Some(count) = place.and_then(|place| scene.aimed_at.get_mut(place)) {
                *count += 1;
            }
        }
    }

    fn worth_of_part(&mut self, who: Handle, deed: &Deed, part: Id, scene: &Scene) -> i64 {
        let ground = Ground { field: self.field, terrain: self.terrain };
        let intent = rules::combat::Intent::Use(part);
        let forecast = deed.aimed(|aim| self.battle.arena.forecast::<Moments, _>(&ground, who, intent, aim));
        self.worth_of(who, scene, &forecast, |_| false).weighed(None, None).worth
    }
}
