//! What a creature brings to what it does: its difficulty, its modifiers, its weapons. Reckoned alike for play and forecast.

use crate::content::Spell;
use crate::language::{Action, Cast, Choice, Choose, Node, Path, Pick};
use crate::{Ability, Id};

use super::{Context, EventFacts, attack::Strike, attack::wield};
use crate::combat::{Arena, EffectKey, Handle, Refusal, Scene, Space};

/// How far an action reaches: as it says, or as its first attack does.
pub(in crate::combat) fn reach_of(action: &Action) -> Option<u16> {
    action.range.or_else(|| {
        action.then.iter().find_map(|node| match node {
            Node::Attack(attack) => {
                Some(attack.range.map_or_else(|| attack.reach.unwrap_or(5).max(5), |(_, long)| long))
            }
            _ => None,
        })
    })
}

/// How deep actions within actions are followed.
const DEPTH_MAX: u8 = 6;

impl<'c> Arena<'c> {
    /// How far an action reaches with one of the options that it lets one choose from; of one that consists of others, as far
    /// as the farthest of them.
    pub(in crate::combat) fn reach_with<S: Space>(
        &self,
        space: &S,
        who: Handle,
        action: &'c Action,
        choice: u8,
    ) -> Option<u16> {
        reach_of(action).or_else(|| {
            let context = Context { choice, ..self.action_context(who, action) };
            self.reach_of_steps(space, context, &action.then)
        })
    }

    fn reach_of_steps<S: Space>(&self, space: &S, context: Context<'c>, steps: &'c [Node]) -> Option<u16> {
        let farthest = steps.iter().filter_map(|node| match node {
            Node::Attack(attack) => {
                Some(attack.range.map_or_else(|| attack.reach.unwrap_or(5).max(5), |(_, long)| long))
            }
            Node::Use(id) if context.depth < DEPTH_MAX => {
                let action = self.find_action(context.own, *id)?;
                let inner = Context { depth: context.depth + 1, ..context };
                reach_of(action).or_else(|| self.reach_of_steps(space, inner, &action.then))
            }
            Node::Repeat(repeat) => self.reach_of_steps(space, context, &repeat.then),
            Node::Choose(choose) if choose.by == Pick::User => {
                let option = self.chosen(space, &context, choose)?;
                self.reach_of_steps(space, context, &option.then)
            }
            _ => None,
        });
        farthest.max()
    }

