//! Damage, healing, dying.

use crate::language::expr::{Expr, Luck};
use crate::language::{Damage, Event, Heal, Path};
use crate::vocabulary::{DamageType, State};
use crate::{Ability, DeathSaves, DeathState, concentration_dc, is_massive_damage};

use super::{Context, EventFacts, Halve, Play};
use crate::combat::{Creature, Handle, Happening, Life, Space};

/// Most parts that are gathered at once.
const PARTS_MAX: usize = 64;

/// A part of a blow: harm that lands together with others.
#[derive(Clone, Copy, Debug)]
pub(in crate::combat) struct Part {
    kind: DamageType,
    amount: i32,
    to: Option<Handle>,
    unstoppable: bool,
    drains: bool,
    heals: bool,
}

impl Default for Part {
    fn default() -> Self {
        Self { kind: DamageType::Force, amount: 0, to: None, unstoppable: false, drains: false, heals: false }
    }
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// An amount with dice; in an area they are thrown once for all, told apart by their step.
    pub(super) fn amount(&mut self, context: &Context<'c>, expr: &'c Expr, step: usize) -> i32 {
        self.amount_of(Path::Damage, context, expr, step)
    }

    /// The same for damage or for healing, each of which has modifiers of its own.
    pub(super) fn amount_of(
        &mut self,
        path: Path,
        context: &Context<'c>,
        expr: &'c Expr,
        step: usize,
    ) -> i32 {
        let times = if context.critical { 2 } else { 1 };
        if !context.shared {
            return self.roll_times(path, context, expr, times);
        }
        if let Some((_, known)) = self.arena.scratch.memo.iter().find(|(other, _)| *other == step) {
            return *known;
        }
        let amount = self.roll_times(path, context, expr, times);
        self.arena.scratch.memo.push((step, amount));
        amount
    }

    /// What a healing step comes to for somebody, whose dice may count more than they show.
    pub(super) fn healing(&mut self, context: Context<'c>, heal: &'c Heal, who: Handle) -> i32 {
        let path = Path::Healing;
        let scene = crate::combat::Scene::new(self.arena, self.space, &context);
        let least = self.arena.tally(who, path.bit(), &scene, |other| other == path).die_at_least;
        if least == 0 {
            let step = std::ptr::from_ref(heal).addr();
            return self.amount_of(Path::HealingDone, &context, &heal.amount, step);
        }
        let luck = &mut *self.luck;
        let mut blessed = |sides: u32| (luck.die(sides) as i32).max(least).min(sides as i32) as u32;
        heal.amount.roll_times(1, &scene, &mut blessed)
    }

    fn roll_times(&mut self, path: Path, context: &Context<'c>, expr: &'c Expr, times: u32) -> i32 {
        let scene = crate::combat::Scene::new(self.arena, self.space, context);
        // Fighting styles and the like throw low dice of weapons again.
        let tally = self
            .arena
            .get(context.own)
            .filter(|own| own.mask & path.bit() != 0)
            .map(|_| self.arena.tally(context.own, path.bit(), &scene, |other| other == path));
        let (reroll, least) = tally.map_or((0, 0), |tally| (tally.reroll, tally.die_at_least));
        let mut left = self.arena.changed(context.own, Path::Rerolls, i32::MAX, &scene);
        if reroll == 0 && least == 0 {
            return expr.roll_times(times, &scene, self.luck);
        }
        let luck = &mut *self.luck;
        let mut careful = |sides: u32| {
            let first = luck.die(sides);
            let again = first as i32 <= reroll && left > 0;
            left -= i32::from(again);
            let face = if again { luck.die(sides) } else { first };
            (face as i32).max(least).min(sides as i32) as u32
        };
        expr.roll_times(times, &scene, &mut careful)
    }

    /// The blow that is gathered: what was added since it began.
    fn blow(&self) -> &[Part] {
        self.arena.scratch.parts.get(self.blow..).unwrap_or_default()
    }

