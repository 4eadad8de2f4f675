//! Everything that a creature could do, at everybody for whom it makes sense.

use rules::Id;
use rules::combat::{Attempt, Creature, Handle, Intent, Moments, Refusal};
use rules::content::CastingTime;
use rules::language::{Cost, Node, Target};

use super::{Why, weigh::Worth};
use crate::{
    battle::{Deed, Doing, Fray},
    field::Ground,
};

/// What can be done after walking is worth so much of what can be done from here.
const SOON: f64 = 0.9;
/// And what can't be done in this turn at all.
const LATER: f64 = 0.3;

/// Where one stands among friends and foes.
pub(super) struct Scene {
    /// The nearest first.
    pub(super) foes: [Option<(u128, Handle)>; 8],
    pub(super) friends: [Option<(u128, Handle)>; 6],
    /// Of each of the foes, how many friends are after it.
    pub(super) aimed_at: [u8; 8],
    /// Feet that can be walked before the end of the next turn.
    pub(super) walks: u16,
}

impl Scene {
    pub(super) fn foes(&self, most: usize) -> impl Iterator<Item = Handle> + '_ {
        self.foes.iter().flatten().map(|(_, foe)| *foe).take(most)
    }

    /// How many friends are after somebody.
    pub(super) fn friends_at(&self, foe: Handle) -> u8 {
        let place = self.foes.iter().position(|other| other.is_some_and(|(_, other)| other == foe));
        place.and_then(|place| self.aimed_at.get(place)).copied().unwrap_or(0)
    }

    pub(super) fn friends(&self) -> impl Iterator<Item = Handle> + '_ {
        self.friends.iter().flatten().map(|(_, friend)| *friend)
    }
}

/// The best so far.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) deed: Deed,
    pub(super) worth: i64,
    pub(super) reach: u16,
}

/// A thought in progress.
pub(super) struct Thought {
    pub(super) who: Handle,
    pub(super) left: usize,
    pub(super) best: Option<Choice>,
    pub(super) why: Why,
}

