//! Goes through steps and reckons what each would do.

use crate::language::expr::Measure;
use crate::language::{Effect, Event, Node, Origin, Pick};

use super::{Context, Forecast, Reckoner, harm::Parts};
use crate::combat::lasting::WallPart;
use crate::combat::play::{as_spell, centre_of, volume_of, wall_volume_of};
use crate::combat::{Handle, Space, Volume};

/// How deep actions within actions are followed.
const DEPTH_MAX: u8 = 6;

impl<'c, S: Space> Reckoner<'_, 'c, S> {
    pub(super) fn steps<M: Measure>(&self, context: Context<'c>, nodes: &'c [Node]) -> Forecast<M> {
        let mut forecast = Forecast::nothing();
        let mut parts = Parts::new();
        for (index, node) in nodes.iter().enumerate() {
            if let Node::Damage(damage) = node {
                self.gather(context, damage, &mut parts);
                if !matches!(nodes.get(index + 1), Some(Node::Damage(_))) {
                    forecast.add(&self.land(context, std::mem::take(&mut parts)));
                }
            } else {
                self.step(context, node, &mut forecast);
            }
        }
        forecast
    }

    fn step<M: Measure>(&self, context: Context<'c>, node: &'c Node, forecast: &mut Forecast<M>) {
        match node {
            Node::Attack(attack) => forecast.add(&self.attack(context, attack)),
            Node::Save(save) => forecast.add(&self.save(context, save)),
            Node::Check(check) => {
                let who = context.role(check.by);
                let seen = Context { own: who, target: context.own, ..context };
                let scene = self.scene(&seen);
                let casting = self.arena.get(who).and_then(|own| own.sheet.casting).filter(|_| check.casting);
                let reckoned = |skill: &_| self.arena.check_tally(who, Some(*skill), skill.ability(), &scene);
                let best = check.skills.iter().map(reckoned).max_by_key(|(bonus, _)| *bonus);
                let ability = casting.or(check.ability).unwrap_or(crate::Ability::Strength);
                let test = best.unwrap_or_else(|| self.arena.check_tally(who, None, ability, &scene));
                let chance = self.test_chance(test, check.dc.value(&self.scene(&context)), seen);
                let yes = self.perhaps(|| self.steps(context, &check.success));
                let no = self.perhaps(|| self.steps(context, &check.fail));
                forecast.add(&Forecast::mix(chance, &yes, &no));
            }
            Node::Contest(contest) => {
                let yes = self.perhaps(|| self.steps(context, &contest.win));
                let no = self.perhaps(|| self.steps(context, &contest.lose));
                forecast.add(&Forecast::mix(0.5, &yes, &no));
            }
            Node::Heal(heal) => {
                let who = context.role(heal.to);
                let amount = heal.amount.measure::<M>(1, &self.scene(&context)).mean();
                let missing = self.arena.get(who).map_or(0, |own| own.sheet.hp_max - own.hp);
                forecast.toll(who).healing += amount.min(f64::from(missing.max(0)));
            }
            Node::TempHp(temp) => {
                let amount = temp.amount.measure::<M>(1, &self.scene(&context)).mean();
                forecast.toll(context.role(temp.to)).healing += amount / 2.0;
            }
            Node::Apply(apply) if self.holds(context, apply.when.as_ref()) => {
                let who = context.role(apply.to);
                self.effect(context, who, &apply.effect, forecast);
                if let Some(id) = apply.effect.id {
                    self.marks.borrow_mut().push((who, id));
                }
            }
            Node::Kill => {
                let hp = self.arena.get(context.target).map_or(0, |own| own.hp);
                let toll = forecast.toll(context.target);
                toll.damage = toll.damage.plus(&M::exactly(hp));
            }
            _ => self.branching_step(context, node, forecast),
        }
    }

    fn branching_step<M: Measure>(&self, context: Context<'c>, node: &'c Node, forecast: &mut Forecast<M>) {
        match node {
            Node::Area(area) => {
                let volume = volume_of(self.arena, self.space, context, &area.shape, area.from);
                let spared = (area.from == Origin::Own).then_some(context.own);
                let most = area.count.as_ref().map(|count| count.value(&self.scene(&context)));
                let fits = |who: Handle| {
                    Some(who) != spared
                        && self.arena.is_on_side(context.own, who, area.who)
                        && self.holds(Context { target: who, ..context }, area.when.as_ref())
                };
                self.each_in(&volume, most, fits, |who| {
                    forecast.add(&self.steps(Context { target: who, ..context }, &area.then));
                });
            }
            Node::Select(select) => {
                let radius = select.within.value(&self.scene(&context)).clamp(0, 65_535) as u16;
                let volume = Volume::Sphere { at: centre_of(self.space, &context, select), radius };
                let most = select.count.as_ref().map(|count| count.value(&self.scene(&context)));
                let fits = |who: Handle| {
                    self.arena.is_on_side(context.own, who, select.who)
                        && self.holds(Context { target: who, ..context }, select.when.as_ref())
                };
                self.each_in(&volume, most, fits, |who| {
                    forecast.add(&self.steps(Context { target: who, ..context }, &select.then));
                });
            }
            Node::Repeat(repeat) => {
                let times = repeat.times.measure::<super::Moments>(1, &self.scene(&context)).mean();
                for index in 0..(times.round().clamp(0.0, 64.0) as usize) {
                    let mut turn = Context { index: index as u8, ..context };
                    if repeat.retarget && !self.aim.is_empty() {
                        turn.target = self.aim[index % self.aim.len()];
                    }
                    if !self.holds(turn, repeat.as_long.as_ref()) {
                        return;
                    }
                    forecast.add(&self.steps(turn, &repeat.then));
                }
            }
            Node::If(either) => {
                let holds = self.holds(context, Some(&either.when));
                forecast.add(&self.steps(context, if holds { &either.then } else { &either.otherwise }));
            }
            Node::Choose(choose) => self.choose(context, choose, forecast),
            Node::Summon(summon) => {
                let count = summon.count.as_ref().map_or(1, |count| count.value(&self.scene(&context)));
                let monster = self.arena.pick_monster(self.space, context, &summon.what);
                let challenge = monster
                    .and_then(|id| self.arena.library.monster(id))
                    .and_then(|monster| crate::content::challenge_eighths(&monster.cr));
                forecast.summoned_eighths += f64::from(count) * f64::from(challenge.unwrap_or(0).max(1));
            }
            Node::Use(id) if context.depth < DEPTH_MAX => {
                if let Some(action) = self.arena.find_action(context.own, *id) {
                    let mut inner = self.arena.action_context(context.own, action);
                    (inner.point, inner.choice, inner.monster) =
                        (context.point, context.choice, context.monster);
                    (inner.target, inner.index, inner.depth) =
                        (context.target, context.index, context.depth + 1);
                    forecast.add(&self.steps(inner, &action.then));
                }
            }
            Node::Cast(cast) if context.depth < DEPTH_MAX => {
                let Some(spell) = self.arena.pick_spell(&context, cast) else { return };
                let mut inner = Context { depth: context.depth + 1, effect: None, ..context };
                let scene = self.scene(&context);
                inner.slot =
                    cast.level.as_ref().map_or(i32::from(spell.level), |level| level.value(&scene)) as u8;
                inner.dc = cast.dc.as_ref().map_or(context.dc, |dc| dc.value(&scene) as i16);
                inner.attack =
                    cast.attack.as_ref().map_or(context.attack, |bonus| bonus.value(&scene) as i16);
                as_spell(&mut inner, spell);
                forecast.add(&self.steps(inner, &spell.then));
            }
            Node::Zone(zone) => {
                let volume = volume_of(self.arena, self.space, context, &zone.shape, zone.from);
                let fits = |who: Handle| {
                    !(zone.follows && who == context.own)
                        && self.arena.is_on_side(context.own, who, zone.who)
                        && self.holds(Context { target: who, ..context }, zone.when.as_ref())
                };
                self.each_in(&volume, None, fits, |who| {
                    let inside = Context { target: who, ..context };
                    forecast.add(&self.steps(inside, &zone.at_once));
                    self.effect(inside, who, &zone.gives, forecast);
                });
            }
            Node::Wall(wall) => {
                let part = WallPart::chosen(wall, context.choice);
                let volume = wall_volume_of(self.arena, self.space, context, wall, part);
                self.each_in(
                    &volume,
                    None,
                    |_| true,
                    |who| {
                        let inside = Context { target: who, ..context };
                        forecast.add(&self.steps(inside, &wall.at_once));
                        self.effect(inside, who, &wall.gives, forecast);
                    },
                );
            }
            _ => {}
        }
    }

    fn choose<M: Measure>(
        &self,
        context: Context<'c>,
        choose: &'c crate::language::Choose,
        forecast: &mut Forecast<M>,
    ) {
        if choose.by == Pick::Random {
            let weight = |option: &'c crate::language::Choice| {
                let fits = self.holds(context, option.when.as_ref());
                if fits { f64::from(option.weight.unwrap_or(1)) } else { 0.0 }
            };
            let mut before = 0.0;
            let mut mixed = Forecast::nothing();
            // Each option takes its share of those up to it.
            for option in &choose.options {
                before += weight(option);
                let share = if before > 0.0 { weight(option) / before } else { 0.0 };
                let taken = self.perhaps(|| self.steps(context, &option.then));
                mixed = Forecast::mix(share, &taken, &mixed);
            }
            forecast.add(&mixed);
            return;
        }
        let fits = |option: &&'c crate::language::Choice| self.holds(context, option.when.as_ref());
        let chosen = choose.options.get(usize::from(context.choice)).filter(fits);
        if let Some(option) = chosen.or_else(|| choose.options.iter().find(fits)) {
            forecast.add(&self.steps(context, &option.then));
        }
    }

    /// An effect counts by what it hinders, and by what its bearer's next turn brings.
    fn effect<M: Measure>(
        &self,
        context: Context<'c>,
        who: Handle,
        effect: &'c Effect,
        forecast: &mut Forecast<M>,
    ) {
        let immune = self.arena.get(who).is_some_and(|creature| {
            !effect.conditions.is_empty()
                && effect.conditions.iter().all(|id| self.arena.is_immune_to(creature, *id))
        });
        if !immune {
            forecast.toll(who).hindrance += self.hindrance(effect);
        }
        let turn = [Event::TurnStart, Event::TurnEnd, Event::ZoneTurnStart, Event::ZoneTurnEnd];
        let first =
            effect.triggers.iter().find(|trigger| turn.contains(&trigger.on) && trigger.cost.is_none());
        if let Some(trigger) = first
            && context.depth < DEPTH_MAX
        {
            let inside =
                Context { own: who, target: who, source: context.own, depth: context.depth + 1, ..context };
            if self.holds(inside, trigger.when.as_ref()) {
                forecast.add(&self.steps(inside, &trigger.then));
            }
        }
    }

    fn each_in(
        &self,
        volume: &Volume,
        most: Option<i32>,
        fits: impl Fn(Handle) -> bool,
        mut then: impl FnMut(Handle),
    ) {
        let mut found = Vec::new();
        self.space.within(volume, &mut found);
        let alive =
            |who: &Handle| self.arena.get(*who).is_some_and(|own| own.life != crate::combat::Life::Dead);
        let most = most.unwrap_or(64).clamp(0, 64) as usize;
        found.into_iter().filter(alive).filter(|who| fits(*who)).take(most).for_each(&mut then);
    }
}
