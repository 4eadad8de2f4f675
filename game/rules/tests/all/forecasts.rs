//! What is forecast is what happens on average: every attack and every damaging spell, played often.

use rules::combat::{Aim, Attempt, Handle, Happening, Intent, OpenField, Play, Spread, Ward};
use rules::content::srd;
use rules::language::expr::Measure;
use rules::language::{Effect, Event, Node, Target, Visit, walk};

use super::stage::Stage;

/// Plays of each spell.
const SPELL_PLAYS: u32 = 1_500;
/// Plays of each attack: there are a thousand of them.
const ATTACK_PLAYS: u32 = 500;

/// Dice of a simple generator: a test's luck must be the same each time.
fn luck(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |sides| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % sides + 1
    }
}

/// Steps whose harm comes later, or depends on what others do.
#[derive(Default)]
struct Later {
    damages: bool,
    later: bool,
}

impl Visit for Later {
    fn node(&mut self, _: &str, node: &Node) {
        self.damages |= matches!(node, Node::Damage(_) | Node::Attack(_));
        self.later |= matches!(
            node,
            Node::Zone(_) | Node::Wall(_) | Node::Summon(_) | Node::Transform(_) | Node::Contest(_)
        ) || matches!(node, Node::Select(select) if select.hp_pool.is_some())
            || matches!(node, Node::Area(area) if area.hp_pool.is_some())
            || matches!(node, Node::Kill | Node::Script(_) | Node::Cast(_));
    }

    fn effect(&mut self, _: &str, effect: &Effect) {
        // An effect with a name of its own marks who was reached, for the steps that follow.
        self.later |= !effect.triggers.is_empty() || !effect.modifiers.is_empty() || effect.id.is_some();
    }
}

/// What was forecast of the harm that a target takes, and what many plays showed.
struct Seen {
    plays: f64,
    expected: f64,
    mean: f64,
    /// How far the mean of so many plays is off by chance.
    error: f64,
    expected_variance: f64,
    variance: f64,
    variance_error: f64,
}

impl Seen {
    /// Whether chance alone explains the difference.
    fn agrees(&self) -> bool {
        (self.expected - self.mean).abs() <= 5.0 * self.error + 0.02
            && (self.expected_variance - self.variance).abs() <= 6.0 * self.variance_error + 0.5
    }

    /// By how many times the error of chance the plays showed more than was forecast.
    fn lean(&self) -> f64 {
        let error = (self.expected_variance / self.plays).sqrt();
        if error > 0.0 { (self.mean - self.expected) / error } else { 0.0 }
    }

    fn told(&self, what: &str) -> String {
        format!(
            "{what}: forecast {:.2} with variance {:.2}, seen {:.2} ± {:.2} with {:.2} ± {:.2}",
            self.expected, self.expected_variance, self.mean, self.error, self.variance, self.variance_error
        )
    }
}

/// Chance errs as often up as down. Of many comparisons, each too coarse to tell, the sum shows a fault that all have: a
/// critical hit that doubles nothing, a bonus that is forgotten.
fn all_together(seen: &[Seen]) -> f64 {
    seen.iter().map(Seen::lean).sum::<f64>() / (seen.len() as f64).sqrt()
}

