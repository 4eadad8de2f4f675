//! What weapons are like in awkward hands and places.

use rules::Ability;
use rules::combat::{Aim, Attempt, Handle, Happening, Intent, Outcome, Refusal, RollParts};
use rules::{RollMode, vocabulary::Size};

use super::hero::{Hero, begin, post};
use super::stage::{Stage, id};

/// The roll of the last attack, and how it came out.
fn last_attack(stage: &Stage) -> (RollParts, Outcome) {
    let attack = stage.events.iter().rev().find_map(|event| match event {
        Happening::Attacked { roll, outcome, .. } => Some((*roll, *outcome)),
        _ => None,
    });
    attack.expect("somebody attacked")
}

fn shoot(stage: &mut Stage, who: Handle, target: Handle, dice: &[u32]) -> Result<(), Refusal> {
    let aim = Aim { targets: &[target], ..Aim::default() };
    stage.play(dice, |play| play.attempt(Attempt { who, intent: Intent::Attack(Some(0)), aim }))
}

fn fighter(weapon: &str) -> Hero {
    Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Dexterity]).wielding(&[weapon])
}

/// How a fighter's weapon is rolled with, at somebody so far away.
fn mode_of(weapon: &str, east: i32, change: impl FnOnce(&mut Stage, Handle)) -> (RollMode, Outcome) {
    let mut stage = Stage::new();
    let who = fighter(weapon).enters(&mut stage, 0);
    let target = post(&mut stage, east);
    change(&mut stage, who);
    begin(&mut stage, who);
    shoot(&mut stage, who, target, &[17, 17]).expect("it is in range");
    let (roll, outcome) = last_attack(&stage);
    (roll.mode, outcome)
}

#[test]
fn small_hands_are_bad_with_heavy_weapons_and_a_lance_is_bad_at_close_quarters() {
    let small = |stage: &mut Stage, who: Handle| {
        stage.arena.get_mut(who).unwrap().sheet.size = Size::Small;
    };
    assert_eq!(mode_of("srd:greataxe", 5, small).0, RollMode::Disadvantage);
    assert_eq!(mode_of("srd:longsword", 5, small).0, RollMode::Normal);
    assert_eq!(mode_of("srd:greataxe", 5, |_, _| {}).0, RollMode::Normal);
    assert_eq!(mode_of("srd:lance", 5, |_, _| {}).0, RollMode::Disadvantage);
    assert_eq!(mode_of("srd:lance", 10, |_, _| {}).0, RollMode::Normal);
}

#[test]
fn under_water_only_some_weapons_strike_true_and_none_flies_far() {
    let submerged = |stage: &mut Stage, who: Handle| {
        stage.play(&[], |play| play.apply_condition(who, id("srd:underwater")));
    };
    assert_eq!(mode_of("srd:longsword", 5, submerged).0, RollMode::Disadvantage);
    assert_eq!(mode_of("srd:trident", 5, submerged).0, RollMode::Normal);
    assert_eq!(mode_of("srd:longbow", 60, submerged), (RollMode::Disadvantage, Outcome::Hit));
    assert_eq!(mode_of("srd:crossbow-light", 60, submerged), (RollMode::Normal, Outcome::Hit));
    assert_eq!(mode_of("srd:crossbow-light", 100, submerged).1, Outcome::Miss);
    assert_eq!(mode_of("srd:crossbow-light", 100, |_, _| {}).1, Outcome::Hit);
}

#[test]
fn what_takes_time_to_load_shoots_once_with_an_action() {
    let mut stage = Stage::new();
    let who = fighter("srd:crossbow-light").enters(&mut stage, 0);
    let target = post(&mut stage, 30);
    begin(&mut stage, who);
    shoot(&mut stage, who, target, &[15]).expect("it is loaded");
    assert_eq!(shoot(&mut stage, who, target, &[15]), Err(Refusal::NotLoaded));
    begin(&mut stage, who);
    shoot(&mut stage, who, target, &[15]).expect("it is loaded again");
    let mut stage = Stage::new();
    let who = fighter("srd:longbow").enters(&mut stage, 0);
    let target = post(&mut stage, 30);
    begin(&mut stage, who);
    for _ in 0..2 {
        shoot(&mut stage, who, target, &[15]).expect("a bow needs no loading");
    }
}

#[test]
fn attacks_that_something_makes_fail_never_hit() {
    let mut stage = Stage::new();
    let caster = stage.wizard(9, &["srd:resilient-sphere"], 1, 0);
    let target = stage.wizard(9, &[], 2, 5);
    let ghoul = stage.monster("srd:ghoul", 1, 10);
    stage.turn(caster, Intent::Cast(id("srd:resilient-sphere"), 4), &[target], &[1]).unwrap();
    stage.end_turn(caster, &[]);
    let _ = stage.turn(ghoul, Intent::Use(id("bite")), &[target], &[20]);
    assert_eq!(stage.hp(target), 40, "nothing gets through the sphere");
}

#[test]
fn a_swarm_bites_whoever_is_beside_it() {
    let mut stage = Stage::new();
    let swarm = stage.monster("srd:swarm-of-rats", 1, 0);
    let target = stage.wizard(9, &[], 2, 5);
    stage.turn(swarm, Intent::Use(id("bites")), &[target], &[15]).unwrap();
    assert_eq!(last_attack(&stage).1, Outcome::Hit);
}
