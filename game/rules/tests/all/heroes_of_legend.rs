//! What the powers behind heroes lend them: blood, patrons, songs and oaths.

use rules::Ability::{Charisma, Constitution, Dexterity, Intelligence, Strength, Wisdom};
use rules::combat::{Aim, Attempt, Handle, Intent, OpenField, Policy, Refusal};

use super::hero::{Hero, act, attack, begin, post};
use super::stage::{Stage, id};

fn cast(
    stage: &mut Stage,
    who: Handle,
    spell: &str,
    slot: u8,
    targets: &[Handle],
    dice: &[u32],
) -> Result<(), Refusal> {
    stage.play(dice, |play| {
        let intent = Intent::Cast(id(spell), slot);
        play.attempt(Attempt { who, intent, aim: Aim { targets, ..Aim::default() } })
    })
}

fn lies_on(stage: &Stage, who: Handle, effect: &str) -> bool {
    stage.arena.effects_on(who).any(|(_, lasting)| lasting.id == id(effect))
}

#[test]
fn spells_are_sent_further_kept_longer_and_cast_without_a_word() {
    let mut stage = Stage::new();
    let metamagic =
        ["distant", "extended", "subtle", "heightened"].map(|name| format!("srd:metamagic-{name}-spell"));
    let sorcerer = Hero::of("srd:sorcerer", 10, [Charisma, Constitution])
        .picking("srd:metamagic", &metamagic.each_ref().map(String::as_str))
        .knowing(&["srd:fire-bolt", "srd:hold-person", "srd:blur"])
        .enters(&mut stage, 0);
    let far = post(&mut stage, 200);
    begin(&mut stage, sorcerer);
    let out = cast(&mut stage, sorcerer, "srd:fire-bolt", 0, &[far], &[]);
    assert_eq!(out, Err(Refusal::OutOfRange { distance: 200, reach: 120 }));
    act(&mut stage, sorcerer, "distant-spell", &[], &[]).unwrap();
    cast(&mut stage, sorcerer, "srd:fire-bolt", 0, &[far], &[18, 5, 5]).unwrap();
    assert_eq!(stage.hp(far), 490);
    begin(&mut stage, sorcerer);
    let out = cast(&mut stage, sorcerer, "srd:fire-bolt", 0, &[far], &[]);
    assert_eq!(out, Err(Refusal::OutOfRange { distance: 200, reach: 120 }), "one spell only");
    act(&mut stage, sorcerer, "extended-spell", &[], &[]).unwrap();
    cast(&mut stage, sorcerer, "srd:blur", 2, &[], &[]).unwrap();
    for _ in 0..15 {
        stage.end_turn(sorcerer, &[]);
        begin(&mut stage, sorcerer);
    }
    assert!(lies_on(&stage, sorcerer, "srd:blur"), "a minute is over, two are not");
    let target = stage.wizard(1, &[], 2, 30);
    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "heightened-spell", &[], &[]).unwrap();
    // Of 20 and 2 the 2 counts.
    cast(&mut stage, sorcerer, "srd:hold-person", 2, &[target], &[20, 2]).unwrap();
    assert!(stage.has(target, "srd:paralyzed"));
}

#[test]
fn the_presence_of_a_dragon_frightens_those_who_come_near() {
    let mut stage = Stage::new();
    let sorcerer = Hero::of("srd:sorcerer", 18, [Charisma, Constitution]).enters(&mut stage, 0);
    let wizard = stage.wizard(5, &[], 2, 30);
    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "presence-of-fear", &[], &[]).unwrap();
    stage.play(&[2, 2, 2], |play| play.start_turn(wizard));
    assert!(stage.has(wizard, "srd:frightened"));
}