/// Plays the same many times, each comparison with dice of its own.
fn compare(
    plays: u32,
    stage: &Stage,
    who: Handle,
    intent: Intent,
    aim: Aim<'_>,
    target: Handle,
    stays: bool,
) -> Option<Seen> {
    let forecast = stage.arena.forecast::<Spread, _>(&stage.field, who, intent, aim);
    let expected = forecast.damage_to(target).map_or(0.0, Measure::mean);
    let expected_variance = forecast.damage_to(target).map_or(0.0, Measure::variance);
    let own = format!("{:?}{intent:?}", stage.arena.get(who)?.sheet.id);
    let salt = own.bytes().fold(7_u64, |salt, byte| salt.wrapping_mul(31) + u64::from(byte));
    let mut all = Vec::new();
    for seed in 0..plays {
        let (mut arena, mut field, mut events) = (stage.arena.clone(), stage.field.clone(), Vec::new());
        let mut dice = luck((salt % 1_000_003) * u64::from(plays) + u64::from(seed) + 1);
        let mut play = Play::new(&mut arena, &mut field, &mut dice, &mut events);
        if play.attempt(Attempt { who, intent, aim }).is_err() {
            return None;
        }
        if stays {
            play.end_turn(who);
            play.start_turn(target);
            play.end_turn(target);
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
    let average = |of: &dyn Fn(f64) -> f64| all.iter().map(|lost| of(*lost)).sum::<f64>() / f64::from(plays);
    let mean = average(&|lost| lost);
    let variance = average(&|lost| (lost - mean).powi(2));
    let fourth = average(&|lost| (lost - mean).powi(4));
    Some(Seen {
        plays: f64::from(plays),
        expected,
        mean,
        error: (variance / f64::from(plays)).sqrt(),
        expected_variance,
        variance,
        variance_error: ((fourth - variance * variance).max(0.0) / f64::from(plays)).sqrt(),
    })
}

/// Enough hit points that nobody falls.
fn toughen(stage: &mut Stage, who: Handle) {
    let creature = stage.arena.get_mut(who).expect("the creature was just added");
    creature.sheet.hp_max = 100_000;
    creature.hp = 100_000;
}

/// Of three targets one is hardened against all damage, and one can't stand any.
fn guard(stage: &mut Stage, who: Handle, number: usize) {
    let ward = Ward { types: u16::MAX, unless: 0, only: 0 };
    let sheet = &mut stage.arena.get_mut(who).expect("the creature was just added").sheet;
    match number % 3 {
        1 => sheet.resist.push(ward),
        2 => sheet.vulnerable.push(ward),
        _ => {}
    }
}

#[test]
fn every_damaging_spell_does_what_is_forecast() {
    let (mut compared, mut wrong) = (Vec::new(), Vec::new());
    for spell in srd().spells() {
        let mut later = Later::default();
        walk(&mut later, "do", &spell.then);
        if !later.damages || later.later {
            continue;
        }
        let mut stage = Stage::new();
        let caster = stage.wizard(9, &[spell.id.as_str()], 1, 0);
        let target = stage.wizard(9, &[], 2, 5);
        let other = stage.wizard(9, &[], 2, 10);
        for who in [caster, target, other] {
            toughen(&mut stage, who);
        }
        guard(&mut stage, target, compared.len());
        stage.play(&[], |play| play.start_turn(caster));
        let slot = if spell.level == 0 { 0 } else { (spell.level + 1).min(9) };
        let aim = Aim { targets: &[target], point: Some(OpenField::point(5, 0)), ..Aim::default() };
        let Some(seen) =
            compare(SPELL_PLAYS, &stage, caster, Intent::Cast(spell.id, slot), aim, target, false)
        else {
            continue;
        };
        if !seen.agrees() {
            wrong.push(seen.told(spell.id.as_str()));
        }
        compared.push(seen);
    }
    assert!(compared.len() >= 20, "only {} spells were compared", compared.len());
    assert!(wrong.is_empty(), "{} of {} spells differ:\n{}", wrong.len(), compared.len(), wrong.join("\n"));
    let lean = all_together(&compared);
    assert!(lean.abs() < 4.5, "the plays of all spells lean by {lean:.2}");
}

#[test]
fn every_attack_of_a_monster_does_what_is_forecast() {
    let (mut compared, mut wrong) = (Vec::new(), Vec::new());
    for monster in srd().monsters() {
        for action in &monster.actions {
            let mut later = Later::default();
            walk(&mut later, "do", &action.then);
            if !later.damages || later.later || action.hidden {
                continue;
            }
            let mut stage = Stage::new();
            let who = stage.monster(monster.id.as_str(), 1, 0);
            let target = stage.wizard(5, &[], 2, 5);
            toughen(&mut stage, target);
            guard(&mut stage, target, compared.len());
            stage.play(&[], |play| play.start_turn(who));
            let aim = Aim { targets: &[target], point: Some(OpenField::point(5, 0)), ..Aim::default() };
            let Some(seen) = compare(ATTACK_PLAYS, &stage, who, Intent::Use(action.id), aim, target, false)
            else {
                continue;
            };
            if !seen.agrees() {
                wrong.push(seen.told(&format!("{}.{}", monster.id, action.id)));
            }
            compared.push(seen);
        }
    }
    assert!(compared.len() >= 500, "only {} attacks were compared", compared.len());
    assert!(wrong.is_empty(), "{} of {} attacks differ:\n{}", wrong.len(), compared.len(), wrong.join("\n"));
    let lean = all_together(&compared);
    assert!(lean.abs() < 4.5, "the plays of all attacks lean by {lean:.2}");
}

/// Zones whose harm comes as a turn in them begins or ends, and nothing else that a forecast leaves out.
#[derive(Default)]
struct Zones {
    harms: bool,
    other: bool,
}

impl Visit for Zones {
    fn node(&mut self, _: &str, node: &Node) {
        let plain = [Event::ZoneTurnStart, Event::ZoneTurnEnd];
        if let Node::Zone(zone) = node {
            let mut later = Later::default();
            zone.gives.triggers.iter().for_each(|trigger| walk(&mut later, "do", &trigger.then));
            self.harms |= later.damages
                && !later.later
                && zone.gives.triggers.iter().any(|trigger| plain.contains(&trigger.on));
        }
        self.other |= matches!(
            node,
            Node::Wall(_) | Node::Summon(_) | Node::Transform(_) | Node::Cast(_) | Node::Move(_) | Node::Kill
        );
    }
}

#[test]
fn every_zone_does_in_a_turn_what_is_forecast() {
    let (mut compared, mut wrong) = (Vec::new(), Vec::new());
    for spell in srd().spells() {
        let mut zones = Zones::default();
        walk(&mut zones, "do", &spell.then);
        if !zones.harms || zones.other {
            continue;
        }
        let mut stage = Stage::new();
        let caster = stage.wizard(9, &[spell.id.as_str()], 1, 0);
        // Far enough that the caster is not in its own clouds, and keeps its concentration.
        let east = if spell.target == Target::Point { 60 } else { 10 };
        let target = stage.wizard(9, &[], 2, east);
        for who in [caster, target] {
            toughen(&mut stage, who);
        }
        stage.play(&[], |play| play.start_turn(caster));
        let aim = Aim { targets: &[target], point: Some(OpenField::point(east, 0)), ..Aim::default() };
        let cast = Intent::Cast(spell.id, spell.level);
        let Some(seen) = compare(SPELL_PLAYS, &stage, caster, cast, aim, target, true) else { continue };
        if !seen.agrees() {
            wrong.push(seen.told(spell.id.as_str()));
        }
        compared.push(seen);
    }
    assert!(compared.len() >= 5, "only {} zones were compared", compared.len());
    assert!(wrong.is_empty(), "{} of {} zones differ:\n{}", wrong.len(), compared.len(), wrong.join("\n"));
    let lean = all_together(&compared);
    assert!(lean.abs() < 4.5, "the plays of all zones lean by {lean:.2}");
}
