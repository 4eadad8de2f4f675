//! Other forms: polymorph, wild shape, shapechangers.

use crate::combat::{Creature, EffectKey, Form, Handle, Happening, Sheet, Space};
use crate::language::expr::Luck;
use crate::language::{Effect, SummonPick, Transform};
use crate::vocabulary::State;

use super::{Context, Play};

/// The effect of a form that gives nothing else.
pub(super) fn bare() -> &'static Effect {
    static BARE: std::sync::OnceLock<Effect> = std::sync::OnceLock::new();
    BARE.get_or_init(Effect::default)
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Gives somebody another form, held by an effect.
    pub(super) fn transform(&mut self, context: Context<'c>, transform: &'c Transform) {
        if transform.into == SummonPick::Target {
            self.possess(context, transform);
            return;
        }
        let who = context.role(transform.who);
        let library = self.arena.library;
        let Some(monster) =
            self.arena.pick_monster(self.space, context, &transform.into).and_then(|id| library.monster(id))
        else {
            return;
        };
        if self.arena.get(who).is_none_or(|creature| creature.is(State::CantBeTransformed)) {
            return;
        }
        let effect: &'c Effect = transform.gives.as_ref().unwrap_or_else(|| bare());
        let duration = transform.duration.as_ref();
        // What the effect gives to do goes with it, and is no part of the form that comes back.
        let Some(own_actions) = self.arena.get(who).map(|creature| creature.actions.clone()) else { return };
        let Some(key) = self.apply_for(context, who, effect, duration) else { return };
        let Some(creature) = self.arena.get_mut(who) else { return };
        let new = Creature::monster(monster, creature.side);
        let form = Form {
            sheet: creature.sheet.clone(),
            actions: own_actions,
            weapons: std::mem::take(&mut creature.weapons),
            fists: creature.fists,
            hp: creature.hp,
            keeps_hp: transform.keeps_hp,
            by: key,
            host: None,
        };
        let mut sheet = new.sheet;
        if transform.keeps_mind {
            keep_mind(&form.sheet, &mut sheet);
        }
        sheet.has_death_saves = form.sheet.has_death_saves;
        sheet.hit_dice = form.sheet.hit_dice;
        if transform.keeps_hp {
            sheet.hp_max = form.sheet.hp_max;
        } else {
            creature.hp = sheet.hp_max;
        }
        let gained = effect.actions.iter();
        creature.actions = if transform.keeps_features { form.actions.clone() } else { Vec::new() };
        creature.actions.extend(new.actions);
        creature.actions.extend(gained);
        creature.sheet = sheet;
        creature.forms.push(form);
        creature.stock_actions();
        self.arena.refresh(who);
        self.emit(Happening::Transformed { who, into: Some(monster.id) });
    }

    /// A creature at 0 hit points in another form falls back into its own; what is left of the blow goes on.
    pub(super) fn leave_form(&mut self, who: Handle, rest: i32) -> bool {
        let Some(form) = self.arena.get(who).and_then(|creature| creature.forms.last()) else { return false };
        if form.keeps_hp {
            return false;
        }
        let (key, is_borrowed) = (form.by, form.host.is_some());
        self.conclude(key);
        if is_borrowed {
            return true;
        }
        let Some(creature) = self.arena.get_mut(who) else { return true };
        creature.hp = (creature.hp - rest.max(0)).max(0);
        creature.hp > 0
    }

    /// The end of the effect that held a form brings back the one before.
    pub(super) fn revert_form(&mut self, who: Handle, key: EffectKey) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        let Some(index) = creature.forms.iter().position(|form| form.by == key) else { return };
        let mut left = creature.forms.drain(index..);
        let Some(form) = left.next() else { return };
        drop(left);
        let hp = creature.hp;
        if !form.keeps_hp {
            creature.hp = form.hp;
        }
        creature.sheet = form.sheet;
        creature.actions = form.actions;
        creature.weapons = form.weapons;
        creature.fists = form.fists;
        self.arena.refresh(who);
        self.emit(Happening::Transformed { who, into: None });
        if let Some(host) = form.host {
            self.leave_body(who, host, hp);
        }
    }
}

pub(super) fn keep_mind(own: &Sheet, form: &mut Sheet) {
    use crate::Ability::{Charisma, Intelligence, Wisdom};
    for ability in [Intelligence, Wisdom, Charisma] {
        form.scores[ability] = own.scores[ability];
        form.saves[ability as usize] = own.saves[ability as usize];
    }
    for skill in crate::vocabulary::Skill::ALL {
        let place = *skill as usize;
        form.skills[place] = form.skills[place].max(own.skills[place]);
    }
    (form.level, form.proficiency, form.casting) = (own.level, own.proficiency, own.casting);
    (form.dc, form.spell_attack) = (own.dc, own.spell_attack);
    form.classes.clone_from(&own.classes);
}
