//! Spells of many moving parts, played through: hands that break, beads that fly, turns outside of time.

use rules::combat::{Aim, Attempt, Handle, Happening, Intent, Life, OpenField, Refusal};
use rules::content::srd;

use super::stage::{Stage, id};

fn at(east: i32) -> Aim<'static> {
    Aim { point: Some(OpenField::point(east, 0)), ..Aim::default() }
}

/// A caster, and somebody of the other side so many feet away.
fn scene(spells: &[&str], feet: i32) -> (Stage, Handle, Handle) {
    let mut stage = Stage::new();
    let caster = stage.wizard(17, spells, 1, 0);
    let victim = stage.wizard(5, &[], 2, feet);
    (stage, caster, victim)
}

impl Stage {
    /// One thing more in the turn that runs.
    fn then(&mut self, who: Handle, intent: Intent, aim: Aim<'_>, dice: &[u32]) -> Result<(), Refusal> {
        self.play(dice, |play| play.attempt(Attempt { who, intent, aim }))
    }

    fn stock(&self, who: Handle, name: &str) -> i32 {
        self.arena.get(who).map_or(0, |creature| creature.stock(id(name)))
    }
}

#[test]
fn things_of_several_sizes_wake_as_far_as_the_spell_goes() {
    let (mut stage, caster, _) = scene(&["srd:animate-objects"], 60);
    let count = |stage: &Stage| stage.arena.creatures().count();
    let several = Aim { choice: 5, ..at(10) };
    stage.aimed(caster, Intent::Cast(id("srd:animate-objects"), 5), several, &[]).unwrap();
    let wake = |size: &str| Intent::Use(id(&format!("wake-{size}-thing")));
    stage.then(caster, wake("huge"), at(10), &[]).unwrap();
    stage.then(caster, wake("tiny"), at(15), &[]).unwrap();
    assert_eq!(stage.then(caster, wake("medium"), at(10), &[]), Err(Refusal::Spent), "eight and one of ten");
    stage.then(caster, wake("small"), at(10), &[]).unwrap();
    assert_eq!(count(&stage), 2 + 3);
    stage.end_turn(caster, &[]);
    assert!(stage.turn(caster, wake("tiny"), &[], &[]).is_err(), "all of them wake at once");
    stage.then(caster, Intent::EndConcentration, Aim::default(), &[]).unwrap();
    assert_eq!(count(&stage), 2);
}

#[test]
fn a_hand_of_force_pushes_by_a_roll_of_its_own() {
    let (mut stage, caster, victim) = scene(&["srd:arcane-hand"], 30);
    stage.aimed(caster, Intent::Cast(id("srd:arcane-hand"), 5), at(30), &[]).unwrap();
    let push = Intent::Use(id("forceful-hand"));
    let targets = [victim];
    let aim = Aim { targets: &targets, ..Aim::default() };
    // The better of 5 and 10 for the hand, and 8; 18 withstands it.
    stage.then(caster, push, aim, &[5, 10, 18]).unwrap();
    let moved = |stage: &Stage| {
        stage.events.iter().any(|event| matches!(event, Happening::Moved { who, .. } if *who == victim))
    };
    assert!(!moved(&stage));
    stage.turn(caster, push, &[victim], &[5, 11, 18]).unwrap();
    assert!(moved(&stage), "19 is more than 18");
}

#[test]
fn a_hand_of_force_can_be_broken() {
    let (mut stage, caster, victim) = scene(&["srd:arcane-hand"], 30);
    stage.arena.get_mut(caster).unwrap().sheet.hp_max = 2;
    stage.aimed(caster, Intent::Cast(id("srd:arcane-hand"), 5), at(30), &[]).unwrap();
    let strike = Intent::Sever(None);
    assert!(stage.aimed(caster, strike, at(30), &[]).is_err(), "30 feet are too far for a fist");
    for (roll, holds) in [(16, true), (17, true), (17, false)] {
        stage.aimed(victim, strike, at(30), &[roll]).unwrap();
        let concentrates = stage.arena.get(caster).unwrap().concentration.is_some();
        assert_eq!(concentrates, holds, "armour class 20, as many hit points as its caster");
    }
    assert!(stage.turn(caster, Intent::Use(id("clenched-fist")), &[victim], &[]).is_err());
}

#[test]
fn turns_outside_of_time_follow_each_other_until_they_touch_somebody() {
    let spells = ["srd:time-stop", "srd:magic-missile", "srd:shield-of-faith", "srd:blur"];
    let (mut stage, caster, victim) = scene(&spells, 30);
    let next = Intent::Use(id("next-turn"));
    stage.turn(caster, Intent::Cast(id("srd:time-stop"), 9), &[], &[3]).unwrap();
    assert_eq!(stage.stock(caster, "srd:stopped-turns"), 4);
    stage.then(caster, next, Aim::default(), &[]).unwrap();
    stage.then(caster, Intent::Cast(id("srd:blur"), 2), Aim::default(), &[]).unwrap();
    assert!(stage.then(caster, Intent::Dodge, Aim::default(), &[]).is_err(), "the turn's action is spent");
    stage.then(caster, next, Aim::default(), &[]).unwrap();
    assert_eq!(stage.stock(caster, "srd:stopped-turns"), 2);
    let targets = [victim; 3];
    let aim = Aim { targets: &targets, ..Aim::default() };
    stage.then(caster, Intent::Cast(id("srd:magic-missile"), 1), aim, &[]).unwrap();
    assert!(stage.hp(victim) < 40);
    assert!(stage.then(caster, next, Aim::default(), &[]).is_err(), "time flows again");
}

