//! Turns: what comes back, what passes, what begins and ends.

use crate::language::expr::Luck;
use crate::language::{Event, Path, Recharge};
use crate::vocabulary::{Movement, State};

use super::{Context, EventFacts, Play, harm::unnamed};
use crate::combat::{EffectKey, Ends, Handle, Happening, Life, Space};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A creature rolls for initiative; gives the total. Ties go by Dexterity, as whoever drives the play decides.
    pub fn roll_initiative(&mut self, who: Handle) -> i32 {
        let Some(creature) = self.arena.get(who) else { return 0 };
        let dexterity = crate::Ability::Dexterity;
        let context = self.arena.own_context(who, creature.sheet.id.unwrap_or_else(unnamed));
        let (bonus, mut tally) = {
            let scene = self.scene(&context);
            self.arena.check_tally(who, None, dexterity, &scene)
        };
        {
            let scene = self.scene(&context);
            let mut own = tally;
            self.arena
                .tally_into(&mut own, who, Path::Initiative.bit(), &scene, |path| path == Path::Initiative);
            tally = own;
        }
        let die = self.d20(tally.mode(), &tally);
        let total = i32::from(die) + bonus + tally.add + self.tally_dice(&tally, &context);
        if let Some(creature) = self.arena.get_mut(who) {
            for stock in &mut creature.stocks {
                if stock.recharge == Recharge::Combat {
                    stock.left = stock.max;
                }
            }
        }
        self.fire(Event::RollsInitiative, who, who, &EventFacts { total, ..EventFacts::default() }, 0);
        total
    }

    /// A creature's turn begins.
    pub fn start_turn(&mut self, who: Handle) {
        if self.arena.get(who).is_none() {
            return;
        }
        self.arena.acting = Some(who);
        self.arena.turns = self.arena.turns.wrapping_add(1);
        let turn = self.arena.turns;
        self.arena.turn = turn;
        if let Some(creature) = self.arena.get_mut(who) {
            creature.turn = turn;
        }
        self.emit(Happening::TurnStarted { who });
        if let Some(creature) = self.arena.get_mut(who).filter(|creature| creature.life == Life::Dead) {
            creature.dead_rounds = creature.dead_rounds.saturating_add(1);
        }
        self.pass_time(who, true);
        self.tick_zones(who, true);
        self.refill(who);
        self.recharge(who);
        let event = EventFacts { turn_of: Some(who), ..EventFacts::default() };
        self.fire(Event::TurnStart, who, who, &event, 0);
        self.meet_zones(who);
        self.fire(Event::ZoneTurnStart, who, who, &event, 0);
        if self.arena.is_watched(Event::NearTurnStart) {
            self.fire_around(Event::NearTurnStart, who, event, 0, true);
            self.fire_around(Event::NearTurnStart, who, event, 0, false);
        }
        if matches!(self.arena.get(who).map(|creature| creature.life), Some(Life::Dying(_))) {
            self.death_save(who);
        }
    }

    /// A creature's turn ends.
    pub fn end_turn(&mut self, who: Handle) {
        if self.arena.get(who).is_none() {
            return;
        }
        let event = EventFacts { turn_of: Some(who), ..EventFacts::default() };
        self.fire(Event::TurnEnd, who, who, &event, 0);
        self.fire(Event::ZoneTurnEnd, who, who, &event, 0);
        self.pass_time(who, false);
        self.tick_zones(who, false);
        if let Some(creature) = self.arena.get_mut(who) {
            // What is left of a turn is gone; only the reaction stays.
            creature.economy = crate::combat::Economy {
                reactions: creature.economy.reactions,
                legendary: creature.economy.legendary,
                ..Default::default()
            };
        }
        let surprised = crate::Id::new("srd:surprised").expect("the word is well formed");
        let found = self.arena.effects_on(who).find(|(_, lasting)| lasting.id == surprised);
        if let Some(key) = found.map(|(key, _)| key) {
            self.end_effect(key);
        }
        self.emit(Happening::TurnEnded { who });
        if self.arena.acting == Some(who) {
            self.arena.acting = None;
        }
    }

    /// Actions, reaction and movement come back.
    fn refill(&mut self, who: Handle) {
        let Some(creature) = self.arena.get(who) else { return };
        let context = self.arena.own_context(who, creature.sheet.id.unwrap_or_else(unnamed));
        let scene = self.scene(&context);
        let count = |path: Path, base: i32| {
            self.arena.tally(who, path.bit(), &scene, |other| other == path).over(base).clamp(0, 20) as u8
        };
        let speed = [Movement::Walk, Movement::Fly, Movement::Swim, Movement::Climb, Movement::Burrow]
            .into_iter()
            .map(|movement| self.arena.speed(who, movement, &scene))
            .max()
            .unwrap_or(0);
        let economy = crate::combat::Economy {
            actions: count(Path::Actions, 1),
            attacks: 0,
            bonus_actions: count(Path::BonusActions, 1),
            reactions: count(Path::Reactions, 1),
            legendary: creature.legendary_max,
            movement: speed,
            object: true,
            ..Default::default()
        };
        let Some(creature) = self.arena.get_mut(who) else { return };
        creature.economy = economy;
        creature.turns = creature.turns.saturating_add(1);
        creature.readied = None;
        if creature.is(State::NoBonusActions) {
            creature.economy.bonus_actions = 0;
        }
    }

    /// Dice bring back what recharges on them.
    fn recharge(&mut self, who: Handle) {
        let count = self.arena.get(who).map_or(0, |creature| creature.stocks.len());
        for index in 0..count {
            let Some(stock) = self.arena.get(who).and_then(|creature| creature.stocks.get(index)).copied()
            else {
                return;
            };
            if stock.recharge != Recharge::Turn || stock.left >= stock.max {
                continue;
            }
            let back = stock.on_d6 == 0 || self.luck.die(6) >= u32::from(stock.on_d6);
            if back && let Some(creature) = self.arena.get_mut(who) {
                creature.stocks[index].left = stock.max;
            }
        }
    }

    /// The time of effects that hang on a creature's turns passes.
    fn pass_time(&mut self, who: Handle, at_start: bool) {
        if at_start {
            self.count_rounds(who);
        }
        let mut index = 0;
        while let Some(key) = self.arena.get(who).and_then(|creature| creature.clocks.get(index)).copied() {
            let ended =
                self.arena.effects.get_mut(key.0 as usize).and_then(Option::as_mut).is_none_or(|lasting| {
                    match (&mut lasting.ends, at_start) {
                        (Ends::Rounds(left), true) => {
                            *left = left.saturating_sub(1);
                            *left == 0
                        }
                        (Ends::TurnStart, true) | (Ends::TurnEnd(0), false) => true,
                        (Ends::TurnEnd(left), false) => {
                            *left -= 1;
                            false
                        }
                        _ => false,
                    }
                });
            if ended {
                self.end_timed(who, key);
            } else {
                index += 1;
            }
        }
    }

    fn end_timed(&mut self, anchor: Handle, key: EffectKey) {
        self.conclude(key);
        if let Some(creature) = self.arena.get_mut(anchor) {
            creature.clocks.retain(|other| *other != key);
        }
    }

    fn count_rounds(&mut self, who: Handle) {
        let count = self.arena.get(who).map_or(0, |creature| creature.effects.len());
        for index in 0..count {
            let key = self.arena.get(who).and_then(|creature| creature.effects.get(index)).copied();
            let lasting = key.and_then(|key| self.arena.effects.get_mut(key.0 as usize)?.as_mut());
            if let Some(lasting) = lasting {
                lasting.rounds = lasting.rounds.saturating_add(1);
                lasting.used.in_round = 0;
            }
        }
    }

    /// A creature lies on the ground.
    pub(super) fn fall_prone(&mut self, who: Handle) {
        let prone = crate::Id::new("srd:prone").expect("the word is well formed");
        self.apply_condition(who, prone);
    }

    /// Lays a condition on a creature until something takes it off.
    pub fn apply_condition(&mut self, who: Handle, id: crate::Id) {
        let library = self.arena.library;
        if let Some(condition) = library.condition(id)
            && self
                .arena
                .get(who)
                .is_some_and(|creature| !creature.has_condition(id) && !self.arena.is_immune_to(creature, id))
        {
            self.apply(Context::of(who, id), who, &condition.gives);
        }
    }
}