    fn add_part(&mut self, part: Part) {
        if self.arena.scratch.parts.len() < PARTS_MAX {
            self.arena.scratch.parts.push(part);
        }
    }

    fn first_type(&self) -> Option<DamageType> {
        self.blow().first().map(|part| part.kind)
    }

    /// Begins a blow within what goes on; gives where the one before begins.
    pub(super) fn begin_blow(&mut self) -> usize {
        std::mem::replace(&mut self.blow, self.arena.scratch.parts.len())
    }

    /// Adds a damage step to the blow that is gathered.
    pub(super) fn gather(&mut self, context: &Context<'c>, damage: &'c Damage) {
        if damage.when.as_ref().is_some_and(|when| !when.holds(&self.scene(context))) {
            return;
        }
        let step = std::ptr::from_ref(damage).addr();
        let amount = if context.critical && damage.flat {
            self.amount(&Context { critical: false, ..*context }, &damage.amount, step)
        } else {
            self.amount(context, &damage.amount, step)
        };
        let chosen =
            damage.one_of.get(usize::from(context.choice)).or_else(|| damage.one_of.first()).copied();
        let kind = damage
            .kind
            .or(chosen)
            .or_else(|| self.first_type())
            .or_else(|| type_of(context.event.damage))
            .unwrap_or(DamageType::Force);
        let to = Some(context.role(damage.to));
        let (unstoppable, drains, heals) = (damage.unstoppable, damage.drains, damage.heals);
        self.add_part(Part { kind, amount, to, unstoppable, drains, heals });
    }

    /// Adds damage that no step tells, such as that of a weapon.
    pub(super) fn gather_plain(&mut self, kind: DamageType, amount: i32, to: Handle) {
        self.add_part(Part { kind, amount, to: Some(to), ..Part::default() });
    }

    /// What the modifiers of the one who acts add to the blow.
    fn gather_modifiers(&mut self, mut context: Context<'c>) {
        let Some(kind) = self.first_type() else { return };
        context.event.damage = self.blow().iter().fold(0, |bits, part| bits | part.kind.bit());
        let tally = {
            let scene = self.scene(&context);
            self.arena.tally(context.own, Path::Damage.bit(), &scene, |path| path == Path::Damage)
        };
        if tally.add != 0 {
            self.gather_plain(kind, tally.add, context.target);
        }
        for added in tally.dice.iter().flatten() {
            let scene = crate::combat::Scene::new(self.arena, self.space, &context);
            let known = scene.known_for(context.own, added);
            let scene = scene.seen_as(&known);
            let times = if context.critical { 2 } else { 1 };
            let amount = added.dice.roll_times(times, &scene, self.luck);
            self.gather_plain(added.kind.unwrap_or(kind), amount, context.target);
        }
    }

    /// The blow lands on everybody whom it is for.
    pub(super) fn land(&mut self, context: &Context<'c>) {
        let adds = self.arena.get(context.own).is_some_and(|own| own.mask & Path::Damage.bit() != 0);
        if adds && context.own != context.target {
            self.gather_modifiers(*context);
        }
        let (start, mut first) = (self.blow, self.blow);
        let end = self.arena.scratch.parts.len();
        // What is set off while the blow lands is another blow.
        self.blow = end;
        // Nearly always all of it is for one creature.
        while first < end {
            let to = self.arena.scratch.parts[first].to;
            let same = |part: &Part| part.to == to;
            let length = self.arena.scratch.parts[first..end].iter().take_while(|part| same(part)).count();
            if let Some(to) = to {
                self.land_on(to, (first, first + length), *context);
            }
            first += length;
        }
        self.arena.scratch.parts.truncate(start);
        self.blow = start;
    }