#[test]
fn turns_outside_of_time_end_when_they_are_used_up_or_let_go() {
    let (mut stage, caster, _) = scene(&["srd:time-stop"], 30);
    let next = Intent::Use(id("next-turn"));
    stage.turn(caster, Intent::Cast(id("srd:time-stop"), 9), &[], &[1]).unwrap();
    stage.then(caster, next, Aim::default(), &[]).unwrap();
    stage.then(caster, next, Aim::default(), &[]).unwrap();
    assert_eq!(stage.then(caster, next, Aim::default(), &[]), Err(Refusal::Spent));
    stage.end_turn(caster, &[]);
    assert_eq!(stage.arena.effects_on(caster).count(), 0);
    stage.arena.get_mut(caster).unwrap().book.slots[9] = 1;
    stage.turn(caster, Intent::Cast(id("srd:time-stop"), 9), &[], &[4]).unwrap();
    stage.end_turn(caster, &[]);
    assert!(stage.turn(caster, next, &[], &[]).is_err(), "what was not taken in a row is lost");
}

#[test]
fn a_glowing_bead_can_be_thrown_back() {
    let (mut stage, caster, victim) = scene(&["srd:delayed-blast-fireball"], 60);
    let friend = stage.wizard(5, &[], 1, 10);
    stage.aimed(caster, Intent::Cast(id("srd:delayed-blast-fireball"), 7), at(60), &[]).unwrap();
    let throw = Intent::Use(id("throw-bead"));
    assert!(stage.aimed(friend, throw, at(20), &[]).is_err(), "it is out of reach");
    stage.aimed(victim, throw, at(25), &[19]).unwrap();
    assert_eq!((stage.hp(friend), stage.hp(victim)), (40, 40), "nobody stands where it comes down");
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    assert_eq!(stage.hp(victim), 40, "35 feet away from it");
    assert!(stage.hp(friend) < 40);
}

#[test]
fn a_glowing_bead_bursts_where_it_strikes_somebody_or_is_handled_badly() {
    for (roll, to) in [(19, 30), (2, 45)] {
        let (mut stage, caster, victim) = scene(&["srd:delayed-blast-fireball"], 60);
        let friend = stage.wizard(5, &[], 1, 30);
        stage.aimed(caster, Intent::Cast(id("srd:delayed-blast-fireball"), 7), at(60), &[]).unwrap();
        stage.aimed(victim, Intent::Use(id("throw-bead")), at(to), &[roll]).unwrap();
        let struck = if roll == 19 { friend } else { victim };
        let other = if roll == 19 { victim } else { friend };
        assert!(stage.hp(struck) < 40);
        assert_eq!((stage.hp(other), stage.arena.get(other).unwrap().life), (40, Life::Alive));
        assert!(stage.arena.get(caster).unwrap().concentration.is_none());
    }
}

#[test]
fn an_empowered_spell_throws_as_many_dice_again_as_charisma_allows() {
    let (mut stage, caster, victim) = scene(&["srd:burning-hands"], 10);
    for name in ["srd:font-of-magic", "srd:metamagic-empowered-spell"] {
        stage.arena.add_feature(caster, srd().feature(id(name)).expect("the feature is in the content"), 9);
    }
    stage.turn(caster, Intent::Use(id("empowered-spell")), &[], &[]).unwrap();
    // A failed save; 1 becomes 6, and the other two stay.
    let burn = Intent::Cast(id("srd:burning-hands"), 1);
    stage.then(caster, burn, at(10), &[2, 1, 6, 1, 2]).unwrap();
    assert_eq!(stage.hp(victim), 40 - 9);
}

#[test]
fn a_blow_that_misses_the_hunter_falls_on_the_next_enemy() {
    let mut stage = Stage::new();
    let hunter = stage.wizard(15, &[], 1, 0);
    let feature = srd().feature(id("srd:stand-against-the-tide")).expect("the feature is in the content");
    stage.arena.add_feature(hunter, feature, 15);
    let (attacker, other) = (stage.monster("srd:ghoul", 2, 5), stage.monster("srd:ghoul", 2, 10));
    let bite = Intent::Use(id("bite"));
    stage.turn(attacker, bite, &[hunter], &[2, 19, 3, 3]).unwrap();
    assert_eq!((stage.hp(hunter), stage.hp(other)), (40, 22 - 8));
    stage.turn(attacker, bite, &[hunter], &[2, 19, 3, 3]).unwrap();
    assert_eq!(stage.hp(other), 22 - 8, "a reaction once a round");
}
