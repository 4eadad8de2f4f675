//! Spells cast with time on one's hands: rituals, and what takes minutes or hours.
//!
//! Time itself passes elsewhere: whoever drives the play is told how much.

use crate::Id;
use crate::content::{CastingTime, Spell};
use crate::language::expr::Luck;
use crate::vocabulary::State;

use super::{Context, Play, casting::Payment, casting::reach_of};
use crate::combat::{Aim, Handle, Happening, Refusal, Space};

/// Minutes that a ritual takes beyond the casting.
const RITUAL_MINUTES: u32 = 10;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A creature casts a spell out of a fight, whatever time it takes; as a ritual it takes no slot. Gives the minutes.
    pub fn cast_at_leisure(
        &mut self,
        who: Handle,
        (id, slot): (Id, u8),
        is_ritual: bool,
        aim: Aim<'_>,
    ) -> Result<u32, Refusal> {
        let library = self.arena.library;
        let spell = library.spell(id).ok_or(Refusal::Unknown(id))?;
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.can_act() {
            return Err(Refusal::CannotAct);
        }
        let minutes = match spell.casting {
            CastingTime::Action | CastingTime::Bonus => 0,
            CastingTime::Minutes(minutes) => minutes,
            CastingTime::Reaction(_) => return Err(Refusal::NotNow),
        };
        let payment = if is_ritual {
            if !spell.ritual || !creature.is(State::RitualCaster) {
                return Err(Refusal::NotNow);
            }
            if !creature.book.spells.contains(&id) {
                return Err(Refusal::Unknown(id));
            }
            Payment::Nothing
        } else {
            self.payment(who, spell, slot)?
        };
        self.check_components(who, spell)?;
        let context = self.spell_context(who, spell, payment, aim);
        self.check_aim(&context, &spell.target, reach_of(spell.range), aim)?;
        self.pay_casting(who, spell, payment);
        self.perform(context, spell, aim);
        Ok(minutes + if is_ritual { RITUAL_MINUTES } else { 0 })
    }

    /// What a spell takes of costly materials.
    pub(super) fn tell_materials(&mut self, context: Context<'c>, spell: &Spell) {
        let Some(material) = &spell.components.material else { return };
        let Some(cost) = &material.cost_gp else { return };
        let gp = self.value(context, cost);
        let (who, spell, consumed) = (context.own, spell.id, material.consumed);
        self.emit(Happening::Needed { who, spell, gp, consumed });
    }
}
