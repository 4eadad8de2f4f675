//! Many plays of one thing beside its forecast, and whether chance alone explains the difference.

use rules::combat::{Aim, Attempt, Handle, Happening, Intent, OpenField, Play, Refusal, Spread};
use rules::content::{CastingTime, Spell, srd};
use rules::language::expr::Measure;

use super::stage::Stage;

/// A play with dice of a generator.
pub(super) type Plays<'p, L> = Play<'p, 'static, OpenField, L>;

/// Dice of a simple generator: a test's luck must be the same each time.
pub(super) fn luck(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |sides| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % sides + 1
    }
}

/// What was forecast of the harm that a target takes, and what many plays showed.
pub(super) struct Seen {
    plays: f64,
    expected: f64,
    mean: f64,
    /// How far the mean of so many plays is off by chance.
    error: f64,
    expected_variance: f64,
    variance: f64,
    variance_error: f64,
    /// By how many standard errors the plays lie above the forecast.
    lean: f64,
}

impl Seen {
    fn of(forecast: Option<&Spread>, all: &[f64]) -> Self {
        let plays = all.len() as f64;
        let average = |of: &dyn Fn(f64) -> f64| all.iter().map(|lost| of(*lost)).sum::<f64>() / plays;
        let mean = average(&|lost| lost);
        let variance = average(&|lost| (lost - mean).powi(2));
        let fourth = average(&|lost| (lost - mean).powi(4));
        let expected = forecast.map_or(0.0, Measure::mean);
        let expected_variance = forecast.map_or(0.0, Measure::variance);
        let error = (expected_variance / plays).sqrt();
        Self {
            plays,
            expected,
            mean,
            error: (variance / plays).sqrt(),
            expected_variance,
            variance,
            variance_error: ((fourth - variance * variance).max(0.0) / plays).sqrt(),
            lean: if error > 0.0 { (mean - expected) / error } else { 0.0 },
        }
    }

    /// Whether chance alone explains the difference.
    pub(super) fn agrees(&self) -> bool {
        (self.expected - self.mean).abs() <= 5.0 * self.error + 0.02
            && (self.expected_variance - self.variance).abs() <= 6.0 * self.variance_error + 0.5
    }

    /// Whether there was any harm to compare.
    pub(super) fn harms(&self) -> bool {
        self.expected > 0.0 || self.mean > 0.0
    }

    pub(super) fn told(&self, what: &str) -> String {
        format!(
            "{what}: forecast {:.2} with variance {:.2}, seen {:.2} ± {:.2} with {:.2} ± {:.2} in {} plays",
            self.expected,
            self.expected_variance,
            self.mean,
            self.error,
            self.variance,
            self.variance_error,
            self.plays
        )
    }
}

/// Comparisons that belong together.
#[derive(Default)]
pub(super) struct Comparisons {
    seen: Vec<Seen>,
    wrong: Vec<String>,
}

impl Comparisons {
    pub(super) fn add(&mut self, what: &str, seen: Seen) {
        if !seen.agrees() {
            self.wrong.push(seen.told(what));
        }
        self.seen.push(seen);
    }

    pub(super) fn count(&self) -> usize {
        self.seen.len()
    }

    /// All agree, one by one and together. Chance errs as often up as down: of many comparisons, each too coarse to tell, the
    /// sum shows a fault that all have, such as a critical hit that doubles nothing, or a bonus that is forgotten.
    pub(super) fn assert(&self, what: &str) {
        let all = self.seen.len();
        assert!(
            self.wrong.is_empty(),
            "{} of {all} {what} differ:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
        let lean = self.seen.iter().map(|seen| seen.lean).sum::<f64>() / (all as f64).sqrt();
        assert!(lean.abs() < 4.5, "the plays of all {what} lean by {lean:.2}");
    }
}

/// What happens after somebody has done it, for the harm that comes later.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Nothing,
    /// The turn ends, and everybody has another one.
    Turns,
    /// Everybody else has a turn.
    OthersTurns,
}

/// Something to be played many times.
pub(super) struct Trial<'t> {
    pub(super) stage: &'t Stage,
    pub(super) who: Handle,
    pub(super) intent: Intent,
    pub(super) aim: Aim<'t>,
    pub(super) target: Handle,
    pub(super) after: After,
    /// Tells the dice of this trial from those of others.
    pub(super) salt: u64,
}

impl Trial<'_> {
    /// Plays it so often; nothing, if it is refused.
    pub(super) fn play(&self, plays: u32) -> Option<Seen> {
        let Self { stage, who, intent, aim, .. } = *self;
        let forecast = stage.arena.forecast::<Spread, _>(&stage.field, who, intent, aim);
        let mut refused = false;
        let seen = repeat(self, plays, forecast.damage_to(self.target), |play| {
            refused |= match intent {
                Intent::Cast(spell, slot) => {
                    let spell = srd().spell(spell).expect("a spell of the content");
                    cast_somehow(play, who, spell, slot, aim).is_err()
                }
                _ => play.attempt(Attempt { who, intent, aim }).is_err(),
            };
        });
        (!refused).then_some(seen)
    }
}

/// Plays something so often, and compares what the target loses with what was forecast.
pub(super) fn repeat(
    trial: &Trial<'_>,
    plays: u32,
    forecast: Option<&Spread>,
    mut act: impl FnMut(&mut Plays<'_, Box<dyn FnMut(u32) -> u32>>),
) -> Seen {
    let Trial { stage, who, target, after, salt, .. } = *trial;
    let mut all = Vec::new();
    for seed in 0..plays {
        let (mut arena, mut field, mut events) = (stage.arena.clone(), stage.field.clone(), Vec::new());
        let mut dice: Box<dyn FnMut(u32) -> u32> =
            Box::new(luck((salt % 1_000_003) * u64::from(plays) + u64::from(seed) + 1));
        let mut play = Play::new(&mut arena, &mut field, &mut dice, &mut events);
        act(&mut play);
        if after == After::Turns {
            play.end_turn(who);
        }
        let others = stage.arena.creatures().map(|(next, _)| next).filter(|_| after != After::Nothing);
        for next in others.filter(|next| after == After::Turns || *next != who) {
            play.start_turn(next);
            play.end_turn(next);
        }
        let lost: i32 = events
            .iter()
            .map(|event| match event {
                Happening::Damaged { who, lost, .. } if *who == target => *lost,
                _ => 0,
            })
            .sum();
        all.push(f64::from(lost));
    }
    Seen::of(forecast, &all)
}

/// Casts a spell, however long that takes.
pub(super) fn cast_somehow(
    play: &mut Plays<'_, Box<dyn FnMut(u32) -> u32>>,
    who: Handle,
    spell: &Spell,
    slot: u8,
    aim: Aim<'_>,
) -> Result<(), Refusal> {
    match spell.casting {
        CastingTime::Minutes(_) => play.cast_at_leisure(who, (spell.id, slot), false, aim).map(|_| ()),
        _ => play.attempt(Attempt { who, intent: Intent::Cast(spell.id, slot), aim }),
    }
}

/// A number for a name.
pub(super) fn salt(name: &str) -> u64 {
    name.bytes().fold(7_u64, |salt, byte| salt.wrapping_mul(31).wrapping_add(u64::from(byte)))
}
