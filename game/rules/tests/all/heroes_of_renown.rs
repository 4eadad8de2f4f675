//! What heroes of higher levels can do.

use rules::Ability::{Charisma, Constitution, Dexterity, Intelligence, Strength, Wisdom};
use rules::combat::{Aim, Attempt, Handle, Intent, OpenField, Policy};

use super::hero::{Hero, act, attack, begin, post};
use super::stage::{Stage, id};

fn cast(stage: &mut Stage, who: Handle, spell: &str, slot: u8, targets: &[Handle], dice: &[u32]) {
    stage
        .play(dice, |play| {
            let intent = Intent::Cast(id(spell), slot);
            play.attempt(Attempt { who, intent, aim: Aim { targets, ..Aim::default() } })
        })
        .expect("the spell is allowed");
}

fn lies_on(stage: &Stage, who: Handle, effect: &str) -> bool {
    stage.arena.effects_on(who).any(|(_, lasting)| lasting.id == id(effect) && !lasting.innate)
}

fn wounded(stage: &mut Stage, who: Handle, hp: i32) {
    stage.arena.get_mut(who).expect("it is there").hp = hp;
}

#[test]
fn a_monk_catches_a_bolt_and_falls_softly() {
    let mut stage = Stage::new();
    let monk = Hero::of("srd:monk", 6, [Dexterity, Wisdom]).enters(&mut stage, 0);
    let archer = Hero::of("srd:fighter", 1, [Dexterity, Constitution]).wielding(&["srd:longbow"]);
    let archer = archer.enters(&mut stage, 30);
    stage.arena.get_mut(archer).unwrap().side = 2;
    let before = stage.hp(monk);
    begin(&mut stage, archer);
    // 8 + 3 of the bow; the monk takes off a d10 and 9.
    attack(&mut stage, archer, monk, &[19, 8, 2]);
    assert_eq!(stage.hp(monk), before);
    stage.arena.get_mut(monk).unwrap().economy.reactions = 1;
    stage.play(&[6, 6, 6], |play| play.fall(monk, 30));
    assert_eq!(stage.hp(monk), before, "18 less 30");
}

#[test]
fn a_life_cleric_heals_better_and_is_healed_along() {
    let mut stage = Stage::new();
    let spells = ["srd:cure-wounds"];
    let cleric = Hero::of("srd:cleric", 6, [Wisdom, Constitution]).knowing(&spells).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 9, [Strength, Constitution]).enters(&mut stage, 5);
    wounded(&mut stage, cleric, 10);
    wounded(&mut stage, friend, 10);
    begin(&mut stage, cleric);
    cast(&mut stage, cleric, "srd:cure-wounds", 1, &[friend], &[5]);
    // A d8, Wisdom's 3, and 3 of the domain; the cleric gets 3.
    assert_eq!((stage.hp(friend), stage.hp(cleric)), (10 + 5 + 3 + 3, 13));
}

#[test]
fn preserved_lives_share_one_pool() {
    let mut stage = Stage::new();
    let cleric = Hero::of("srd:cleric", 2, [Wisdom, Constitution]).enters(&mut stage, 0);
    let one = Hero::of("srd:fighter", 5, [Strength, Constitution]).enters(&mut stage, 5);
    let two = Hero::of("srd:fighter", 5, [Strength, Constitution]).enters(&mut stage, 10);
    let half = stage.hp(one) / 2;
    wounded(&mut stage, one, half - 7);
    wounded(&mut stage, two, half - 7);
    begin(&mut stage, cleric);
    act(&mut stage, cleric, "preserve-life", &[], &[]).unwrap();
    assert_eq!(stage.hp(one) + stage.hp(two), 2 * half - 14 + 10, "ten points between them");
    assert!(stage.hp(one) <= half && stage.hp(two) <= half);
}

#[test]
fn supreme_healing_needs_no_dice() {
    let mut stage = Stage::new();
    let cleric = Hero::of("srd:cleric", 17, [Wisdom, Constitution]).knowing(&["srd:cure-wounds"]);
    let cleric = cleric.enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 9, [Strength, Constitution]).enters(&mut stage, 5);
    wounded(&mut stage, friend, 10);
    begin(&mut stage, cleric);
    cast(&mut stage, cleric, "srd:cure-wounds", 1, &[friend], &[1]);
    assert_eq!(stage.hp(friend), 10 + 8 + 3 + 3);
}

