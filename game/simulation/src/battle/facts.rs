//! What the rules tell of a play, told on in the region's names; and what follows from it.

use rules::combat::{Handle, Happening};

use super::Fray;
use crate::{Event, Fact};

impl Fray<'_> {
    /// Goes through what the last play has told.
    pub(super) fn witness(&mut self) {
        let mut happenings = std::mem::take(&mut self.battle.happenings);
        self.tell_blows(&happenings);
        for happening in happenings.drain(..) {
            self.consider(happening);
            self.retell(happening);
        }
        // Whoever was told of meanwhile has filled a new list; the one with the memory stays.
        if self.battle.happenings.is_empty() {
            self.battle.happenings = happenings;
        }
        self.muster_joining();
    }

    /// What follows from it.
    fn consider(&mut self, happening: Happening<'static>) {
        match happening {
            Happening::Attacked { who, target, .. } => self.come_to_blows(who, target),
            Happening::Damaged { who, by, lost, .. } => {
                self.come_to_blows(by, who);
                if by != who
                    && let Some(actor) = self.battle.actors.get_mut(who)
                {
                    actor.grudges.add(by, lost.max(0).unsigned_abs());
                }
            }
            Happening::Applied { who, by, .. } => {
                self.repace(who);
                if by != who {
                    self.touch(by, who);
                }
            }
            Happening::Ended { who, .. } | Happening::Transformed { who, .. } => self.repace(who),
            Happening::Dropped { who, .. } => self.fall(who),
            Happening::Died { who, by } => self.die(who, by),
            Happening::Revived { who } => self.rise(who),
            Happening::Healed { who, .. } => self.get_up(who),
            Happening::Summoned { who, by } => self.answer_call(who, by),
            Happening::Dismissed { who } => self.go(who, None),
            _ => {}
        }
    }

    fn left(&self, who: Handle) -> i32 {
        self.battle.arena.get(who).map_or(0, |creature| creature.hp)
    }

    fn retell(&mut self, happening: Happening<'static>) {
        let (who, fact) = match happening {
            Happening::Acted { who, action } => (who, Fact::Acted { action }),
            Happening::Cast { who, spell, level } => (who, Fact::Cast { spell, level }),
            Happening::Needed { who, spell, gp, consumed } => (who, Fact::Needed { spell, gp, consumed }),
            Happening::Countered { who, spell } => (who, Fact::Countered { spell }),
            Happening::Attacked { who, target, roll, outcome } => {
                (who, Fact::Attacked { target: self.entity(target), roll, outcome })
            }
            Happening::Saved { who, ability, roll, success } => (who, Fact::Saved { ability, roll, success }),
            Happening::Checked { who, skill, roll, success } => (who, Fact::Checked { skill, roll, success }),
            Happening::Damaged { who, by, kind, dealt, lost } => {
                (who, Fact::Damaged { by: self.entity(by), kind, dealt, lost, left: self.left(who) })
            }
            Happening::Healed { who, by, amount } => {
                (who, Fact::Healed { by: self.entity(by), amount, left: self.left(who) })
            }
            Happening::Shielded { who, amount } => (who, Fact::Shielded { amount }),
            Happening::Dropped { who, by } => {
                let (entity, by) = (self.entity(who), self.entity(by));
                self.tell(Event::Fell { entity, by });
                return;
            }
            Happening::DeathSaved { who, die } => (who, Fact::DeathSaved { die }),
            Happening::Stabilised { who } => (who, Fact::Stabilised),
            Happening::Applied { who, by, effect, .. } => {
                (who, Fact::Applied { by: self.entity(by), effect })
            }
            Happening::Ended { who, effect } => (who, Fact::Ended { effect }),
            Happening::ConcentrationEnded { who, spell } => (who, Fact::ConcentrationEnded { spell }),
            Happening::Reacted { who } => (who, Fact::Reacted),
            Happening::Moved { who, how, feet } => (who, Fact::Moved { how, feet }),
            Happening::Summoned { who, by } => (who, Fact::Summoned { by: self.entity(by) }),
            Happening::Transformed { who, into } => (who, Fact::Transformed { into }),
            Happening::ZoneMade { by, number } => (by, Fact::ZoneMade { number }),
            Happening::Spent { who, what, by } => (who, Fact::Spent { what, by }),
            Happening::Granted { who, item, count } => (who, Fact::Granted { item, count }),
            Happening::Resisted { who } => (who, Fact::Resisted),
            Happening::Readied { who, action } => (who, Fact::Readied { action }),
            Happening::Narrated { who, text } => (who, Fact::Narrated { text }),
            // Told where they are considered, or nobody's business.
            Happening::Died { .. }
            | Happening::Revived { .. }
            | Happening::Dismissed { .. }
            | Happening::TurnStarted { .. }
            | Happening::TurnEnded { .. }
            | Happening::ZoneEnded { .. }
            | Happening::Revealed { .. }
            | Happening::Lit { .. } => return,
        };
        self.tell_fact(who, fact);
    }
}
