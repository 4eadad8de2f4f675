//! A thought, from looking around to setting about something.

use rules::combat::{Attempt, Handle, Intent};
use rules::{Purpose, TICK_HZ};

use super::{
    Why, Wits,
    attention::Watch,
    look::keep_least,
    options::{Choice, Scene, Thought},
};
use crate::{
    Fact, GroundPoint, Weapon,
    battle::{Deed, Doing, Fray, Heading},
    field::units_of,
};

/// Things to do that are weighed in one tick; who is due beyond them thinks in the next.
const WEIGHED_PER_TICK: u32 = 1_000;
/// If more thoughts than this had to wait for the next tick, all think more coarsely until the crowd has caught up.
const WAITING_MAX: u32 = 24;
/// Thoughts of one creature in one of its turns: the first, one when the foe has fallen, one for the bonus action.
pub(super) const THOUGHTS_PER_TURN: u8 = 3;
/// How far foes and friends are looked for, in feet.
const SIGHT_FEET: i64 = 120;
/// How far one follows a foe from home, in metres.
const LEASH_METRES: i64 = 120;
/// Ticks before the second thought of a turn.
const SECOND_THOUGHT_TICKS: u64 = TICK_HZ as u64 / 2;
/// Who shoots keeps foes so far away, in feet, if it can.
const KEEP_AWAY_FEET: u16 = 25;