#[test]
fn nothing_gives_an_advantage_against_the_elusive() {
    let mut stage = Stage::new();
    let rogue = Hero::of("srd:rogue", 18, [Dexterity, Charisma]).enters(&mut stage, 0);
    stage.arena.get_mut(rogue).unwrap().policy = Policy::Never;
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    stage.turn(rogue, Intent::DropProne, &[], &[]).unwrap();
    let before = stage.hp(rogue);
    // With advantage the 20 would hit.
    stage.turn(ghoul, Intent::Use(id("bite")), &[rogue], &[2, 20]).unwrap();
    assert_eq!(stage.hp(rogue), before);
}

#[test]
fn a_barbarian_too_angry_to_fall_gets_up_again_for_a_while() {
    let mut stage = Stage::new();
    let barbarian = Hero::of("srd:barbarian", 11, [Strength, Constitution]).enters(&mut stage, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    begin(&mut stage, barbarian);
    act(&mut stage, barbarian, "rage", &[], &[]).unwrap();
    wounded(&mut stage, barbarian, 2);
    stage.turn(ghoul, Intent::Use(id("bite")), &[barbarian], &[19, 6, 6, 10]).unwrap();
    assert_eq!(stage.hp(barbarian), 1, "a save of 10 and more");
    stage.turn(ghoul, Intent::Use(id("bite")), &[barbarian], &[19, 6, 6, 2]).unwrap();
    assert_eq!(stage.hp(barbarian), 0, "15 is too much now");
}

#[test]
fn a_wizard_overchannels_for_free_once_and_recovers_what_it_spent() {
    let mut stage = Stage::new();
    let wizard = Hero::of("srd:wizard", 14, [Intelligence, Constitution]).knowing(&["srd:magic-missile"]);
    let wizard = wizard.enters(&mut stage, 0);
    let post = post(&mut stage, 30);
    let before = stage.hp(wizard);
    begin(&mut stage, wizard);
    act(&mut stage, wizard, "overchannel", &[], &[]).unwrap();
    cast(&mut stage, wizard, "srd:magic-missile", 1, &[post, post, post], &[1, 1, 1]);
    assert!(500 - stage.hp(post) >= 15, "each dart at its most: {}", stage.hp(post));
    assert_eq!(stage.hp(wizard), before, "the first time is free");
    begin(&mut stage, wizard);
    act(&mut stage, wizard, "overchannel", &[], &[]).unwrap();
    cast(&mut stage, wizard, "srd:magic-missile", 1, &[post, post, post], &[3, 3]);
    assert!(stage.hp(wizard) < before, "the second time is not");
}

#[test]
fn a_paladin_shelters_its_friends_from_spells_and_fear() {
    let mut stage = Stage::new();
    let paladin = Hero::of("srd:paladin", 10, [Strength, Charisma]).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 1, [Strength, Constitution]).enters(&mut stage, 5);
    let wizard = stage.wizard(5, &["srd:hold-person", "srd:fear"], 2, 30);
    // 11 + 0 + 2 + 2 of the aura is 15: enough for a Wisdom save of an acolyte without training.
    begin(&mut stage, paladin);
    stage.turn(wizard, Intent::Cast(id("srd:hold-person"), 2), &[friend], &[13]).unwrap();
    assert!(!stage.has(friend, "srd:paralyzed"));
    let aim = Aim { point: Some(OpenField::point(0, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:fear"), 3), aim, &[1, 1, 1, 1]).unwrap();
    assert!(!stage.has(friend, "srd:frightened") && !stage.has(paladin, "srd:frightened"));
}

#[test]
fn a_ranger_cuts_down_the_wounded_and_the_horde() {
    let mut stage = Stage::new();
    let ranger = Hero::of("srd:ranger", 3, [Dexterity, Wisdom])
        .wielding(&["srd:shortsword"])
        .picking("srd:hunters-prey", &["srd:colossus-slayer"])
        .picking("srd:favored-enemy", &["srd:favored-enemy-undead"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, ranger);
    assert_eq!(attack(&mut stage, ranger, post, &[15, 4]), 4 + 3, "it was unhurt");
    stage.arena.get_mut(ranger).unwrap().economy.actions = 1;
    assert_eq!(attack(&mut stage, ranger, post, &[15, 4, 6]), 4 + 3 + 6);
}

#[test]
fn the_fiend_pays_for_kills_and_lends_its_luck() {
    let mut stage = Stage::new();
    let warlock = Hero::of("srd:warlock", 6, [Charisma, Constitution])
        .knowing(&["srd:eldritch-blast"])
        .picking("srd:eldritch-invocations", &["srd:agonizing-blast", "srd:repelling-blast"])
        .enters(&mut stage, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 30);
    wounded(&mut stage, ghoul, 12);
    begin(&mut stage, warlock);
    // Two beams: 5 + 3 each.
    cast(&mut stage, warlock, "srd:eldritch-blast", 0, &[ghoul, ghoul], &[15, 5, 15, 5]);
    assert_eq!(stage.hp(ghoul), 0);
    assert_eq!(stage.arena.get(warlock).unwrap().temp_hp, 3 + 6);
    let wizard = stage.wizard(5, &["srd:hold-person"], 2, 30);
    stage.turn(wizard, Intent::Cast(id("srd:hold-person"), 2), &[warlock], &[8, 5]).unwrap();
    assert!(!stage.has(warlock, "srd:paralyzed"), "8 + 3 and a d10 of luck reach 15");
}

#[test]
fn a_monk_of_the_open_hand_topples_whom_it_flurries() {
    let mut stage = Stage::new();
    let monk = Hero::of("srd:monk", 3, [Dexterity, Wisdom]).enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, monk);
    stage
        .play(&[15, 3], |play| {
            play.attempt(Attempt {
                who: monk,
                intent: Intent::Attack(None),
                aim: Aim { targets: &[post], ..Aim::default() },
            })
        })
        .unwrap();
    act(&mut stage, monk, "flurry-of-blows", &[post], &[15, 3, 2, 15, 3, 2]).unwrap();
    assert!(stage.has(post, "srd:prone"));
}

#[test]
fn a_monk_holds_a_life_in_its_palm() {
    let mut stage = Stage::new();
    let monk = Hero::of("srd:monk", 17, [Dexterity, Wisdom]).enters(&mut stage, 0);
    let victim = stage.wizard(5, &[], 2, 5);
    begin(&mut stage, monk);
    stage
        .play(&[15, 3], |play| {
            play.attempt(Attempt {
                who: monk,
                intent: Intent::Attack(None),
                aim: Aim { targets: &[victim], ..Aim::default() },
            })
        })
        .unwrap();
    assert!(lies_on(&stage, victim, "srd:quivering-palm"));
    begin(&mut stage, monk);
    act(&mut stage, monk, "still-the-heart", &[victim], &[2]).unwrap();
    assert_eq!(stage.hp(victim), 0);
}

#[test]
fn a_songs_rest_heals_those_who_rest() {
    let mut stage = Stage::new();
    let bard = Hero::of("srd:bard", 9, [Charisma, Dexterity]).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 5, [Strength, Constitution]).enters(&mut stage, 5);
    begin(&mut stage, bard);
    wounded(&mut stage, friend, 1);
    stage.play(&[4, 7], |play| play.short_rest(friend, 1));
    assert_eq!(stage.hp(friend), 1 + 4 + 2 + 7);
    stage.play(&[], |play| play.short_rest(friend, 0));
    assert_eq!(stage.hp(friend), 1 + 4 + 2 + 7, "nothing for who spends nothing");
}

#[test]
fn a_druid_becomes_a_beast_and_itself_again() {
    let mut stage = Stage::new();
    let druid = Hero::of("srd:druid", 2, [Wisdom, Constitution]).enters(&mut stage, 0);
    let beast = rules::content::srd().monsters().iter().find(|monster| {
        monster.kind == rules::vocabulary::CreatureType::Beast
            && monster.cr == "1/4"
            && monster.speed.swim == 0
    });
    let Some(beast) = beast else { return };
    begin(&mut stage, druid);
    let aim = Aim { monster: Some(beast.id), ..Aim::default() };
    stage
        .play(&[], |play| play.attempt(Attempt { who: druid, intent: Intent::Use(id("wild-shape")), aim }))
        .unwrap();
    assert!(lies_on(&stage, druid, "srd:wild-shape"));
    assert_eq!(stage.arena.get(druid).unwrap().stock(id("srd:wild-shape")), 1);
    begin(&mut stage, druid);
    act(&mut stage, druid, "own-shape", &[], &[]).unwrap();
    assert!(act(&mut stage, druid, "own-shape", &[], &[]).is_err(), "whoever is itself needs no way back");
    assert!(!lies_on(&stage, druid, "srd:wild-shape"));
}