#[test]
fn a_word_cuts_an_enemys_blow_short() {
    let mut stage = Stage::new();
    let bard = Hero::of("srd:bard", 5, [Charisma, Dexterity]).enters(&mut stage, 0);
    let friend = Hero::of("srd:wizard", 5, [Intelligence, Constitution]).enters(&mut stage, 10);
    let ghoul = stage.monster("srd:ghoul", 2, 15);
    begin(&mut stage, bard);
    let before = stage.hp(friend);
    // 9 + 2 hits armour class 10, but not with a d8 taken off.
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[4, 9]).unwrap();
    assert_eq!(stage.hp(friend), before);
    assert_eq!(stage.arena.get(bard).unwrap().stock(id("srd:bardic-inspiration")), 2);
}

#[test]
fn beasts_and_the_dead_shrink_from_those_whom_nature_or_a_song_protects() {
    let mut stage = Stage::new();
    let bard = Hero::of("srd:bard", 6, [Charisma, Dexterity]).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 1, [Strength, Constitution]).enters(&mut stage, 5);
    begin(&mut stage, bard);
    act(&mut stage, bard, "countercharm", &[], &[]).unwrap();
    let wizard = stage.wizard(5, &["srd:charm-person"], 2, 30);
    // Advantage by the song: of 2 and 19 the 19 counts, and there is none by a fight because of it.
    stage.turn(wizard, Intent::Cast(id("srd:charm-person"), 1), &[friend], &[2, 19]).unwrap();
    assert!(!stage.has(friend, "srd:charmed"));
}

#[test]
fn the_blood_of_devils_burns_back_and_calls_darkness() {
    let mut stage = Stage::new();
    let tiefling =
        Hero::of("srd:fighter", 5, [Strength, Charisma]).race("srd:tiefling", None).enters(&mut stage, 0);
    let post = post(&mut stage, 10);
    begin(&mut stage, tiefling);
    act(&mut stage, tiefling, "infernal-hellish-rebuke", &[post], &[2, 5, 5, 5]).unwrap();
    assert_eq!(stage.hp(post), 500 - 15);
    assert_eq!(act(&mut stage, tiefling, "infernal-hellish-rebuke", &[post], &[]), Err(Refusal::NoReaction));
    let wizard = stage.wizard(5, &["srd:fire-bolt"], 2, 60);
    let before = stage.hp(tiefling);
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[tiefling], &[18, 5, 5]).unwrap();
    assert_eq!(before - stage.hp(tiefling), 5, "fire does half");
}

#[test]
fn whom_the_fiend_takes_comes_back_hurt() {
    let mut stage = Stage::new();
    let warlock = Hero::of("srd:warlock", 14, [Charisma, Constitution]).knowing(&["srd:eldritch-blast"]);
    let warlock = warlock.enters(&mut stage, 0);
    let post = post(&mut stage, 30);
    begin(&mut stage, warlock);
    cast(&mut stage, warlock, "srd:eldritch-blast", 0, &[post, post, post], &[15, 5, 1, 1]).unwrap();
    assert!(lies_on(&stage, post, "srd:hurled-through-hell"));
    stage.end_turn(warlock, &[]);
    begin(&mut stage, warlock);
    stage.end_turn(warlock, &[5; 10]);
    assert!(!lies_on(&stage, post, "srd:hurled-through-hell"));
    assert!(stage.hp(post) <= 500 - 5 - 50, "ten d10 of horror: {}", stage.hp(post));
}

#[test]
fn a_holy_light_burns_enemies_where_they_stand() {
    let mut stage = Stage::new();
    let paladin = Hero::of("srd:paladin", 20, [Strength, Charisma]).enters(&mut stage, 0);
    let post = post(&mut stage, 20);
    begin(&mut stage, paladin);
    act(&mut stage, paladin, "holy-nimbus", &[], &[]).unwrap();
    begin(&mut stage, post);
    assert_eq!(stage.hp(post), 490);
}

#[test]
fn a_hunter_sweeps_its_blade_through_all_who_stand_around() {
    let mut stage = Stage::new();
    let ranger = Hero::of("srd:ranger", 11, [Dexterity, Wisdom])
        .wielding(&["srd:shortsword"])
        .picking("srd:hunters-multiattack", &["srd:whirlwind-attack"])
        .enters(&mut stage, 0);
    let (one, two) = (post(&mut stage, 5), post(&mut stage, -5));
    begin(&mut stage, ranger);
    act(&mut stage, ranger, "whirlwind-attack", &[], &[15, 4, 15, 3]).unwrap();
    assert_eq!((500 - stage.hp(one)) + (500 - stage.hp(two)), 4 + 3 + 3 + 3);
}

