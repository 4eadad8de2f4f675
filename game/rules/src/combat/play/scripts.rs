//! The few things that no step can say, each under its name. [`crate::content::SCRIPTS`] lists them.

use crate::language::expr::Luck;

use super::{Context, Play};
use crate::combat::lasting::ZoneState;
use crate::combat::{Ends, Handle, Happening, Lasting, Space, Volume};
use crate::language::Side;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Does what a script does. The check of content has seen to it that there is one of this name.
    pub(super) fn script(&mut self, context: Context<'c>, name: &str) {
        match name {
            "split" => self.split(context.own),
            "turn-back" => {
                if let Some(pending) = self.arena.scratch.pending.last_mut() {
                    pending.turned = true;
                }
            }
            // A spell that was aimed at it is kept, and can be cast once.
            "store-spell" => {
                let (spell, level) = (context.event.spell, context.event.cast_level);
                if let (Some(spell), Some(creature)) = (spell, self.arena.get_mut(context.own)) {
                    creature.book.innate.clear();
                    creature.book.innate.push((spell, 1, 1, level));
                }
            }
            "late-spell" => self.hold_back(context),
            "keep" => self.keep(context),
            "double" => self.double(context),
            "pay-choice" => self.pay_choice(context),
            "next-turn" => self.next_turn(context),
            "throw" => self.throw(context),
            "strike-another" => self.lead_astray(context),
            "forget-spell" => {
                if let Some(creature) = self.arena.get_mut(context.own) {
                    creature.book.innate.clear();
                }
            }
            _ => {}
        }
    }

    /// A creature becomes two of the next smaller size, each with half of the hit points.
    fn split(&mut self, who: Handle) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let (half, side) = (creature.hp / 2, creature.side);
        let (Some(size), Some(id)) = (creature.sheet.size.smaller(), creature.sheet.id) else { return };
        creature.hp = half;
        creature.sheet.size = size;
        let Some(other) = self.arena.add_monster(id, side) else { return };
        if let Some(creature) = self.arena.get_mut(other) {
            creature.hp = half;
            creature.sheet.size = size;
        }
        let near = self.space.position(who);
        self.space.place(other, near);
        self.emit(Happening::Summoned { who: other, by: who });
    }

    /// The effect that this belongs to lasts until it is dispelled, and nobody has to concentrate on it any more.
    fn keep(&mut self, context: Context<'c>) {
        let lasting = context.effect.and_then(|key| self.arena.effects.get_mut(key.0 as usize)?.as_mut());
        let Some(lasting) = lasting else { return };
        lasting.ends = Ends::Never;
        let held = std::mem::take(&mut lasting.concentration);
        let source = lasting.source;
        if held {
            self.end_concentration(source);
        }
    }

    /// A likeness of the target comes to the user's side: its figures and features, half of its hit points, nothing in hand.
    fn double(&mut self, context: Context<'c>) {
        let (own, target) = (context.own, context.target);
        let Some(side) = self.arena.get(own).map(|creature| creature.side) else { return };
        let Some(mut twin) = self.arena.get(target).cloned() else { return };
        let hp_max = twin.sheet.hp_max / 2;
        (twin.side, twin.sheet.hp_max, twin.hp, twin.temp_hp) = (side, hp_max, hp_max, 0);
        (twin.concentration, twin.summoned_by, twin.stays_by) = (None, Some(own), None);
        twin.book.slots_max = [0; 10];
        twin.weapons.clear();
        let lain = std::mem::take(&mut twin.effects);
        twin.clocks.clear();
        twin.zones.clear();
        let who = self.arena.add(twin);
        for key in lain {
            let Some(lasting) = self.arena.effect(key).filter(|lasting| lasting.innate).copied() else {
                continue;
            };
            let copied = Lasting { bearer: who, source: who, anchor: who, ..lasting };
            let key = self.arena.add_effect(copied);
            if let Some(creature) = self.arena.get_mut(who) {
                creature.effects.push(key);
            }
        }
        self.arena.refresh(who);
        let near = self.space.position(own);
        self.space.place(who, near);
        self.emit(Happening::Summoned { who, by: own });
    }

    /// The spell that was chosen is paid for now and kept for later; without a slot for it, nothing is kept.
    fn pay_choice(&mut self, context: Context<'c>) {
        let who = context.source;
        let spell = context.monster.and_then(|id| self.arena.library.spell(id));
        let paid =
            spell.and_then(|spell| self.least_payment(who, spell, 9).map(|(payment, _)| (spell, payment)));
        match (paid, context.effect) {
            (Some((spell, payment)), _) => self.pay_casting(who, spell, payment),
            (None, Some(key)) => self.conclude(key),
            (None, None) => {}
        }
    }

    /// The creature's turn ends and its next one begins, before anybody else's, as long as it stays near the place where that
    /// began. The effect that allows it ends with the last of those turns.
    fn next_turn(&mut self, context: Context<'c>) {
        const FAR_FT: u16 = 1_000;
        let (who, Some(key)) = (context.own, context.effect) else { return };
        let at = self.space.position(who);
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return };
        let home = *lasting.context.point.get_or_insert(at);
        if !(Volume::Sphere { at: home, radius: FAR_FT }).holds(at) {
            self.conclude(key);
            return;
        }
        let (id, ends) = (lasting.id, std::mem::replace(&mut lasting.ends, Ends::Never));
        self.end_turn(who);
        self.start_turn(who);
        if let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize)
            && (lasting.id, lasting.bearer) == (id, who)
        {
            lasting.ends = ends;
        }
    }

    /// What a spell left at a place comes down elsewhere: its effect on its maker is of that place then, and ends if somebody
    /// stands there.
    fn throw(&mut self, context: Context<'c>) {
        const SAME_PLACE_FT: u16 = 2;
        let (Some(to), source) = (context.point, context.source) else { return };
        let is_it = |zone: &ZoneState<'c>| zone.source == source && zone.context.cause == context.cause;
        let number = self.arena.zones.iter().position(|zone| zone.as_ref().is_some_and(is_it));
        if let Some(number) = number {
            self.shift_zone(number as u32, to, i32::from(u16::MAX));
        }
        let found = self.arena.effects_on(source).find(|(_, lasting)| lasting.id == context.cause);
        let Some(key) = found.map(|(key, _)| key) else { return };
        if let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) {
            lasting.context.point = Some(to);
        }
        let start = self.arena.scratch.found.len();
        self.space.within(&Volume::Sphere { at: to, radius: SAME_PLACE_FT }, &mut self.arena.scratch.found);
        let is_taken = self.arena.scratch.found.len() > start;
        self.arena.scratch.found.truncate(start);
        if is_taken {
            self.end_concentration(source);
        }
    }

    /// The attack that missed is made again, against the enemy of the bearer that stands nearest to the attacker.
    fn lead_astray(&mut self, context: Context<'c>) {
        const REACH_FT: u16 = 5;
        let (own, attacker) = (context.own, context.target);
        let at = self.space.position(attacker);
        let start = self.arena.scratch.found.len();
        self.space.within(&Volume::Sphere { at, radius: REACH_FT }, &mut self.arena.scratch.found);
        let fits = |who: &Handle| {
            *who != attacker && self.is_alive(*who) && self.arena.is_on_side(own, *who, Side::Enemies)
        };
        self.arena.scratch.astray = self.arena.scratch.found[start..].iter().copied().find(fits);
        self.arena.scratch.found.truncate(start);
    }

    /// A spell that comes too late waits for its caster's next turn, to be finished then or lost.
    fn hold_back(&mut self, context: Context<'c>) {
        let id = crate::Id::new("srd:late-spell").expect("the word is well formed");
        let Some(condition) = self.arena.library.condition(id) else { return };
        let (spell, slot) = (context.event.spell, context.event.cast_level);
        let held =
            Context { monster: spell, slot, cause: id, is_spell: false, concentration: false, ..context };
        self.apply(held, context.own, &condition.gives);
    }
}