    fn land_on(&mut self, who: Handle, (first, end): (usize, usize), mut context: Context<'c>) {
        if !self.is_alive(who) {
            return;
        }
        let (is_magic, is_spell) = (context.is_magic, context.is_spell);
        super::mark_origin(&mut context.event, is_magic, is_spell);
        // What an effect does to its own bearer is done by whoever laid it there.
        let by = if context.own == who { context.source } else { context.own };
        let parts = &self.arena.scratch.parts[first..end];
        context.event.damage = parts.iter().fold(0, |bits, part| bits | part.kind.bit());
        let total = parts.iter().fold(0, |sum, part| sum + part.amount.max(0));
        let (mut lost, mut drained, mut absorbed, mut fed) = (0, 0, 0, 0);
        let is_reduced = self.arena.get(who).is_some_and(|own| own.mask & Path::DamageTaken.bit() != 0);
        let (doer, aimed) = (context.own, context.target);
        (context.own, context.target) = (who, by);
        let mut reduction = is_reduced.then(|| {
            let path = Path::DamageTaken;
            self.arena.tally(who, path.bit(), &self.scene(&context), |other| other == path)
        });
        if let Some(reduction) = &mut reduction {
            reduction.add += self.tally_dice(reduction, &context);
        }
        for place in first..end {
            let part = self.arena.scratch.parts[place];
            let amount = match context.halve {
                Halve::No => part.amount,
                Halve::Half => part.amount.max(0) / 2,
                Halve::Nothing => 0,
            };
            // What is taken off a blow is taken off its first damage first.
            let dealt = amount.max(0);
            let reduced = reduction.as_mut().map_or(dealt, |reduction| {
                let reduced = reduction.over(dealt).max(0);
                reduction.add = (reduction.add + (dealt - reduced)).min(0);
                reduced
            });
            let scene = self.scene(&context);
            let (defense, is_absorbed) =
                (self.arena.defense(who, part.kind, &scene), self.arena.absorbs(who, part.kind, &scene));
            let left = match (is_absorbed, part.unstoppable) {
                (true, _) => 0,
                (false, true) => reduced,
                (false, false) => defense.apply(reduced as u32) as i32,
            };
            absorbed += if is_absorbed { dealt } else { 0 };
            lost += left;
            drained += if part.drains { left } else { 0 };
            fed += if part.heals { left } else { 0 };
            self.emit(Happening::Damaged { who, by, kind: part.kind, dealt, lost: left });
        }
        (context.own, context.target) = (doer, aimed);
        if self.listens(Event::Struck, who) {
            self.fire(Event::Struck, who, by, &EventFacts { amount: total, ..context.event }, context.depth);
        }
        if absorbed > 0 {
            self.heal(Context { own: who, target: who, ..context }, who, absorbed);
        }
        self.affects(by, who);
        self.lose(who, by, lost, &context);
        if fed > 0 {
            self.heal(Context { own: by, target: by, ..context }, by, fed);
        }
        if drained > 0
            && let Some(creature) = self.arena.get_mut(who)
        {
            creature.hp_drained += drained;
        }
    }

    /// A creature loses hit points, temporary ones first.
    pub(super) fn lose(&mut self, who: Handle, by: Handle, lost: i32, context: &Context<'c>) {
        if lost <= 0 {
            return;
        }
        let turn = self.arena.turn;
        if let Some(doer) = self.arena.get_mut(by).filter(|_| by != who) {
            doer.toll.deal(turn, who, lost);
        }
        let Some(creature) = self.arena.get_mut(who) else { return };
        creature.toll.suffer(turn, lost);
        let from_temp = lost.min(creature.temp_hp);
        creature.temp_hp -= from_temp;
        let was = creature.hp;
        let through = lost - from_temp;
        creature.hp = (was - through).max(0);
        let concentrates = creature.concentration.is_some();
        if creature.hp == 0 {
            let hp_max = self.arena.hp_max(who, &self.scene(context));
            if was > 0 {
                let event = EventFacts { amount: lost, ..context.event };
                self.drop_to_0(who, by, through, (was, hp_max), event);
            } else {
                self.hurt_fallen(who, by, through >= hp_max, context.critical);
            }
        }
        if concentrates && self.arena.get(who).is_some_and(Creature::is_up) {
            self.keep_concentration(who, lost, *context);
        }
        if self.listens(Event::Damaged, who) || self.listens(Event::DealsDamage, by) {
            let event = EventFacts { amount: lost, ..context.event };
            self.fire(Event::Damaged, who, by, &event, context.depth);
            self.fire(Event::DealsDamage, by, who, &event, context.depth);
        }
    }

