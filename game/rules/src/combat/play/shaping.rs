//! What casters do to their own spells: metamagic, sculpting, potent cantrips.
//!
//! A feature grants a state, for good or for one spell; here is what the state changes. An effect with the tag `metamagic`
//! ends with the spell that it shaped.

use crate::content::{Range, Spell};
use crate::language::Target;
use crate::language::expr::Luck;
use crate::vocabulary::{School, State};
use crate::{Ability, Id};

use super::{Context, Pending, Play};
use crate::combat::{EffectKey, Handle, Space};

/// Feet that a spell of touch reaches when it is sent further.
const DISTANT_TOUCH_FT: u16 = 30;
/// Feet that an eldritch spear flies.
const ELDRITCH_SPEAR_FT: u16 = 300;
/// Rounds that no extended spell outlasts: a day.
const EXTENDED_ROUNDS_MAX: u32 = 14_400;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// What the caster's shaping does to a save against its spell.
    pub(super) fn shape_save(&mut self, context: Context<'c>, who: Handle, pending: &mut Pending) {
        if !context.is_spell {
            return;
        }
        let spared = self.is_spared(context, who, State::SculptsSpells)
            || self.is_spared(context, who, State::CarefulSpell);
        pending.succeeds |= spared;
        let heightens = self.arena.get(context.own).is_some_and(|own| own.is(State::HeightenedSpell));
        if heightens && !spared {
            pending.disadvantages += 1;
            // One save of one target.
            self.end_shaping(context.own, "srd:heightened-spell");
        }
    }

    /// Whether a caster spares an ally: with some spells it chooses as many as its power allows, those first that are reached first.
    pub(super) fn is_spared(&mut self, context: Context<'c>, who: Handle, by: State) -> bool {
        let Some(own) = self.arena.get(context.own) else { return false };
        let of_school = by != State::SculptsSpells || context.event.school == Some(School::Evocation);
        let is_friend = who != context.own && self.arena.get(who).is_some_and(|other| other.side == own.side);
        if !context.is_spell || !own.is(by) || !of_school || !is_friend {
            return false;
        }
        let most = if by == State::SculptsSpells {
            1 + i32::from(context.spell_level)
        } else {
            i32::from(own.sheet.modifier(Ability::Charisma)).max(1)
        };
        let spared = &mut self.arena.scratch.spared;
        if spared.contains(&who) {
            return true;
        }
        let has_room = (spared.len() as i32) < most;
        if has_room {
            spared.push(who);
        }
        has_room
    }

    /// Whether who withstands a cantrip is still hurt by half.
    pub(super) fn is_potent(&self, context: Context<'c>) -> bool {
        let own = self.arena.get(context.own);
        context.is_spell && context.spell_level == 0 && own.is_some_and(|own| own.is(State::HalfWhenSaved))
    }

    /// How far a spell reaches as its caster casts it.
    pub(super) fn shaped_reach(&self, who: Handle, spell: &Spell) -> Option<u16> {
        let reach = super::casting::reach_of(spell.range)?;
        let Some(own) = self.arena.get(who) else { return Some(reach) };
        let reach = if own.is(State::EldritchSpear) && spell.id == eldritch_blast() {
            reach.max(ELDRITCH_SPEAR_FT)
        } else {
            reach
        };
        if !own.is(State::DistantSpell) {
            return Some(reach);
        }
        Some(if spell.range == Range::Touch { DISTANT_TOUCH_FT } else { reach.saturating_mul(2) })
    }

    /// Whether a spell for one creature goes to two.
    pub(super) fn is_twinned(&self, who: Handle, spell: &Spell) -> bool {
        let single = match &spell.target {
            Target::Creature => true,
            Target::Creatures(targeting) => targeting.count.is_none(),
            Target::None | Target::Own | Target::Point | Target::Object => false,
        };
        single
            && spell.range != Range::Own
            && self.arena.get(who).is_some_and(|own| own.is(State::TwinnedSpell))
    }

    /// Rounds that an effect of a spell lasts as its caster cast it.
    pub(super) fn shaped_rounds(&self, context: Context<'c>, rounds: u32) -> u32 {
        let extends = self.arena.get(context.own).is_some_and(|own| own.is(State::ExtendedSpell));
        if extends && context.is_spell && rounds >= 10 {
            rounds.saturating_mul(2).min(EXTENDED_ROUNDS_MAX.max(rounds))
        } else {
            rounds
        }
    }

    /// Metamagic is used up by the spell that it shaped.
    pub(super) fn end_metamagic(&mut self, who: Handle) {
        loop {
            let found: Option<EffectKey> = self
                .arena
                .effects_on(who)
                .find(|(_, lasting)| !lasting.innate && lasting.effect.tags.contains(&metamagic()))
                .map(|(key, _)| key);
            let Some(key) = found else { return };
            self.end_effect(key);
        }
    }

    fn end_shaping(&mut self, who: Handle, name: &str) {
        let Ok(id) = Id::new(name) else { return };
        let found = self.arena.effects_on(who).find(|(_, lasting)| lasting.id == id).map(|(key, _)| key);
        if let Some(key) = found {
            self.end_effect(key);
        }
    }
}

fn metamagic() -> Id {
    static WORD: crate::Word = crate::Word::new("metamagic");
    WORD.id()
}

fn eldritch_blast() -> Id {
    static WORD: crate::Word = crate::Word::new("srd:eldritch-blast");
    WORD.id()
}