impl Fray<'_> {
    /// Goes through all that somebody can do and keeps the best.
    pub(super) fn consider_all(&mut self, thought: &mut Thought, scene: &Scene, foes_max: usize) {
        let who = thought.who;
        let mut strikes = [None; 16];
        let count = self.strikes_of(who, &mut strikes);
        for (intent, choice) in strikes.into_iter().take(count).flatten() {
            for foe in scene.foes(foes_max) {
                let mut deed = Deed::new(Doing::Exactly(intent), [foe]);
                (deed.repeats, deed.approaches) = (matches!(intent, Intent::Attack(_)), true);
                deed.choice = choice;
                deed.point = self.field.position(foe);
                self.consider_deed(thought, scene, deed, intent, 0.0);
            }
        }
        self.consider_bonds(thought);
        self.consider_actions(thought, scene, foes_max);
        self.consider_spells(thought, scene, foes_max);
    }

    /// Breath, gazes, healing touches: whatever is no plain attack.
    fn consider_actions(&mut self, thought: &mut Thought, scene: &Scene, foes_max: usize) {
        let mut index = 0;
        while let Some(action) =
            self.battle.arena.get(thought.who).and_then(|creature| creature.actions.get(index)).copied()
        {
            index += 1;
            let attacks = matches!(action.target, Target::Creature)
                && action.then.iter().any(|node| {
                    matches!(node, Node::Attack(_) | Node::Use(_) | Node::Repeat(_) | Node::Choose(_))
                });
            if !action.hidden && matches!(action.cost, Cost::Action | Cost::Bonus) && !attacks {
                self.consider_aimed(thought, scene, (Intent::Use(action.id), &action.target), foes_max, 0.0);
            }
        }
    }

    fn consider_spells(&mut self, thought: &mut Thought, scene: &Scene, foes_max: usize) {
        let library = self.battle.arena.library();
        let who = thought.who;
        let Some(creature) = self.battle.arena.get(who) else { return };
        let busy = creature.concentration.is_some();
        let mut known = std::mem::take(&mut self.battle.spells);
        spells_at_hand(creature, library, &mut known);
        for (id, slot) in known.drain(..) {
            let Some(spell) = library.spell(id) else { continue };
            // What would end a spell that lasts has to be worth both.
            let price = self.price_of_slot(who, slot) + if busy && spell.concentration { 12.0 } else { 0.0 };
            self.consider_aimed(thought, scene, (Intent::Cast(id, slot), &spell.target), foes_max, price);
        }
        self.battle.spells = known;
    }

    /// The same at all at whom it may be aimed.
    fn consider_aimed(
        &mut self,
        thought: &mut Thought,
        scene: &Scene,
        (intent, target): (Intent, &Target),
        foes_max: usize,
        price: f64,
    ) {
        let doing = Doing::Exactly(intent);
        let who = thought.who;
        match target {
            Target::Creature => {
                for one in scene.foes(foes_max).chain(scene.friends().filter(|friend| *friend != who)) {
                    let mut deed = Deed::new(doing, [one]);
                    (deed.approaches, deed.point) = (true, self.field.position(one));
                    self.consider_deed(thought, scene, deed, intent, price);
                }
            }
            Target::Creatures(targeting) => {
                let several = targeting.count.as_ref().map_or(1, |count| {
                    // Counts that grow with the slot are asked of the rules by trying: fewer always fit.
                    count.plain().map_or(3, |plain| plain.bonus.clamp(1, 8))
                });
                for count in [several as usize, 1] {
                    for hostile in [true, false] {
                        let mut deed = if hostile {
                            Deed::new(doing, scene.foes(foes_max).take(count))
                        } else {
                            let own = targeting.own;
                            Deed::new(doing, scene.friends().filter(|one| own || *one != who).take(count))
                        };
                        let Some(first) = deed.target() else { continue };
                        (deed.approaches, deed.point) = (true, self.field.position(first));
                        self.consider_deed(thought, scene, deed, intent, price);
                    }
                    if several == 1 {
                        break;
                    }
                }
            }
            Target::Point => {
                for point in self.places_for_areas(who, scene, foes_max).into_iter().flatten() {
                    let mut deed = Deed::new(doing, []);
                    deed.point = Some(point);
                    self.consider_deed(thought, scene, deed, intent, price);
                }
            }
            Target::None | Target::Own => {
                // Cones and lines go towards somebody.
                for foe in scene.foes(2) {
                    let mut deed = Deed::new(doing, []);
                    deed.point = self.field.position(foe);
                    self.consider_deed(thought, scene, deed, intent, price);
                }
            }
            Target::Object => {}
        }
    }

    /// Weighs one thing to do.
    fn consider_deed(
        &mut self,
        thought: &mut Thought,
        scene: &Scene,
        deed: Deed,
        intent: Intent,
        price: f64,
    ) {
        if thought.left == 0 {
            return;
        }
        let who = thought.who;
        let could = self.ask(who, |play| deed.aimed(|aim| play.could(Attempt { who, intent, aim })));
        let (later, passing, reach) = match could {
            Ok(()) => (1.0, 0.0, u16::MAX),
            // What can be walked up to is worth less than what is in reach already.
            Err(Refusal::OutOfRange { distance, reach }) if deed.approaches && distance != u16::MAX => {
                if self.ask(who, |play| play.has_time_for(who, intent)).is_err() {
                    return;
                }
                let missing = distance.saturating_sub(reach);
                let later = if missing <= scene.walks { SOON } else { LATER };
                (later, self.risk_on_the_way(who, scene, deed.target(), reach), reach)
            }
            Err(_) => return,
        };
        thought.left -= 1;
        let ground = Ground { field: self.field, terrain: self.terrain };
        let arena = &self.battle.arena;
        let forecast = deed.aimed(|aim| arena.forecast::<Moments, _>(&ground, who, intent, aim));
        let what = super::mind::named(intent);
        let is_new = |other: Handle| {
            what.is_none_or(|what| arena.effects_on(other).all(|(_, lasting)| lasting.id != what))
        };
        let mut worth: Worth = self.worth_of(who, scene, &forecast, is_new);
        worth.harm *= later;
        worth.help *= later;
        worth.cost += price + passing;
        let weighed = self.record(&deed, what, &worth);
        thought.why.keep(weighed);
        if weighed.worth > 0 && thought.best.is_none_or(|best| weighed.worth > best.worth) {
            thought.best = Some(Choice { deed, worth: weighed.worth, reach });
        }
    }
}

/// Spells that can be cast in a fight, each with the least slot that is left for it.
fn spells_at_hand(creature: &Creature<'_>, library: &rules::content::Library, known: &mut Vec<(Id, u8)>) {
    let book = &creature.book;
    let quick = |id: Id| {
        library.spell(id).filter(|spell| matches!(spell.casting, CastingTime::Action | CastingTime::Bonus))
    };
    known.clear();
    for id in &book.spells {
        let Some(spell) = quick(*id) else { continue };
        if spell.level == 0 {
            known.push((*id, 0));
            continue;
        }
        let least = (spell.level..=9)
            .find(|level| book.slots[usize::from(*level)] > 0 || book.pact.0 > 0 && book.pact.1 == *level);
        known.extend(least.map(|slot| (*id, slot)));
    }
    for (id, left, times, _) in &book.innate {
        if (*times == 0 || *left > 0) && quick(*id).is_some() {
            known.push((*id, 0));
        }
    }
}
