//! Blows: who struck whom with what, and what it cost. The rules tell of it piece by piece; here the pieces are put
//! together again, for those who count.
//!
//! Only what players deal or take is told: fights among monsters are nobody's figures.

use rules::Id;
use rules::combat::{Handle, Happening, Outcome};
use rules::vocabulary::DamageType;

use super::Fray;
use crate::{Blow, Event};

/// A blow whose pieces are still coming in.
#[derive(Clone, Copy)]
struct Pieces {
    by: Handle,
    target: Handle,
    blow: Blow,
    /// The largest part of the damage, which names its kind.
    most: u32,
}

impl Pieces {
    const fn new(by: Handle, target: Handle, action: Option<Id>, hit: bool, critical: bool) -> Self {
        let blow = Blow { action, hit, critical, damage: 0, kind: None };
        Self { by, target, blow, most: 0 }
    }

    fn add(&mut self, kind: DamageType, lost: u32) {
        self.blow.damage = self.blow.damage.saturating_add(lost);
        if self.blow.kind.is_none() || lost > self.most {
            (self.blow.kind, self.most) = (Some(kind), lost);
        }
    }
}

impl Fray<'_> {
    /// Tells of the blows among what happened in one play.
    pub(super) fn tell_blows(&mut self, happenings: &[Happening<'static>]) {
        let mut acting: Option<(Handle, Id)> = None;
        let mut open: Option<Pieces> = None;
        let with = |acting: Option<(Handle, Id)>, by| acting.filter(|(who, _)| *who == by).map(|(_, id)| id);
        for happening in happenings {
            match *happening {
                Happening::Acted { who, action } => acting = Some((who, action)),
                Happening::Cast { who, spell, .. } => acting = Some((who, spell)),
                Happening::Attacked { who, target, outcome, .. } => {
                    let (hit, critical) = match outcome {
                        Outcome::Miss => (false, false),
                        Outcome::Hit => (true, false),
                        Outcome::Critical => (true, true),
                    };
                    let next = Pieces::new(who, target, with(acting, who), hit, critical);
                    self.tell_blow(open.replace(next));
                }
                Happening::Damaged { who, by, kind, lost, .. } if who != by => {
                    let is_same = |pieces: &&mut Pieces| pieces.by == by && pieces.target == who;
                    if open.as_mut().filter(is_same).is_none() {
                        let next = Pieces::new(by, who, with(acting, by), true, false);
                        self.tell_blow(open.replace(next));
                    }
                    if let Some(pieces) = &mut open {
                        pieces.add(kind, lost.max(0).unsigned_abs());
                    }
                }
                _ => {}
            }
        }
        self.tell_blow(open);
    }

    fn tell_blow(&mut self, pieces: Option<Pieces>) {
        let Some(Pieces { by, target, blow, .. }) = pieces else { return };
        let is_player = |who| self.battle.actor(who).is_some_and(|actor| actor.is_player);
        if is_player(by) || is_player(target) {
            let (entity, target) = (self.entity(by), self.entity(target));
            self.tell(Event::Struck { entity, target, blow });
        }
    }
}