impl Fray<'_> {
    /// Thinks now, if this tick has time for it, or in the next.
    pub(crate) fn think_when_due(&mut self, who: Handle) {
        let tick = self.clock.tick;
        if let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) {
            if mind.wits == Wits::None {
                return;
            }
            mind.is_due = true;
            mind.thoughts = 0;
            self.battle.wake(who, tick);
        }
    }

    /// When somebody who is done thinks again in the same turn; never, if it doesn't think or there is nothing left to do.
    pub(crate) fn second_thought(&mut self, who: Handle) -> Option<u64> {
        let after = self.clock.tick + SECOND_THOUGHT_TICKS;
        let economy = self.battle.arena.get(who)?.economy;
        let actor = self.battle.actors.get_mut(who)?;
        let (engaged, turn_at) = (actor.is_engaged(), actor.turn_at);
        let mind = actor.mind.as_mut()?;
        let can = economy.actions > 0 || economy.bonus_actions > 0;
        if mind.wits == Wits::None
            || !engaged
            || !can
            || mind.thoughts >= THOUGHTS_PER_TURN
            || after >= turn_at
        {
            return None;
        }
        mind.is_due = true;
        Some(after)
    }

    /// Thinks, and sets about what seems best.
    pub(crate) fn think(&mut self, who: Handle) {
        let tick = self.clock.tick;
        if self.battle.budget.weighed >= WEIGHED_PER_TICK {
            self.battle.budget.waiting += 1;
            self.battle.wake(who, tick + 1);
            return;
        }
        let began = self.battle.stopwatch.map(|now| now());
        self.think_it_over(who);
        self.battle.thinking.thoughts += 1;
        if let (Some(began), Some(now)) = (began, self.battle.stopwatch) {
            self.battle.thinking.time += now().saturating_sub(began);
        }
    }

    fn think_it_over(&mut self, who: Handle) {
        let tick = self.clock.tick;
        let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) else {
            return;
        };
        mind.is_due = false;
        mind.thoughts += 1;
        let (wits, home, breadth) = (mind.wits, mind.home, mind.breadth());
        let hurries = self.battle.budget.waited > WAITING_MAX;
        let watch = if hurries { Watch::Far } else { self.watch_over(who) };
        let (foes_max, options_max) = watch.narrow(breadth);
        let Some(at) = self.field.position(who) else { return };
        let far_from_home = home.distance(GroundPoint::from(at)).is_none_or(|far| far > LEASH_METRES * 256);
        let scene = self.scene(who);
        let Some(nearest) = scene.foes(1).next() else { return self.pursue_or_rest(who) };
        // Whoever was called follows its master, wherever it was called.
        let is_called = self.battle.arena.get(who).is_some_and(|own| own.summoned_by.is_some());
        let is_monster = self.battle.actor(who).is_none_or(|actor| actor.monster.is_some());
        if far_from_home && is_monster && !is_called {
            return self.give_up(who, home);
        }
        if wits == Wits::Own && self.takes_flight(who) {
            return self.flee(who, nearest);
        }
        let why = Why { tick, ..Why::default() };
        let mut thought = Thought { who, left: options_max, best: None, why };
        match wits {
            Wits::None => return,
            Wits::Nearest => return self.strike_at(who, nearest),
            Wits::Chance => return self.do_anything(who, &scene),
            Wits::Own => self.consider_all(&mut thought, &scene, foes_max),
        }
        // The look around costs about as much as weighing one thing.
        let weighed = (options_max - thought.left) as u32 + 1;
        self.battle.thinking.weighed += u64::from(weighed);
        self.battle.budget.weighed += weighed;
        let has_action = self.battle.arena.get(who).is_some_and(|own| own.economy.actions > 0);
        // A thought that leads to nothing leaves the reason standing for what is being done.
        if let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut())
            && (thought.best.is_some() || has_action)
        {
            mind.why = thought.why;
        }
        match thought.best {
            Some(choice) => self.carry_out(who, &choice, nearest),
            // Nothing is worth doing: at least one gets nearer.
            None if has_action => self.strike_at(who, nearest),
            None => {}
        }
    }

    fn strike_at(&mut self, who: Handle, foe: Handle) {
        let mut deed = Deed::new(Doing::Strike(Weapon::Best), [foe]);
        (deed.repeats, deed.approaches) = (true, true);
        self.set_about(who, deed);
    }

    /// Anything at anybody, as dice have it.
    fn do_anything(&mut self, who: Handle, scene: &Scene) {
        let mut dice = self.clock.dice(self.entity(who), Purpose::Thought);
        let foes: Vec<Handle> = scene.foes(8).collect();
        let Some(foe) = foes.get(dice.below(foes.len() as u32) as usize).copied() else { return };
        let mut strikes = [None; 16];
        let count = self.strikes_of(who, &mut strikes).max(1);
        let (intent, choice) = strikes[dice.below(count as u32) as usize].unwrap_or((Intent::Dodge, 0));
        let mut deed = Deed::new(Doing::Exactly(intent), [foe]);
        deed.choice = choice;
        (deed.repeats, deed.approaches, deed.point) = (true, true, self.field.position(foe));
        self.set_about(who, deed);
    }

    fn carry_out(&mut self, who: Handle, choice: &Choice, nearest: Handle) {
        let deed = choice.deed;
        let foe = self.foe_of(who, &deed);
        if let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) {
            mind.quarry = foe.or(mind.quarry);
        }
        self.set_about(who, deed);
        let Doing::Exactly(intent) = deed.doing else { return };
        // Whoever can do it from here and shoots keeps its distance.
        let from_afar = choice.reach == u16::MAX
            && deed.target().is_some()
            && !matches!(intent, Intent::Cast(..))
            && self.reaches(who, intent, &deed, KEEP_AWAY_FEET + 5);
        if from_afar {
            self.keep_away(who, nearest);
        }
    }

    /// Whether a deed could be done from so far away.
    fn reaches(&mut self, who: Handle, intent: Intent, deed: &Deed, feet: u16) -> bool {
        let Some(target) = deed.target() else { return false };
        let ground = crate::field::Ground { field: self.field, terrain: self.terrain };
        let far = rules::combat::Space::distance(&ground, who, target);
        far >= feet
            && self.ask(who, |play| deed.aimed(|aim| play.could(Attempt { who, intent, aim }))).is_ok()
    }

    fn keep_away(&mut self, who: Handle, nearest: Handle) {
        let ground = crate::field::Ground { field: self.field, terrain: self.terrain };
        let far = rules::combat::Space::distance(&ground, who, nearest);
        // Whoever turns its back on a foe beside it is struck in passing.
        if far > 5 && far < KEEP_AWAY_FEET {
            self.run_from(who, nearest);
        }
    }

    fn flee(&mut self, who: Handle, foe: Handle) {
        let flees =
            self.battle.actor(who).and_then(|actor| actor.mind.as_ref()).is_some_and(|mind| mind.flees);
        if let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) {
            mind.flees = true;
        }
        if !flees {
            self.tell_fact(who, Fact::Fled);
        }
        let ground = crate::field::Ground { field: self.field, terrain: self.terrain };
        let beside = rules::combat::Space::distance(&ground, who, foe) <= 10;
        let intent = if beside { Intent::Disengage } else { Intent::Dash };
        self.set_about(who, Deed::new(Doing::Exactly(intent), []));
        self.run_from(who, foe);
    }

    /// Too far from home: the fight is given up, and what was lost in it comes back on the way.
    fn give_up(&mut self, who: Handle, home: GroundPoint) {
        if let Some(creature) = self.battle.arena.get_mut(who) {
            creature.hp = (creature.sheet.hp_max - creature.hp_drained).max(1);
        }
        let tick = self.clock.tick;
        if let Some(actor) = self.battle.actors.get_mut(who) {
            actor.grudges.clear();
            actor.engaged_until = tick.max(1);
            actor.task.deed = None;
        }
        self.tell_fact(who, Fact::GaveUp);
        self.head(who, Heading::To(home));
    }

    /// Nobody is in sight: after whoever did harm, or home when the fight is over.
    fn pursue_or_rest(&mut self, who: Handle) {
        let Some(actor) = self.battle.actor(who) else { return };
        let worst =
            actor.grudges.iter().filter(|(foe, _)| !self.is_down_or_gone(*foe)).max_by_key(|held| held.1);
        if let Some((foe, _)) = worst {
            self.head(who, Heading::Near(foe, 5));
        }
        if let Some(mind) = self.battle.actors.get_mut(who).and_then(|actor| actor.mind.as_mut()) {
            mind.flees = false;
        }
    }

    fn is_down_or_gone(&self, who: Handle) -> bool {
        !self.is_up(who)
    }

    /// Who stands around somebody.
    pub(super) fn scene(&mut self, who: Handle) -> Scene {
        let mut scene = Scene { foes: [None; 8], friends: [None; 6], aimed_at: [0; 8], walks: 0 };
        let (Some(at), Some(own)) = (self.field.position(who), self.battle.actor(who)) else { return scene };
        let (faction, grudges, reach) = (own.faction, own.grudges, units_of(SIGHT_FEET));
        let battle = &*self.battle;
        self.field.any_about(at, reach, |body| {
            let far = body.position.ground_distance_squared(at);
            let Some(other) = battle.actor(body.handle).filter(|_| far <= (reach * reach) as u128) else {
                return false;
            };
            let Some(creature) = battle.arena.get(body.handle) else { return false };
            if other.faction == faction {
                // The dying are among the friends who may be helped, the dead are not.
                if creature.life != rules::combat::Life::Dead {
                    keep_least(&mut scene.friends, (far, body.handle));
                }
            } else if creature.is_up()
                && (faction.is_hostile_to(other.faction) || grudges.of(body.handle) > 0)
            {
                keep_least(&mut scene.foes, (far, body.handle));
            }
            false
        });
        self.see_whom_friends_strike_at(who, &mut scene);
        let speed = self.ask(who, |play| play.walking_speed(who));
        scene.walks = (f64::from(speed) * self.battle.scale).clamp(0.0, 500.0) as u16;
        scene
    }
}
