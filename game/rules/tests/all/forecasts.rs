//! What is forecast is what happens on average: every attack and every damaging spell, played often.

use rules::combat::{Aim, Attempt, Handle, Happening, Intent, OpenField, Play, Spread};
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

/// Mean and spread of what a target loses in many plays, and what was forecast.
fn compare(
    plays: u32,
    stage: &Stage,
    who: Handle,
    intent: Intent,
    aim: Aim<'_>,
    target: Handle,
    stays: bool,
) -> Option<(f64, f64, f64)> {
    let forecast = stage.arena.forecast::<Spread, _>(&stage.field, who, intent, aim);
    let expected = forecast.damage_to(target).map_or(0.0, Measure::mean);
    let (mut sum, mut squares) = (0.0, 0.0);
    for seed in 0..plays {
        let (mut arena, mut field, mut events) = (stage.arena.clone(), stage.field.clone(), Vec::new());
        let mut dice = luck(u64::from(seed) + 1);
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
        sum += f64::from(lost);
        squares += f64::from(lost) * f64::from(lost);
    }
    let mean = sum / f64::from(plays);
    let variance = (squares / f64::from(plays) - mean * mean).max(0.0);
    Some((expected, mean, (variance / f64::from(plays)).sqrt()))
}

fn agrees((expected, mean, error): (f64, f64, f64)) -> bool {
    (expected - mean).abs() <= 5.0 * error + 0.02
}

/// Enough hit points that nobody falls.
fn toughen(stage: &mut Stage, who: Handle) {
    let creature = stage.arena.get_mut(who).expect("the creature was just added");
    creature.sheet.hp_max = 100_000;
    creature.hp = 100_000;
}

#[test]
fn every_damaging_spell_does_what_is_forecast() {
    let (mut compared, mut wrong) = (0, Vec::new());
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
        stage.play(&[], |play| play.start_turn(caster));
        let slot = if spell.level == 0 { 0 } else { (spell.level + 1).min(9) };
        let aim = Aim { targets: &[target], point: Some(OpenField::point(5, 0)), ..Aim::default() };
        let Some(seen) =
            compare(SPELL_PLAYS, &stage, caster, Intent::Cast(spell.id, slot), aim, target, false)
        else {
            continue;
        };
        compared += 1;
        if !agrees(seen) {
            wrong.push(format!("{}: forecast {:.2}, seen {:.2} ± {:.2}", spell.id, seen.0, seen.1, seen.2));
        }
    }
    assert!(compared >= 20, "only {compared} spells were compared");
    assert!(wrong.is_empty(), "{} of {compared} spells differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_attack_of_a_monster_does_what_is_forecast() {
    let (mut compared, mut wrong) = (0, Vec::new());
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
            stage.play(&[], |play| play.start_turn(who));
            let aim = Aim { targets: &[target], point: Some(OpenField::point(5, 0)), ..Aim::default() };
            let Some(seen) = compare(ATTACK_PLAYS, &stage, who, Intent::Use(action.id), aim, target, false)
            else {
                continue;
            };
            compared += 1;
            if !agrees(seen) {
                wrong.push(format!(
                    "{}.{}: forecast {:.2}, seen {:.2} ± {:.2}",
                    monster.id, action.id, seen.0, seen.1, seen.2
                ));
            }
        }
    }
    assert!(compared >= 500, "only {compared} attacks were compared");
    assert!(wrong.is_empty(), "{} of {compared} attacks differ:\n{}", wrong.len(), wrong.join("\n"));
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
    let (mut compared, mut wrong) = (0, Vec::new());
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
        compared += 1;
        if !agrees(seen) {
            wrong.push(format!("{}: forecast {:.2}, seen {:.2} ± {:.2}", spell.id, seen.0, seen.1, seen.2));
        }
    }
    assert!(compared >= 5, "only {compared} zones were compared");
    assert!(wrong.is_empty(), "{} of {compared} zones differ:\n{}", wrong.len(), wrong.join("\n"));
}
