//! Effects that are laid on creatures, and their end.

use crate::language::expr::Luck;
use crate::language::{Dispel, Duration, Edge, Effect, Event, Path, Remove, Span, Stacking};

use super::{Context, EventFacts, Play};
use crate::combat::lasting::Used;
use crate::combat::{EffectKey, Ends, Handle, Happening, Lasting, Space, Stock};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Lays an effect on a creature.
    pub(super) fn apply(
        &mut self,
        context: Context<'c>,
        who: Handle,
        effect: &'c Effect,
    ) -> Option<EffectKey> {
        self.apply_for(context, who, effect, effect.duration.as_ref())
    }

    /// Lays an effect on a creature for a time that something else tells.
    pub(super) fn apply_for(
        &mut self,
        context: Context<'c>,
        who: Handle,
        effect: &'c Effect,
        duration: Option<&Duration>,
    ) -> Option<EffectKey> {
        self.arena.get(who)?;
        let id = effect.id.unwrap_or(context.cause);
        let immune = |condition: &crate::Id| self.is_immune(context, who, *condition);
        let only_conditions =
            !effect.conditions.is_empty() && effect.modifiers.is_empty() && effect.triggers.is_empty();
        // Whatever charms, with or without the condition, can't touch whoever can't be charmed.
        let charms = effect.tags.iter().any(|tag| tag.as_str() == "charm");
        if only_conditions && effect.conditions.iter().all(immune)
            || immune(&id)
            || charms && immune(&charmed())
        {
            return None;
        }
        let mut stacks = 1;
        let same = self.arena.effects_on(who).find(|(_, lasting)| lasting.id == id && !lasting.innate);
        if let Some((key, lasting)) = same {
            match effect.stacking {
                Stacking::Keep => return None,
                Stacking::Stack => stacks = lasting.stacks.saturating_add(1),
                // What lies there is an effect of the same name, but not the same effect, where a spell has several.
                Stacking::Replace if std::ptr::eq(lasting.effect, effect) || effect.id.is_some() => {
                    self.end_effect(key);
                }
                Stacking::Replace => {}
            }
        }
        let (ends, anchor) = self.ends_of(context, who, duration);
        // What a feature or an item does is begun anew each time; nothing holds it but what is said of it.
        let giver = context.effect.and_then(|key| self.arena.effect(key));
        let is_first = giver.is_none_or(|giver| giver.innate);
        let own_time = matches!(duration, Some(Duration::Permanent | Duration::Dispelled));
        let lasting = Lasting {
            id,
            effect,
            bearer: who,
            source: context.source,
            anchor,
            ends,
            // What an effect lays in its turn hangs on the same concentration, unless it has a time of its own.
            concentration: context.concentration && !own_time && (is_first || duration.is_none()),
            innate: false,
            held_by: None,
            rounds: 0,
            stacks,
            frayed: 0,
            context: Context {
                joins: false,
                halve: super::Halve::No,
                critical: false,
                shared: false,
                ..context
            },
            used: Used::default(),
        };
        Some(self.lay(lasting))
    }

    /// Whether a condition or effect can't be laid on a creature by whoever lays it.
    fn is_immune(&self, context: Context<'c>, who: Handle, id: crate::Id) -> bool {
        let Some(creature) = self.arena.get(who) else { return true };
        let path = Path::ConditionImmune(id);
        if self.arena.is_immune_to(creature, id) || creature.mask & path.bit() == 0 {
            return self.arena.is_immune_to(creature, id);
        }
        let mut seen = Context { own: who, target: context.source, ..context };
        super::checks::mark_origin(&mut seen.event, context.is_magic, context.is_spell);
        self.arena.tally(who, path.bit(), &self.scene(&seen), |other| other == path).holds()
    }

    /// Puts an effect in its place and lets it begin.
    pub(super) fn lay(&mut self, lasting: Lasting<'c>) -> EffectKey {
        let (who, by, id, effect) = (lasting.bearer, lasting.source, lasting.id, lasting.effect);
        let (anchor, timed) = (lasting.anchor, !matches!(lasting.ends, Ends::Never));
        let stores = self.stores_of(&lasting);
        let key = self.arena.add_effect(lasting);
        if let Some(creature) = self.arena.get_mut(who) {
            creature.effects.push(key);
            creature.stocks.extend(stores);
            for action in &effect.actions {
                creature.actions.push(action);
                creature.stock_action(action);
            }
        }
        if timed && let Some(creature) = self.arena.get_mut(anchor) {
            creature.clocks.push(key);
        }
        self.arena.refresh(who);
        self.emit(Happening::Applied { who, by, effect: id, key });
        self.affects(by, who);
        if let Some(aura) = &effect.aura {
            self.make_aura(key, aura);
        }
        self.fire_own(Event::Applied, key);
        self.lose_concentration_if_out(who);
        key
    }

    /// The stores that an effect brings, full.
    fn stores_of(&self, lasting: &Lasting<'c>) -> Vec<Stock<'c>> {
        let context = Context { own: lasting.bearer, target: lasting.bearer, ..lasting.context };
        let store = |resource: &'c crate::language::Resource| {
            let max = self.value(context, &resource.max);
            let left = resource.start.as_ref().map_or(max, |start| self.value(context, start).min(max));
            let (recharge, regain) = (resource.recharge, resource.regain.as_ref());
            Stock { id: resource.id, left, max, recharge, regain, on_d6: 0, days: (1, 0) }
        };
        lasting.effect.resources.iter().map(store).collect()
    }

    /// Only the effect's own triggers, for what happens to the effect.
    fn fire_own(&mut self, event: Event, key: EffectKey) {
        let Some(lasting) = self.arena.effect(key) else { return };
        let (bearer, source) = (lasting.bearer, lasting.source);
        if self.arena.get(bearer).is_some_and(|creature| creature.listens & event.bit() != 0) {
            self.fire_one(event, key, bearer, source);
        }
    }

    /// Effects on others end that hang on a creature which dies, or which can't act any more.
    pub(super) fn let_go(&mut self, who: Handle, dead: bool) {
        let lets_go = |lasting: &Lasting<'c>| {
            lasting.effect.held.is_some_and(|held| dead || held == crate::language::Hold::Able)
        };
        let mut from = EffectKey(0);
        while let Some((key, lasting)) = self.arena.next_leashed(from, who) {
            from = EffectKey(key.0 + 1);
            if lets_go(lasting) {
                self.conclude(key);
            }
        }
    }

    fn lose_concentration_if_out(&mut self, who: Handle) {
        use crate::vocabulary::State;
        if self.arena.get(who).is_some_and(|creature| creature.is(State::Incapacitated)) {
            self.let_go(who, false);
        }
        let out = self.arena.get(who).is_some_and(|creature| {
            creature.concentration.is_some()
                && (creature.is(State::Incapacitated) || creature.is(State::NoConcentration))
        });
        if out {
            self.end_concentration(who);
        }
    }

    /// When something ends that is laid on somebody now, and whose turns measure it.
    pub(super) fn ends_of(
        &mut self,
        context: Context<'c>,
        who: Handle,
        duration: Option<&Duration>,
    ) -> (Ends, Handle) {
        let source = context.source;
        let duration = match duration {
            None | Some(Duration::Parent) => context.lasts,
            own => own,
        };
        let Some(duration) = duration else { return (Ends::Never, source) };
        let acting = self.arena.acting;
        // The end of a turn that runs now is not the end of the next turn.
        let ends = |whose: Handle| Ends::TurnEnd(u8::from(acting == Some(whose)));
        match duration {
            Duration::Instant | Duration::Permanent | Duration::Dispelled | Duration::Parent => {
                (Ends::Never, source)
            }
            Duration::Span(amount, span) => {
                let scene = crate::combat::Scene::new(self.arena, self.space, &context);
                let rounds = amount.roll(&scene, self.luck).max(0) as u32 * span.rounds();
                if rounds == 1 && *span == Span::Round {
                    return (Ends::TurnStart, source);
                }
                (Ends::Rounds(self.shaped_rounds(context, rounds)), source)
            }
            Duration::Until(Edge::SourceStart) => (Ends::TurnStart, source),
            Duration::Until(Edge::TargetStart) => (Ends::TurnStart, who),
            Duration::Until(Edge::SourceEnd) => (ends(source), source),
            Duration::Until(Edge::TargetEnd) => (ends(who), who),
            Duration::Until(Edge::ThisTurn) => (Ends::TurnEnd(0), acting.unwrap_or(source)),
            Duration::ShortRest => (Ends::ShortRest, who),
            Duration::LongRest => (Ends::LongRest, who),
            Duration::Dawn => (Ends::Dawn, who),
        }
    }

    /// An effect ends.
    pub(in crate::combat) fn end_effect(&mut self, key: EffectKey) {
        if self.arena.effect(key).is_none() {
            return;
        }
        self.fire_own(Event::Ends, key);
        let Some(lasting) = self.arena.free_effect(key) else { return };
        let who = lasting.bearer;
        for holder in [who, lasting.anchor] {
            if let Some(creature) = self.arena.get_mut(holder) {
                creature.clocks.retain(|other| *other != key);
            }
        }
        if let Some(creature) = self.arena.get_mut(who) {
            creature.effects.retain(|other| *other != key);
            for action in &lasting.effect.actions {
                creature.actions.retain(|other| !std::ptr::eq(*other, action));
            }
            let stores = &lasting.effect.resources;
            creature.stocks.retain(|stock| stores.iter().all(|store| store.id != stock.id));
        }
        self.end_aura(key);
        self.arena.refresh(who);
        self.emit(Happening::Ended { who, effect: lasting.id });
        self.revert_form(who, key);
        if self.arena.get(who).is_some_and(|creature| creature.stays_by == Some(key)) {
            self.dismiss(who);
        }
    }

    /// An effect ends for good: a spell whose last effect and zone are gone needs no concentration any more.
    pub(super) fn conclude(&mut self, key: EffectKey) {
        let concentration =
            self.arena.effect(key).filter(|lasting| lasting.concentration).map(|one| one.source);
        self.end_effect(key);
        let Some(source) = concentration else { return };
        let effects = self.arena.effects.iter().flatten().map(|other| (other.concentration, other.source));
        let zones = self.arena.zones.iter().flatten().map(|zone| (zone.concentration, zone.source));
        if !effects.chain(zones).any(|holds| holds == (true, source)) {
            self.end_concentration(source);
        }
    }

    /// Effects that don't outlast death.
    pub(super) fn end_mortal_effects(&mut self, who: Handle) {
        loop {
            let next = self.arena.effects_on(who).find(|(_, lasting)| !lasting.innate).map(|(key, _)| key);
            let Some(key) = next else { return };
            self.end_effect(key);
        }
    }

    /// Takes effects off somebody.
    pub(super) fn remove(&mut self, context: Context<'c>, remove: &'c Remove) {
        let who = context.role(remove.from);
        let most = remove.count.as_ref().map_or(i32::MAX, |count| self.value(context, count));
        let fits = |lasting: &Lasting<'c>| {
            !lasting.innate
                && (remove.effects.contains(&lasting.id)
                    || lasting.effect.conditions.iter().any(|id| remove.effects.contains(id))
                    || lasting.effect.tags.iter().any(|tag| remove.tags.contains(tag)))
        };
        for _ in 0..most.max(0) {
            let found = self.arena.effects_on(who).find(|(_, lasting)| fits(lasting)).map(|(key, _)| key);
            let Some(key) = found else { return };
            self.end_effect(key);
        }
    }

    /// Ends spells on the target: those of low level at once, others by a check.
    pub(super) fn dispel(&mut self, context: Context<'c>, dispel: &'c Dispel) {
        let level = self.value(context, &dispel.level);
        let keys: Vec<EffectKey> = self
            .arena
            .effects_on(context.target)
            .filter(|(_, lasting)| !lasting.innate && lasting.context.is_spell)
            .map(|(key, _)| key)
            .collect();
        for key in keys {
            let Some(lasting) = self.arena.effect(key) else { continue };
            let its_level = i32::from(lasting.context.slot.max(lasting.context.spell_level));
            let ability = self.arena.get(context.own).and_then(|own| own.sheet.casting);
            let ends = its_level <= level
                || !dispel.only
                    && self
                        .roll_check(
                            context,
                            (context.own, context.target),
                            &[],
                            ability,
                            Some(10 + its_level),
                        )
                        .1;
            if ends {
                self.end_effect(key);
            }
        }
    }

    /// A creature stops concentrating: all that hangs on it ends.
    pub(in crate::combat) fn end_concentration(&mut self, who: Handle) {
        let Some((spell, _)) = self.arena.get_mut(who).and_then(|creature| creature.concentration.take())
        else {
            return;
        };
        self.emit(Happening::ConcentrationEnded { who, spell });
        let mut from = EffectKey(0);
        while let Some((key, lasting)) = self.arena.next_leashed(from, who) {
            from = EffectKey(key.0 + 1);
            if lasting.concentration && !self.turns_wild(key) {
                self.end_effect(key);
            }
        }
        self.end_zones_of(who);
        self.fire(Event::ConcentrationEnds, who, who, &EventFacts::default(), 0);
    }

    /// A creature that only concentration kept in check is on nobody's side from now on, and stays.
    fn turns_wild(&mut self, key: EffectKey) -> bool {
        let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) else { return false };
        let who = lasting.bearer;
        let turns =
            self.arena.get(who).is_some_and(|creature| creature.turns_wild && creature.stays_by == Some(key));
        if turns {
            if let Some(Some(lasting)) = self.arena.effects.get_mut(key.0 as usize) {
                lasting.concentration = false;
            }
            if let Some(creature) = self.arena.get_mut(who) {
                creature.side = u16::MAX;
                creature.turns_wild = false;
            }
        }
        turns
    }

    /// Effects that last until they are used end when one of their modifiers has counted.
    pub(super) fn use_up(&mut self, who: Handle, kinds: u64) {
        let listens = self
            .arena
            .get(who)
            .is_some_and(|own| own.listens & Event::Used.bit() != 0 && own.mask & kinds != 0);
        if !listens {
            return;
        }
        let used = |own: &crate::combat::Creature<'c>| {
            own.modifiers
                .iter()
                .filter(|active| active.modifier.path.bit() & kinds != 0)
                .map(|active| active.effect)
                .find(|key| {
                    self.arena
                        .effect(*key)
                        .is_some_and(|lasting| lasting.effect.ends_on.contains(&Event::Used))
                })
        };
        if let Some(key) = self.arena.get(who).and_then(used) {
            self.end_effect(key);
        }
    }
}

fn charmed() -> crate::Id {
    static WORD: crate::Word = crate::Word::new("srd:charmed");
    WORD.id()
}