    fn drop_to_0(
        &mut self,
        who: Handle,
        by: Handle,
        through: i32,
        (was, hp_max): (i32, i32),
        event: EventFacts,
    ) {
        self.emit(Happening::Dropped { who, by });
        if self.leave_form(who, through - was) {
            return;
        }
        self.fire(Event::DropsTo0, who, by, &event, 0);
        let Some(creature) = self.arena.get_mut(who) else { return };
        if creature.hp > 0 || creature.life != Life::Alive {
            return;
        }
        let massive = is_massive_damage(through.max(0) as u32, was.max(0) as u32, hp_max.max(1) as u32);
        let dies = massive || !creature.sheet.has_death_saves;
        if dies {
            self.die(who, by);
        } else {
            creature.life = Life::Dying(DeathSaves::default());
            self.end_concentration(who);
            self.apply_condition(who, unconscious());
        }
        self.fire(Event::Kills, by, who, &event, 0);
    }

    fn hurt_fallen(&mut self, who: Handle, by: Handle, massive: bool, critical: bool) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let saves = match creature.life {
            Life::Dying(saves) => saves,
            Life::Stable => DeathSaves::default(),
            Life::Alive | Life::Dead => return,
        };
        match saves.hurt(critical) {
            DeathState::Dying(saves) if !massive => creature.life = Life::Dying(saves),
            _ => self.die(who, by),
        }
    }

    /// A save keeps the concentration on a spell, or it ends.
    fn keep_concentration(&mut self, who: Handle, lost: i32, context: Context<'c>) {
        let dc = concentration_dc(lost.max(0) as u32, &self.arena.ruleset) as i32;
        let own = Context { own: context.own, target: who, ..Context::of(who, context.cause) };
        let success =
            self.roll_save(own, who, Ability::Constitution, dc, super::checks::SaveFor::Concentration);
        if !success {
            self.end_concentration(who);
        }
    }

    /// A creature regains hit points, not above its most.
    pub(super) fn heal(&mut self, context: Context<'c>, who: Handle, amount: i32) {
        let by = context.own;
        let (amount, hp_max) = {
            let scene = self.scene(&context);
            let path = Path::HealingDone;
            let done = self.arena.tally(by, path.bit(), &scene, |other| other == path);
            let path = Path::Healing;
            let had = self.arena.tally(who, path.bit(), &scene, |other| other == path);
            (had.over(done.over(amount)), self.arena.hp_max(who, &scene))
        };
        let Some(creature) = self.arena.get_mut(who) else { return };
        if amount <= 0 || creature.life == Life::Dead || creature.is(State::NoHealing) {
            return;
        }
        let before = creature.hp;
        creature.hp = (before + amount).min(hp_max.max(before));
        creature.life = Life::Alive;
        let gained = creature.hp - before;
        if before == 0 {
            self.wake(who);
        }
        self.emit(Happening::Healed { who, by, amount: gained });
        self.affects(by, who);
        let mut event = EventFacts { amount: gained, ..context.event };
        super::mark_origin(&mut event, context.is_magic, context.is_spell);
        self.fire(Event::Healed, who, by, &event, context.depth);
    }

    /// Who was down by wounds alone comes to.
    pub(super) fn wake(&mut self, who: Handle) {
        let id = unconscious();
        let found = self.arena.effects_on(who).find(|(_, lasting)| lasting.id == id).map(|(key, _)| key);
        if let Some(key) = found {
            self.end_effect(key);
        }
    }

    /// Temporary hit points don't add up: the greater number stays.
    pub(super) fn shield(&mut self, who: Handle, amount: i32) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        if amount > creature.temp_hp && creature.life != Life::Dead {
            creature.temp_hp = amount;
            self.emit(Happening::Shielded { who, amount });
        }
    }

    /// A creature is killed without damage, unless a ward against death takes its place.
    pub(super) fn kill(&mut self, who: Handle, by: Handle) {
        let wards = |lasting: &crate::combat::Lasting<'c>| {
            let ward = Path::State(State::DeathWard);
            lasting.effect.modifiers.iter().any(|modifier| modifier.path == ward)
        };
        let ward = self.arena.effects_on(who).find(|(_, lasting)| wards(lasting)).map(|(key, _)| key);
        match ward {
            Some(key) => self.end_effect(key),
            None => self.die(who, by),
        }
    }

    /// A creature dies.
    pub(super) fn die(&mut self, who: Handle, by: Handle) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        if creature.life == Life::Dead {
            return;
        }
        creature.life = Life::Dead;
        creature.dead_rounds = 0;
        creature.hp = 0;
        creature.temp_hp = 0;
        self.emit(Happening::Died { who, by });
        self.end_concentration(who);
        self.fire(Event::Dies, who, by, &EventFacts::default(), 0);
        self.let_go(who, true);
        self.end_mortal_effects(who);
        if self.arena.get(who).is_some_and(|creature| creature.summoned_by.is_some()) {
            self.dismiss(who);
        }
    }

    /// A dead creature lives again.
    pub(super) fn revive(&mut self, who: Handle, amount: i32) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        if creature.life == Life::Dead {
            creature.life = Life::Alive;
            creature.hp = amount.clamp(1, creature.sheet.hp_max.max(1));
            self.emit(Happening::Revived { who });
        }
    }

    /// A dying creature stops dying.
    pub(super) fn stabilise(&mut self, who: Handle) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        if matches!(creature.life, Life::Dying(_)) {
            creature.life = Life::Stable;
            self.emit(Happening::Stabilised { who });
        }
    }

    /// A stable creature comes to, with 1 hit point. Whoever counts the hours says when. Source: SRD 5.1, "Stabilizing a Creature".
    pub fn come_to(&mut self, who: Handle) {
        let Some(creature) = self.arena.get(who) else { return };
        if creature.life == Life::Stable {
            let context = Context::of(who, creature.sheet.id.unwrap_or_else(unnamed));
            self.heal(context, who, 1);
        }
    }

    /// A death save at the start of a turn.
    pub(super) fn death_save(&mut self, who: Handle) {
        let Some(creature) = self.arena.get(who) else { return };
        let Life::Dying(saves) = creature.life else { return };
        let context = Context::of(who, creature.sheet.id.unwrap_or_else(unnamed));
        let tally = {
            let scene = self.scene(&context);
            let kinds = Path::DeathSave.bit() | Path::Save(None).bit();
            self.arena.tally(who, kinds, &scene, |path| matches!(path, Path::DeathSave | Path::Save(None)))
        };
        let die = self.d20(tally.mode(), &tally);
        let bonus = tally.add + self.tally_dice(&tally, &context);
        self.emit(Happening::DeathSaved { who, die });
        // A natural 1 or 20 counts as such whatever is added.
        let counted =
            if matches!(die, 1 | 20) { i32::from(die) } else { (i32::from(die) + bonus).clamp(2, 19) };
        match saves.roll(counted as u32) {
            DeathState::Dying(saves) => {
                if let Some(creature) = self.arena.get_mut(who) {
                    creature.life = Life::Dying(saves);
                }
            }
            DeathState::Stable => self.stabilise(who),
            DeathState::Conscious => self.heal(context, who, 1),
            DeathState::Dead => self.die(who, who),
        }
    }
}

/// The first type of a set of types: that of harm which is passed on.
fn type_of(types: u16) -> Option<DamageType> {
    DamageType::ALL.iter().copied().find(|kind| types & kind.bit() != 0)
}

fn unconscious() -> crate::Id {
    static WORD: crate::Word = crate::Word::new("srd:unconscious");
    WORD.id()
}

/// The name of what has none.
pub(in crate::combat) fn unnamed() -> crate::Id {
    static WORD: crate::Word = crate::Word::new("unnamed");
    WORD.id()
}
