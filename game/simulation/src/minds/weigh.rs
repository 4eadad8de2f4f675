//! What something that could be done is worth, in hit points.

use rules::combat::{Forecast, Handle, Moments};
use rules::language::expr::Measure;

use super::mind::Weighed;
use crate::battle::{Deed, Fray};

/// Harm to a friend counts so many times as much as harm to a foe.
const FRIENDLY_FIRE: f64 = 2.5;
/// A foe that falls deals no damage any more: so many of its turns are saved.
const TURNS_SAVED: f64 = 1.5;
/// How long a hindrance that was laid lasts, on average, in turns.
const TURNS_HINDERED: f64 = 1.5;
/// And a help.
const TURNS_HELPED: f64 = 2.5;
/// What a level of a slot is worth, in hit points.
const SLOT_WORTH: f64 = 1.2;
/// What a creature is worth that comes, for an eighth of its challenge.
const CALLED_WORTH: f64 = 1.2;

/// What is forecast, in parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Worth {
    pub(super) harm: f64,
    pub(super) help: f64,
    pub(super) cost: f64,
}

impl Worth {
    pub(super) fn total(&self) -> f64 {
        self.harm + self.help - self.cost
    }

    /// In thousandths, as it is kept: what is compared is whole.
    pub(super) fn weighed(&self, what: Option<rules::Id>, target: Option<crate::EntityId>) -> Weighed {
        let milli = |points: f64| (points.clamp(-1e9, 1e9) * 1_000.0) as i64;
        Weighed {
            what,
            target,
            worth: milli(self.total()),
            harm: milli(self.harm),
            help: milli(self.help),
            cost: milli(self.cost),
        }
    }
}

impl Fray<'_> {
    /// What a forecast is worth to somebody. `is_new` tells of whom a lasting effect would be anything new.
    pub(super) fn worth_of(
        &self,
        who: Handle,
        forecast: &Forecast<Moments>,
        is_new: impl Fn(Handle) -> bool,
    ) -> Worth {
        let mut worth = Worth::default();
        let Some(own) = self.battle.arena.get(who) else { return worth };
        let Some(actor) = self.battle.actor(who) else { return worth };
        let intelligence = actor.mind.as_ref().map_or(10, |mind| mind.intelligence);
        for toll in &forecast.tolls {
            let Some(other) = self.battle.arena.get(toll.who) else { continue };
            let hp = f64::from(other.hp.max(0) + other.temp_hp);
            let most = f64::from(other.sheet.hp_max.max(1));
            let menace = self.menace(toll.who);
            if other.side == own.side {
                worth.cost += toll.damage.mean().min(hp) * FRIENDLY_FIRE;
                // Who is nearly down needs it most.
                let need = if f64::from(other.hp) < most * 0.35 { 2.0 } else { 0.6 };
                worth.help += toll.healing * need;
                if is_new(toll.who) {
                    worth.help -= toll.hindrance * menace * TURNS_HELPED;
                }
                continue;
            }
            if !other.is_up() {
                continue;
            }
            let mean = toll.damage.mean();
            let mut harm = mean.min(hp);
            harm += fells(mean, toll.damage.variance(), hp) * menace * TURNS_SAVED;
            if intelligence >= 4 {
                // Finishing what was begun: half as much again for who is nearly down.
                harm *= 1.0 + 0.5 * (1.0 - (hp / most).min(1.0));
            }
            if intelligence >= 12 && other.concentration.is_some() {
                harm *= 1.3;
            }
            if actor.grudges.of(toll.who) > 0 {
                harm *= 1.05;
            }
            worth.harm += harm;
            worth.cost += toll.healing;
            if is_new(toll.who) {
                worth.help += toll.hindrance * menace * TURNS_HINDERED;
            }
        }
        worth.help += forecast.summoned_eighths.min(80.0) * CALLED_WORTH;
        worth
    }

    /// What a creature does in a turn, roughly, in hit points: by its challenge, or its level.
    pub(super) fn menace(&self, who: Handle) -> f64 {
        let Some(creature) = self.battle.arena.get(who) else { return 0.0 };
        let sheet = &creature.sheet;
        // A level is worth about half of a challenge.
        let eighths = f64::from(sheet.challenge_eighths).max(f64::from(sheet.level) * 4.0);
        2.5 + eighths * 0.7
    }

    /// What a slot costs. What is left unused when one falls is worth nothing, so the hurt spend freely.
    pub(super) fn price_of_slot(&self, who: Handle, slot: u8) -> f64 {
        let hurt = self.battle.arena.get(who).is_some_and(|own| own.hp * 2 < own.sheet.hp_max);
        f64::from(slot) * if hurt { SLOT_WORTH / 2.0 } else { SLOT_WORTH }
    }

    /// What a deed is pointed at, for the record.
    pub(super) fn record(&self, deed: &Deed, what: Option<rules::Id>, worth: &Worth) -> Weighed {
        let target = deed.target().and_then(|target| self.battle.actor(target)).map(|actor| actor.entity);
        worth.weighed(what, target)
    }
}

/// The chance that so much harm fells somebody: a straight line through the middle of the curve, so that it is the same on every
/// machine.
fn fells(mean: f64, variance: f64, hp: f64) -> f64 {
    if hp <= 0.0 {
        return 0.0;
    }
    let spread = variance.max(0.25).sqrt();
    (0.5 + (mean - hp) / (spread * 2.5)).clamp(0.0, 1.0)
}
