//! What is forecast is what happens on average: every attack and every damaging spell, played often.

use rules::Ruleset;
use rules::character::Character;
use rules::combat::{Aim, Attempt, Handle, Intent, OpenField, Policy, Spread};
use rules::content::{Monster, Range, Spell, srd};
use rules::language::Action;
use rules::language::expr::Measure;
use rules::vocabulary::Size;

use super::harms::{Comes, Harms, cast_at, distance, guard, toughen};
use super::seen::{After, Comparisons, Seen, Trial, cast_somehow, luck, repeat, salt};
use super::stage::{Stage, id};

/// Plays of each spell.
const SPELL_PLAYS: u32 = 600;
/// Plays of each attack: there are a thousand of them.
const ATTACK_PLAYS: u32 = 300;
/// Characters whose weapons are tried.
const HEROES: u64 = 80;

/// Plays what a spell does as it is cast, at somebody or at its caster.
fn cast(spell: &Spell, harms: &Harms, choice: usize, number: usize) -> Option<Seen> {
    let east = distance(spell, harms);
    let (stage, who, target) = cast_at(spell, east, number);
    let slot = if spell.level == 0 { 0 } else { (spell.level + 1).min(9) };
    // A wall begins at its point, and stands across the way.
    let point = Some(OpenField::point(east, if harms.walls { -5 } else { 0 }));
    let aim = Aim { targets: &[target], point, choice: choice as u8, monster: None };
    let after = if harms.comes(Comes::NextTurn) { After::Turns } else { After::Nothing };
    let salt = salt(&format!("{}.{choice}", spell.id));
    let intent = Intent::Cast(spell.id, slot);
    let at_target = Trial { stage: &stage, who, intent, aim, target, after, salt };
    let at_caster = Trial { target: who, ..at_target };
    let seen = |trial: &Trial<'_>| trial.play(SPELL_PLAYS).filter(Seen::harms);
    seen(&at_target).or_else(|| seen(&at_caster))
}

#[test]
fn every_damaging_spell_does_what_is_forecast() {
    let mut all = Comparisons::default();
    let mut unseen = Vec::new();
    for spell in srd().spells() {
        let harms = Harms::of(&spell.then);
        if !harms.comes(Comes::Now) && !harms.comes(Comes::NextTurn) {
            continue;
        }
        let before = all.count();
        for choice in 0..harms.options.max(1) {
            let number = all.count();
            if let Some(seen) =
                cast(spell, &harms, choice, number).or_else(|| cast(spell, &harms, choice, number + 1))
            {
                all.add(&format!("{}, option {choice}", spell.id), seen);
            }
        }
        if all.count() == before {
            unseen.push(spell.id.as_str());
        }
    }
    // One is cast in answer to harm, and has a test of its own.
    assert_eq!(unseen, ["srd:hellish-rebuke"], "nothing of these could be compared");
    assert!(all.count() >= 80, "only {} spells were compared", all.count());
    all.assert("spells");
}

#[test]
fn every_action_that_a_spell_gives_does_what_is_forecast() {
    let mut all = Comparisons::default();
    let mut unseen: Vec<&str> = Vec::new();
    for spell in srd().spells() {
        let harms = Harms::of(&spell.then);
        if !harms.comes(Comes::ByAction) {
            continue;
        }
        let before = all.count();
        // As far as the spell reaches, or else as far as the action does.
        let far = (0..harms.options.max(1)).map(|choice| (choice, distance(spell, &harms), false));
        let near = (0..harms.options.max(1)).map(|choice| (choice, 5, true));
        for (choice, east, is_last_try) in far.chain(near) {
            if is_last_try && all.count() > before {
                break;
            }
            let (mut stage, who, target) = cast_at(spell, east, all.count());
            // Something else first, so that the action alone does harm.
            let first = if harms.comes(Comes::NextTurn) { 0 } else { choice };
            let point = Some(OpenField::point(east, 0));
            let aim = Aim { targets: &[target], point, choice: choice as u8, monster: None };
            if stage
                .play(&[], |play| {
                    cast_somehow(play, who, spell, spell.level, Aim { choice: first as u8, ..aim })
                })
                .is_err()
            {
                continue;
            }
            for (bearer, victim) in [(who, target), (target, who), (target, target)] {
                let mut stage = Stage { events: Vec::new(), ..stage.clone() };
                stage.play(&[], |play| play.start_turn(bearer));
                let Some(actions) = stage.arena.get(bearer).map(|own| own.actions.clone()) else { continue };
                for action in actions {
                    let harms = Harms::of(&action.then);
                    let trial = Trial {
                        stage: &stage,
                        who: bearer,
                        intent: Intent::Use(action.id),
                        aim: Aim { targets: &[victim], ..aim },
                        target: victim,
                        after: if harms.comes(Comes::NextTurn) { After::Turns } else { After::Nothing },
                        salt: salt(&format!("{}.{}.{choice}", spell.id, action.id)),
                    };
                    if let Some(seen) = trial.play(SPELL_PLAYS).filter(Seen::harms) {
                        all.add(&format!("{}: {}, option {choice}", spell.id, action.id), seen);
                    }
                }
            }
        }
        if all.count() == before {
            unseen.push(spell.id.as_str());
        }
    }
    assert!(unseen.is_empty(), "nothing of these could be compared: {unseen:?}");
    assert!(all.count() >= 25, "only {} actions were compared", all.count());
    all.assert("actions of spells");
}