#[test]
fn a_frenzied_barbarian_strikes_once_more_and_tires() {
    let mut stage = Stage::new();
    let barbarian = Hero::of("srd:barbarian", 3, [Strength, Constitution]).wielding(&["srd:greataxe"]);
    let barbarian = barbarian.enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, barbarian);
    act(&mut stage, barbarian, "rage", &[], &[]).unwrap();
    act(&mut stage, barbarian, "frenzy", &[], &[]).unwrap();
    attack(&mut stage, barbarian, post, &[15, 6]);
    stage.end_turn(barbarian, &[]);
    begin(&mut stage, barbarian);
    let before = stage.hp(post);
    act(&mut stage, barbarian, "frenzied-attack", &[post], &[15, 6]).unwrap();
    assert_eq!(before - stage.hp(post), 6 + 3 + 2);
    begin(&mut stage, barbarian);
    act(&mut stage, barbarian, "end-rage", &[], &[]).unwrap();
    stage.end_turn(barbarian, &[]);
    begin(&mut stage, barbarian);
    stage.end_turn(barbarian, &[]);
    assert_eq!(stage.arena.get(barbarian).unwrap().exhaustion, 1);
}

#[test]
fn a_reckless_blow_opens_its_striker_to_others() {
    let mut stage = Stage::new();
    let barbarian = Hero::of("srd:barbarian", 2, [Strength, Constitution]).wielding(&["srd:greataxe"]);
    let barbarian = barbarian.enters(&mut stage, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    begin(&mut stage, barbarian);
    act(&mut stage, barbarian, "reckless-attack", &[], &[]).unwrap();
    assert!(attack(&mut stage, barbarian, ghoul, &[2, 18, 6]) > 0, "with advantage");
    let before = stage.hp(barbarian);
    stage.turn(ghoul, Intent::Use(id("bite")), &[barbarian], &[2, 18, 3, 3]).unwrap();
    assert!(stage.hp(barbarian) < before, "against it, too");
}

#[test]
fn a_sorcerer_turns_points_into_slots_and_slots_into_points() {
    let mut stage = Stage::new();
    let sorcerer = Hero::of("srd:sorcerer", 5, [Charisma, Constitution]).enters(&mut stage, 0);
    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "create-slot-2", &[], &[]).unwrap();
    let state = |stage: &Stage| {
        let own = stage.arena.get(sorcerer).unwrap();
        (own.book.slots[2], own.stock(id("srd:sorcery-points")))
    };
    assert_eq!(state(&stage), (4, 2));
    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "convert-slot-2", &[], &[]).unwrap();
    assert_eq!(state(&stage), (3, 4));
    stage.play(&[], |play| play.long_rest(sorcerer));
    assert_eq!(state(&stage), (3, 5));
}

#[test]
fn a_protector_holds_its_shield_before_a_friend() {
    let mut stage = Stage::new();
    let fighter = Hero::of("srd:fighter", 1, [Strength, Constitution])
        .picking("srd:fighter-fighting-style", &["srd:fighting-style-protection"])
        .wielding(&["srd:longsword", "srd:shield"])
        .enters(&mut stage, 0);
    let friend = Hero::of("srd:wizard", 1, [Intelligence, Constitution]).enters(&mut stage, 5);
    let ghoul = stage.monster("srd:ghoul", 2, 10);
    begin(&mut stage, fighter);
    let before = stage.hp(friend);
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[18, 2]).unwrap();
    assert_eq!(stage.hp(friend), before, "the lower of two");
    stage.arena.get_mut(fighter).unwrap().policy = Policy::Never;
    let aim = Aim { point: Some(OpenField::point(0, 0)), ..Aim::default() };
    assert!(stage.aimed(fighter, Intent::Dodge, aim, &[]).is_ok());
}