    /// The option that was chosen, if it may be; else the first that may.
    pub(in crate::combat) fn chosen<S: Space>(
        &self,
        space: &S,
        context: &Context<'c>,
        choose: &'c Choose,
    ) -> Option<&'c Choice> {
        let scene = Scene::new(self, space, context);
        let fits = |option: &&'c Choice| option.when.as_ref().is_none_or(|when| when.holds(&scene));
        let chosen = choose.options.get(usize::from(context.choice)).filter(fits);
        chosen.or_else(|| choose.options.iter().find(fits))
    }

    /// What a creature does by itself.
    pub(in crate::combat) fn own_context(&self, who: Handle, cause: Id) -> Context<'c> {
        let (dc, attack, casting) = self.get(who).map_or((10, 0, 0), |creature| {
            let sheet = &creature.sheet;
            let changed = self.casting_change(who, cause);
            let casting = sheet.casting.map_or(0, |ability| i16::from(sheet.modifier(ability)));
            (sheet.dc + changed, sheet.spell_attack + changed, casting + changed)
        });
        let event = EventFacts { turn_of: self.acting, ..EventFacts::default() };
        Context { dc, attack, casting, event, ..Context::of(who, cause) }
    }

    /// What a changed score adds to what its sheet says of its spells.
    fn casting_change(&self, who: Handle, cause: Id) -> i16 {
        let ability = self.get(who).filter(|own| own.mask & Path::Score(Ability::Strength).bit() != 0);
        let Some(ability) = ability.and_then(|own| own.sheet.casting) else { return 0 };
        // What changes a score asks for nothing that depends on where anybody stands.
        let field = crate::combat::OpenField::default();
        let context = Context::of(who, cause);
        self.modifier_change(who, ability, &Scene::new(self, &field, &context)) as i16
    }

    /// The spell that a step casts: the one that it names, or the one that was chosen among those that it allows.
    pub(in crate::combat) fn pick_spell(&self, context: &Context<'c>, cast: &Cast) -> Option<&'c Spell> {
        let library = self.library;
        if let Some(id) = cast.spell {
            return library.spell(id);
        }
        let chosen = context.monster.and_then(|id| library.spell(id));
        let Some(range) = &cast.own else {
            let chosen = chosen.filter(|spell| cast.one_of.contains(&spell.id));
            let by_number = || cast.one_of.get(usize::from(context.choice)).or_else(|| cast.one_of.first());
            return chosen.or_else(|| by_number().and_then(|id| library.spell(*id)));
        };
        if range.any {
            return chosen.filter(|spell| spell.level <= range.level_max);
        }
        let book = &self.get(context.role(cast.by))?.book;
        let innate = book.innate.iter().map(|(id, ..)| *id);
        let fits = |spell: &Spell| {
            spell.level <= range.level_max && matches!(spell.casting, crate::content::CastingTime::Action)
        };
        let mut own = book.spells.iter().copied().chain(innate);
        match chosen {
            Some(spell) => own.any(|id| id == spell.id).then_some(spell).filter(|spell| fits(spell)),
            None => own.find_map(|id| library.spell(id).filter(|spell| fits(spell))),
        }
    }

    /// The effect that gives a creature an action, if it isn't its own.
    pub(in crate::combat) fn giver_of(&self, who: Handle, action: &'c Action) -> Option<EffectKey> {
        let gives = |actions: &'c [Action]| actions.iter().any(|other| std::ptr::eq(other, action));
        self.effects_on(who).find(|(_, lasting)| gives(&lasting.effect.actions)).map(|(key, _)| key)
    }

    /// An action of a creature by its id.
    pub(in crate::combat) fn find_action(&self, who: Handle, id: Id) -> Option<&'c Action> {
        self.get(who)?.action(id)
    }

    /// What an action knows: that of the effect that gives it, or of its creature.
    pub(in crate::combat) fn action_context(&self, who: Handle, action: &'c Action) -> Context<'c> {
        let mut context = self.own_context(who, action.id);
        let given = match self.giver_of(who, action) {
            Some(key) => self.effect(key).map(|lasting| (&lasting.context, Some(key))),
            None => self.zone_giving(who, action).map(|zone| (&zone.context, zone.context.effect)),
        };
        if let Some((giver, effect)) = given {
            let event = of_spell(context.event, &giver.event);
            context = Context { own: who, target: who, effect, event, ..*giver };
        }
        context
    }

    /// An attack with a weapon in hand, or without one.
    pub(in crate::combat) fn weapon_strike<S: Space>(
        &self,
        space: &S,
        who: Handle,
        weapon: Option<u8>,
        target: Handle,
    ) -> Result<(Context<'c>, Strike<'c>), Refusal> {
        let creature = self.get(who).ok_or(Refusal::Absent)?;
        let weapon = match weapon {
            Some(number) => creature.weapons.get(usize::from(number)).copied().ok_or(Refusal::NotNow)?,
            None => creature.fists,
        };
        let mut strike = Strike {
            traits: weapon.traits,
            bonus: 0,
            reach: 5,
            range: None,
            weapon: None,
            damage_bonus: 0,
            advantage: None,
            hit: &[],
            miss: &[],
            crit: &[],
        };
        static UNARMED: crate::Word = crate::Word::new("unarmed-strike");
        let cause = weapon.item.unwrap_or_else(|| UNARMED.id());
        let context = Context { target, ..self.own_context(who, cause) };
        wield(creature, self.limbs(space, &context), &mut strike, weapon, None);
        let path = Path::Reach;
        let scene = Scene::new(self, space, &context);
        let further = self.tally(who, path.bit(), &scene, |other| other == path).over(0);
        strike.reach = strike.reach.saturating_add(further.max(0) as u16);
        Ok((context, strike))
    }
}

/// What an action of a spell's effect knows of its spell.
fn of_spell(now: EventFacts, cast: &EventFacts) -> EventFacts {
    EventFacts { spell: cast.spell, school: cast.school, cast_level: cast.cast_level, ..now }
}
