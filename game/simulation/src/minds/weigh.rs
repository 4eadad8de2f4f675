//! What something that could be done is worth, in hit points.

use rules::combat::{Forecast, Handle, Moments};
use rules::language::expr::Measure;

use super::{
    mind::{Insight, Weighed},
    options::Scene,
};
use crate::battle::{Deed, Fray};

/// For so many rounds a fight goes on, on average: what a foe would still do, and a friend, if nothing became of it.
const ROUNDS_LEFT: f64 = 3.0;
/// Harm to a friend counts so many times as much as harm to a foe.
const FRIENDLY_FIRE: f64 = 1.5;
/// A foe that falls at once does nothing in the round that runs: so much of a round's menace is spared for certain.
const SPARED: f64 = 0.5;
/// How much each friend that strikes at the same foe adds: what is begun together is finished.
const TOGETHER: f64 = 0.12;
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
    ///
    /// Harm is worth what it spares one's own side: the share of a foe's hit points that it takes, of what the foe would do in the
    /// rest of the fight. So the wounded, the frail and the dangerous come first, and what goes beyond their hit points counts for
    /// nothing.
    pub(super) fn worth_of(
        &self,
        who: Handle,
        scene: &Scene,
        forecast: &Forecast<Moments>,
        is_new: impl Fn(Handle) -> bool,
    ) -> Worth {
        let mut worth = Worth::default();
        let Some(own) = self.battle.arena.get(who) else { return worth };
        let Some(actor) = self.battle.actor(who) else { return worth };
        let own_menace = self.menace(who);
        let insight = actor.mind.as_ref().map_or(Insight::Menace, |mind| mind.insight());
        for toll in &forecast.tolls {
            let Some(other) = self.battle.arena.get(toll.who) else { continue };
            let hp = f64::from(other.hp.max(0) + other.temp_hp);
            let menace = self.menace(toll.who);
            let blow = Blow::of(&toll.damage);
            if other.side == own.side {
                if hp > 0.0 {
                    worth.cost += blow.taken(hp) / hp * menace * ROUNDS_LEFT * FRIENDLY_FIRE;
                }
                // Who is nearly down needs it most.
                let most = f64::from(other.sheet.hp_max.max(1));
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
            let mut harm = match insight {
                Insight::Nothing => blow.taken(hp),
                Insight::Wounds => blow.taken(hp) / hp * own_menace * ROUNDS_LEFT,
                Insight::Menace => (blow.taken(hp) / hp * ROUNDS_LEFT + blow.fells(hp) * SPARED) * menace,
            };
            if insight == Insight::Menace && other.concentration.is_some() {
                harm *= 1.3;
            }
            if insight != Insight::Nothing {
                harm *= 1.0 + TOGETHER * f64::from(scene.friends_at(toll.who));
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

    /// What so many hit points less would cost somebody, as harm to a foe is reckoned.
    pub(super) fn cost_of_wounds(&self, who: Handle, harm: f64) -> f64 {
        let hp = self.battle.arena.get(who).map_or(1, |own| own.hp.max(1));
        (harm / f64::from(hp)).min(1.0) * self.menace(who) * ROUNDS_LEFT
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

/// Harm as if every amount between its least and its most came up as often: no curve that differs between machines is needed.
#[derive(Clone, Copy, Debug)]
struct Blow {
    mean: f64,
    /// From the middle to either end.
    half: f64,
}

impl Blow {
    fn of(damage: &Moments) -> Self {
        // An even spread reaches so many times its standard deviation to either side.
        Self { mean: damage.mean(), half: (damage.variance().max(0.25) * 3.0).sqrt() }
    }

    /// How much it takes on average from somebody with so many hit points: what goes beyond them takes nothing.
    fn taken(self, hp: f64) -> f64 {
        let (least, most) = (self.mean - self.half, self.mean + self.half);
        if most <= hp {
            self.mean
        } else if least >= hp {
            hp
        } else {
            (self.mean - (most - hp) * (most - hp) / (4.0 * self.half)).max(0.0)
        }
    }

    /// The chance that it fells somebody with so many hit points.
    fn fells(self, hp: f64) -> f64 {
        ((self.mean + self.half - hp) / (2.0 * self.half)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_beyond_the_hit_points_takes_nothing() {
        let blow = Blow::of(&Moments::dice(2, 6));
        assert!((blow.taken(100.0) - 7.0).abs() < 1e-9);
        assert!((blow.taken(1.0) - 1.0).abs() < 1e-9);
        let part = blow.taken(7.0);
        assert!(part > 5.0 && part < 6.5, "{part}");
        assert!((blow.fells(7.0) - 0.5).abs() < 1e-9);
        assert_eq!([blow.fells(1.0), blow.fells(30.0)], [1.0, 0.0]);
    }
}
