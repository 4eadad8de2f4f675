//! Creatures that come when called, and go again.

use crate::Id;
use crate::language::expr::Luck;
use crate::language::{Summon, SummonPick};

use super::{Context, Play};
use crate::combat::{Arena, Handle, Happening, Scene, Space};

/// Most creatures that one call brings.
const SUMMONED_MAX: i32 = 32;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Calls creatures.
    pub(super) fn summon(&mut self, context: Context<'c>, summon: &'c Summon) {
        let count = match &summon.count {
            Some(count) => self.roll(context, count).clamp(0, SUMMONED_MAX),
            None => 1,
        };
        let Some(monster) = self.arena.pick_monster(self.space, context, &summon.what) else { return };
        let Some(side) = self.arena.get(context.own).map(|own| own.side) else { return };
        let near = context.point.unwrap_or_else(|| self.space.position(context.own));
        for _ in 0..count {
            // The wild ones are on nobody's side but their own.
            let side = if summon.wild { u16::MAX } else { side };
            let Some(who) = self.arena.add_monster(monster, side) else { return };
            self.space.place(who, near);
            if let Some(creature) = self.arena.get_mut(who) {
                creature.summoned_by = Some(context.own);
            }
            self.emit(Happening::Summoned { who, by: context.own });
            let gives = summon.gives.as_ref().unwrap_or_else(|| super::forms::bare());
            let stays_by = self.apply_for(context, who, gives, summon.duration.as_ref());
            if let Some(creature) = self.arena.get_mut(who) {
                creature.stays_by = stays_by;
                creature.turns_wild = summon.turns;
            }
        }
    }

    /// A summoned creature leaves.
    pub(in crate::combat) fn dismiss(&mut self, who: Handle) {
        if self.arena.get(who).is_none() {
            return;
        }
        self.emit(Happening::Dismissed { who });
        self.space.lift_out(who);
        self.arena.remove(who);
    }
}

impl<'c> Arena<'c> {
    /// The creature that is chosen, or the first that fits.
    pub(in crate::combat) fn pick_monster<S: Space>(
        &self,
        space: &S,
        context: Context<'c>,
        pick: &SummonPick,
    ) -> Option<Id> {
        let library = self.library;
        match pick {
            SummonPick::Monster(id) => Some(*id),
            SummonPick::OneOf(ids) => {
                let chosen = context.monster.filter(|id| ids.contains(id));
                chosen.or_else(|| ids.get(usize::from(context.choice)).or_else(|| ids.first()).copied())
            }
            // Nobody comes who is there already.
            SummonPick::Target => None,
            SummonPick::Any(kinds) => {
                let most = kinds.challenge_eighths.value(&Scene::new(self, space, &context));
                let fits = |monster: &crate::content::Monster| {
                    let challenge = crate::content::challenge_eighths(&monster.cr).unwrap_or(u16::MAX);
                    i32::from(challenge) <= most
                        && (kinds.types.is_empty() || kinds.types.contains(&monster.kind))
                        && kinds.size_max.is_none_or(|most| monster.size <= most)
                        && kinds.without.iter().all(|movement| monster.speed.of(*movement) == 0)
                };
                let chosen = context.monster.and_then(|id| library.monster(id)).filter(|one| fits(one));
                // Left to itself, the strongest that fits; ties go by name.
                let strongest = || {
                    library.monsters().iter().filter(|one| fits(one)).max_by_key(|monster| {
                        (
                            crate::content::challenge_eighths(&monster.cr),
                            std::cmp::Reverse(monster.id.as_str()),
                        )
                    })
                };
                chosen.or_else(strongest).map(|monster| monster.id)
            }
        }
    }
}