/// What has happened before an attack: some can be made only at whoever is held already.
#[derive(Clone, Copy)]
enum Before<'m> {
    Nothing,
    /// Another action of the monster has hit, and taken hold.
    Hit(&'m Action),
    /// The monster has come a long way, and whom it attacks is held, afraid, charmed or out of its mind.
    Weak(&'static str),
    /// The monster has done the same before, so often.
    Often(&'m Action, u8),
    UnderWater,
}

/// A monster, and somebody whom it can harm.
fn beset(
    monster: &Monster,
    before: Before<'_>,
    is_legendary: bool,
    east: i32,
    number: usize,
) -> (Stage, Handle, Handle) {
    let mut stage = Stage::new();
    let who = stage.monster(monster.id.as_str(), 1, 0);
    let target = stage.wizard(5, &[], 2, east);
    toughen(&mut stage, target);
    guard(&mut stage, target, number);
    stage.play(&[], |play| play.start_turn(who));
    if let Before::Hit(action) = before {
        let aim = Aim { targets: &[target], point: Some(OpenField::point(5, 0)), ..Aim::default() };
        let high = [19, 1, 1, 1, 1, 1];
        let _ = stage.play(&high, |play| play.attempt(Attempt { who, intent: Intent::Use(action.id), aim }));
        stage.play(&[], |play| play.end_turn(who));
        stage.play(&[], |play| play.start_turn(who));
    }
    if let Before::Weak(condition) = before {
        stage.play(&[], |play| play.apply_condition(target, id(condition)));
        let creature = stage.arena.get_mut(who).expect("it was just added");
        creature.economy.moved = 20;
        stage.arena.get_mut(target).expect("it was just added").sheet.size = Size::Small;
    }
    if let Before::UnderWater = before {
        stage.play(&[], |play| play.apply_condition(who, id("srd:underwater")));
    }
    if let Before::Often(action, times) = before {
        for _ in 0..times {
            let _ = stage.play(&[20; 8], |play| {
                play.attempt(Attempt { who, intent: Intent::Use(action.id), aim: Aim::default() })
            });
            stage.play(&[], |play| play.end_turn(who));
            stage.play(&[], |play| play.start_turn(who));
        }
    }
    if is_legendary {
        stage.play(&[], |play| play.end_turn(who));
    }
    (stage, who, target)
}

#[test]
fn every_attack_of_a_monster_does_what_is_forecast() {
    let mut all = Comparisons::default();
    let (mut unseen, mut tries) = (Vec::new(), 0);
    for monster in srd().monsters() {
        let own = monster.actions.iter().map(|action| (action, false));
        let legendary = monster.legendary.iter().flat_map(|legendary| &legendary.actions);
        for (action, is_legendary) in own.chain(legendary.map(|action| (action, true))) {
            let harms = Harms::of(&action.then);
            let (east, south) = if harms.walls { (30, -5) } else { (5, 0) };
            let point = OpenField::point(east, south);
            if !harms.comes(Comes::Now) && !harms.comes(Comes::NextTurn) || action.hidden {
                continue;
            }
            let others = monster.actions.iter().filter(|other| other.id != action.id).map(Before::Hit);
            let weak = ["srd:restrained", "srd:grappled", "srd:frightened", "srd:charmed"].map(Before::Weak);
            let found = [Before::Nothing, Before::Nothing, Before::Often(action, 2), Before::UnderWater]
                .into_iter()
                .chain(others)
                .chain(weak)
                .any(|before| {
                    tries += 1;
                    let count = all.count();
                    for choice in 0..harms.options.max(1) {
                        let (stage, who, target) = beset(monster, before, is_legendary, east, tries);
                        let trial = Trial {
                            stage: &stage,
                            who,
                            intent: Intent::Use(action.id),
                            aim: Aim {
                                targets: &[target],
                                point: Some(point),
                                choice: choice as u8,
                                monster: None,
                            },
                            target,
                            after: match (harms.comes(Comes::NextTurn), is_legendary) {
                                (false, _) => After::Nothing,
                                (true, false) => After::Turns,
                                (true, true) => After::OthersTurns,
                            },
                            salt: salt(&format!("{}.{}.{choice}", monster.id, action.id)),
                        };
                        if let Some(seen) = trial.play(ATTACK_PLAYS).filter(Seen::harms) {
                            all.add(&format!("{}.{}, option {choice}", monster.id, action.id), seen);
                        }
                    }
                    all.count() > count
                });
            if !found {
                unseen.push(format!("{}.{}", monster.id, action.id));
            }
        }
    }
    assert!(unseen.is_empty(), "nothing of these could be compared: {unseen:?}");
    assert!(all.count() >= 660, "only {} attacks were compared", all.count());
    all.assert("attacks");
}

#[test]
fn the_weapons_of_characters_do_what_is_forecast() {
    let mut all = Comparisons::default();
    for seed in 0..HEROES {
        let level = (seed % 20 + 1) as u8;
        let hero =
            Character::random(level, srd(), &Ruleset::SRD_5_1, luck(seed + 1)).expect("choices by chance");
        let mut stage = Stage::new();
        let who = stage.arena.add_character(&hero, 1);
        stage.field.put(who, 0, 0);
        let target = stage.wizard(9, &[], 2, 5);
        for who in [who, target] {
            toughen(&mut stage, who);
        }
        guard(&mut stage, target, all.count());
        // What it could spend on a hit is its choice.
        stage.arena.get_mut(who).expect("it was just added").policy = Policy::Never;
        stage.play(&[], |play| play.start_turn(who));
        let weapons = stage.arena.get(who).map_or(0, |own| own.weapons.len()) as u8;
        for weapon in (0..weapons).map(Some).chain([None]) {
            let trial = Trial {
                stage: &stage,
                who,
                intent: Intent::Attack(weapon),
                aim: Aim { targets: &[target], ..Aim::default() },
                target,
                after: After::Nothing,
                salt: seed * 10 + weapon.map_or(0, |number| u64::from(number) + 1),
            };
            let Some(seen) = trial.play(ATTACK_PLAYS) else { continue };
            let item = weapon.and_then(|number| stage.arena.get(who)?.weapons[usize::from(number)].item);
            let class = hero.levels[0].class;
            all.add(&format!("{item:?} of {class} {level} by seed {seed}"), seen);
        }
    }
    assert!(all.count() >= 150, "only {} weapons were compared", all.count());
    all.assert("weapons");
}

/// Where the middle of a spell is, so many feet from its caster.
fn place_of(spell: &Spell) -> i32 {
    match spell.range {
        Range::Own => 10,
        Range::Touch => 5,
        Range::Feet(feet) => feet.min(60) as i32,
        Range::Sight | Range::Unlimited => 60,
    }
}

/// A spell that lies where it was laid, on whom it was laid, and somebody far off.
fn after_casting(spell: &Spell, choice: usize, at_self: bool) -> Option<(Stage, Handle, Handle)> {
    let (mut stage, who, target) = cast_at(spell, 10, choice);
    let victim = if at_self { who } else { target };
    let point = Some(OpenField::point(place_of(spell), 0));
    let aim = Aim { targets: &[victim], point, choice: choice as u8, monster: None };
    // Nobody withstands it.
    let cast = stage.play(&[1; 8], |play| cast_somehow(play, who, spell, spell.level, aim));
    cast.is_ok().then_some((stage, who, target))
}

#[test]
fn whoever_comes_into_a_spell_suffers_what_is_forecast() {
    let mut all = Comparisons::default();
    let mut unseen = Vec::new();
    for spell in srd().spells() {
        let harms = Harms::of(&spell.then);
        if !harms.comes(Comes::ToComers) {
            continue;
        }
        let before = all.count();
        for choice in 0..harms.options.max(1) {
            let Some((mut stage, who, target)) = after_casting(spell, choice, false) else { continue };
            for comer in [target, stage.monster("srd:ghoul", 2, 1_000)] {
                toughen(&mut stage, comer);
                stage.field.put(comer, 1_000, 0);
                stage.play(&[], |play| play.moved(comer));
                let mut arrived = stage.clone();
                // Into the wall, or into the middle of the place.
                let (east, south) = (place_of(spell), if harms.walls { 10 } else { 0 });
                arrived.field.put(comer, east, south);
                let mut forecast = Spread::exactly(0);
                for number in 0..8 {
                    let entering = stage.arena.forecast_entering::<Spread, _>(&arrived.field, comer, number);
                    forecast = entering.damage_to(comer).map_or(forecast.clone(), |harm| forecast.plus(harm));
                }
                let trial = Trial {
                    stage: &stage,
                    who,
                    intent: Intent::Dodge,
                    aim: Aim::default(),
                    target: comer,
                    after: if harms.nested { After::Turns } else { After::Nothing },
                    salt: salt(&format!("{}.{choice}", spell.id)),
                };
                let seen = repeat(&trial, SPELL_PLAYS, Some(&forecast), |play| {
                    play.space.put(comer, east, south);
                    play.moved(comer);
                });
                if seen.harms() {
                    all.add(&format!("{}, option {choice}", spell.id), seen);
                }
            }
        }
        if all.count() == before {
            unseen.push(spell.id.as_str());
        }
    }
    assert!(unseen.is_empty(), "nothing of these could be compared: {unseen:?}");
    assert!(all.count() >= 40, "only {} places were compared", all.count());
    all.assert("places");
}

#[test]
fn spells_that_harm_with_hits_or_in_return_do_what_is_forecast() {
    let mut all = Comparisons::default();
    let mut unseen = Vec::new();
    for spell in srd().spells() {
        let harms = Harms::of(&spell.then);
        let (with_hits, in_return) = (harms.comes(Comes::WithHits), harms.comes(Comes::ToHitters));
        if !with_hits && !in_return {
            continue;
        }
        let before = all.count();
        for (choice, at_self) in
            (0..harms.options.max(1)).flat_map(|choice| [(choice, false), (choice, true)])
        {
            let Some((mut stage, who, target)) = after_casting(spell, choice, at_self) else { continue };
            stage.field.put(target, 5, 0);
            let (attacker, other) = if with_hits || !at_self { (who, target) } else { (target, who) };
            stage.play(&[], |play| play.end_turn(who));
            stage.play(&[], |play| play.start_turn(attacker));
            for victim in [attacker, other] {
                let trial = Trial {
                    stage: &stage,
                    who: attacker,
                    intent: Intent::Attack(None),
                    aim: Aim { targets: &[other], ..Aim::default() },
                    target: victim,
                    after: After::Nothing,
                    salt: salt(&format!("{}.{choice}.{at_self}", spell.id)),
                };
                if let Some(seen) = trial.play(SPELL_PLAYS).filter(Seen::harms) {
                    all.add(&format!("{}, option {choice}, at oneself: {at_self}", spell.id), seen);
                }
            }
        }
        if all.count() == before {
            unseen.push(spell.id.as_str());
        }
    }
    assert!(unseen.is_empty(), "nothing of these could be compared: {unseen:?}");
    assert!(all.count() >= 15, "only {} hits were compared", all.count());
    all.assert("hits");
}

/// A fireball hurts, and so does whoever is hurt by it and can answer.
#[test]
fn a_spell_in_answer_to_harm_does_what_is_forecast() {
    let (answer, bolt) = (id("srd:hellish-rebuke"), id("srd:magic-missile"));
    let mut stage = Stage::new();
    let answering = stage.wizard(9, &[answer.as_str()], 1, 0);
    let target = stage.wizard(9, &[bolt.as_str()], 2, 30);
    for who in [answering, target] {
        toughen(&mut stage, who);
    }
    stage.play(&[], |play| play.start_turn(answering));
    stage.play(&[], |play| play.end_turn(answering));
    stage.play(&[], |play| play.start_turn(target));
    let at = |who: Handle| [who];
    let (answers_at, casts_at) = (at(target), at(answering));
    let forecast = stage.arena.forecast::<Spread, _>(
        &stage.field,
        answering,
        Intent::Cast(answer, 1),
        Aim { targets: &answers_at, ..Aim::default() },
    );
    let trial = Trial {
        stage: &stage,
        who: target,
        intent: Intent::Cast(bolt, 1),
        aim: Aim { targets: &casts_at, ..Aim::default() },
        target,
        after: After::Nothing,
        salt: salt("rebuke"),
    };
    let seen = repeat(&trial, SPELL_PLAYS, forecast.damage_to(target), |play| {
        play.attempt(Attempt { who: target, intent: trial.intent, aim: trial.aim }).expect("it can be cast");
    });
    assert!(seen.harms() && seen.agrees(), "{}", seen.told("hellish rebuke"));
}

/// Harm that comes only when something else happens is no part of what an intent does, and so of no forecast: these have nothing
/// but that.
#[test]
fn few_spells_harm_in_a_way_that_no_forecast_knows() {
    let other = srd().spells().iter().filter(|spell| {
        let harms = Harms::of(&spell.then);
        harms.comes(Comes::Otherwise) && harms.found.len() == 1
    });
    let other: Vec<&str> = other.map(|spell| spell.id.as_str()).collect();
    assert_eq!(other, ["srd:delayed-blast-fireball", "srd:warding-bond"]);
}
