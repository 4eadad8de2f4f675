//! Characters in play: what their features do in a fight.

use rules::character::Improvement;
use rules::combat::{Aim, Attempt, Intent, Life, OpenField, Policy, Refusal};
use rules::content::srd;
use rules::{Ability, Ruleset};

use super::hero::{Hero, act, attack, begin, post};
use super::stage::{Stage, id};

#[test]
fn a_raging_barbarian_hits_harder_takes_half_and_can_not_cast() {
    let mut stage = Stage::new();
    let hero = Hero::of("srd:barbarian", 5, [Ability::Strength, Ability::Constitution])
        .wielding(&["srd:greataxe"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, hero);
    assert_eq!(attack(&mut stage, hero, post, &[12, 7]), 7 + 3);
    act(&mut stage, hero, "rage", &[], &[]).unwrap();
    assert_eq!(attack(&mut stage, hero, post, &[12, 7]), 7 + 3 + 2);
    assert_eq!(stage.arena.get(hero).unwrap().stock(id("srd:rage")), 2);
    let before = stage.hp(hero);
    stage.turn(post, Intent::Use(id("bite")), &[hero], &[18, 4, 4]).unwrap();
    assert_eq!(before - stage.hp(hero), 5);
}

#[test]
fn rage_goes_out_without_a_fight() {
    let mut stage = Stage::new();
    let hero = Hero::of("srd:barbarian", 5, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 0);
    begin(&mut stage, hero);
    act(&mut stage, hero, "rage", &[], &[]).unwrap();
    stage.end_turn(hero, &[]);
    begin(&mut stage, hero);
    assert!(act(&mut stage, hero, "end-rage", &[], &[]).is_err(), "there is no rage left to end");
}

#[test]
fn a_rogue_sneaks_once_a_turn_and_only_with_help_or_advantage() {
    let mut stage = Stage::new();
    let rogue = Hero::of("srd:rogue", 5, [Ability::Dexterity, Ability::Charisma])
        .wielding(&["srd:rapier"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, rogue);
    assert_eq!(attack(&mut stage, rogue, post, &[12, 5]), 5 + 3, "nobody distracts it");
    let friend =
        Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 10);
    begin(&mut stage, rogue);
    assert_eq!(attack(&mut stage, rogue, post, &[12, 5, 4, 4, 4]), 5 + 3 + 12);
    stage.arena.get_mut(rogue).unwrap().economy.actions = 1;
    assert_eq!(attack(&mut stage, rogue, post, &[12, 5]), 5 + 3, "once a turn");
    assert!(stage.hp(friend) > 0);
}

#[test]
fn uncanny_dodge_halves_one_hit_and_evasion_a_whole_fireball() {
    let mut stage = Stage::new();
    let rogue = Hero::of("srd:rogue", 7, [Ability::Dexterity, Ability::Charisma]).enters(&mut stage, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    let before = stage.hp(rogue);
    stage.turn(ghoul, Intent::Use(id("bite")), &[rogue], &[19, 4, 4]).unwrap();
    assert_eq!(before - stage.hp(rogue), 5);
    stage.turn(ghoul, Intent::Use(id("bite")), &[rogue], &[19, 4, 4]).unwrap();
    assert_eq!(before - stage.hp(rogue), 15, "one reaction a round");
    let wizard = stage.wizard(5, &["srd:fireball"], 2, 60);
    let aim = Aim { point: Some(OpenField::point(0, 0)), ..Aim::default() };
    let dice = [20, 6, 6, 6, 6, 6, 6, 6, 6];
    stage.aimed(wizard, Intent::Cast(id("srd:fireball"), 3), aim, &dice).unwrap();
    assert_eq!(before - stage.hp(rogue), 15, "saved, so nothing");
}

#[test]
fn a_smite_spends_a_slot_and_burns_the_undead_harder() {
    let mut stage = Stage::new();
    let paladin = Hero::of("srd:paladin", 5, [Ability::Strength, Ability::Charisma])
        .wielding(&["srd:longsword", "srd:shield"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, paladin);
    // 5 of the sword, 2d8 of the slot, 1d8 because a ghoul is undead.
    assert_eq!(attack(&mut stage, paladin, post, &[15, 5, 3, 3, 3]), 5 + 3 + 9);
    assert_eq!(stage.arena.get(paladin).unwrap().book.slots[1], 3);
    stage.arena.get_mut(paladin).unwrap().policy = Policy::Never;
    assert_eq!(attack(&mut stage, paladin, post, &[15, 5]), 5 + 3, "not against its will");
}

#[test]
fn lay_on_hands_heals_from_a_pool() {
    let mut stage = Stage::new();
    let paladin = Hero::of("srd:paladin", 2, [Ability::Strength, Ability::Charisma]).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 5);
    stage.arena.get_mut(friend).unwrap().hp = 10;
    begin(&mut stage, paladin);
    act(&mut stage, paladin, "lay-on-hands-10", &[friend], &[]).unwrap();
    assert_eq!(stage.hp(friend), 20);
    begin(&mut stage, paladin);
    assert_eq!(act(&mut stage, paladin, "lay-on-hands-1", &[friend], &[]), Err(Refusal::Spent));
}

#[test]
fn a_fighter_catches_its_breath_surges_and_will_not_fail() {
    let mut stage = Stage::new();
    let fighter = Hero::of("srd:fighter", 9, [Ability::Strength, Ability::Constitution])
        .wielding(&["srd:greatsword"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    stage.arena.get_mut(fighter).unwrap().hp = 10;
    begin(&mut stage, fighter);
    act(&mut stage, fighter, "second-wind", &[], &[6]).unwrap();
    assert_eq!(stage.hp(fighter), 10 + 6 + 9);
    for _ in 0..2 {
        attack(&mut stage, fighter, post, &[1]);
    }
    act(&mut stage, fighter, "action-surge", &[], &[]).unwrap();
    for _ in 0..2 {
        attack(&mut stage, fighter, post, &[1]);
    }
    assert!(act(&mut stage, fighter, "action-surge", &[], &[]).is_err());
    let wizard = stage.wizard(5, &["srd:hold-person"], 2, 30);
    // The save fails with a 2, and its second throw holds.
    stage.turn(wizard, Intent::Cast(id("srd:hold-person"), 2), &[fighter], &[2, 20]).unwrap();
    assert!(!stage.has(fighter, "srd:paralyzed"));
}

#[test]
fn a_champion_crits_on_19() {
    let mut stage = Stage::new();
    let fighter = Hero::of("srd:fighter", 3, [Ability::Strength, Ability::Constitution])
        .wielding(&["srd:longsword", "srd:shield"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, fighter);
    assert_eq!(attack(&mut stage, fighter, post, &[19, 4, 4]), 4 + 4 + 3);
}

#[test]
fn fighting_styles_change_what_they_are_about() {
    let styled = |style: &str, items: &[&str], dice: &[u32]| {
        let mut stage = Stage::new();
        let fighter = Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Dexterity])
            .picking("srd:fighter-fighting-style", &[style])
            .wielding(items)
            .enters(&mut stage, 0);
        let post = post(&mut stage, 5);
        begin(&mut stage, fighter);
        attack(&mut stage, fighter, post, dice)
    };
    assert_eq!(styled("srd:fighting-style-dueling", &["srd:longsword", "srd:shield"], &[15, 4]), 4 + 3 + 2);
    assert_eq!(
        styled("srd:fighting-style-great-weapon-fighting", &["srd:greatsword"], &[15, 1, 6, 2, 5]),
        11 + 3
    );
    // 5 + 2 + 3 + 2 reaches a ghoul's armour of 12 only with the style.
    assert_eq!(styled("srd:fighting-style-archery", &["srd:longbow"], &[6, 6, 4]), 4 + 2);
}

#[test]
fn a_monk_strikes_with_its_fists_and_spends_its_ki() {
    let mut stage = Stage::new();
    let monk = Hero::of("srd:monk", 5, [Ability::Dexterity, Ability::Wisdom])
        .wielding(&["srd:quarterstaff"])
        .enters(&mut stage, 0);
    stage.arena.get_mut(monk).unwrap().policy = Policy::Never;
    let post = post(&mut stage, 5);
    begin(&mut stage, monk);
    // Dexterity drives a monk's staff, and its two-handed d8 is better than the fists' d6.
    assert_eq!(attack(&mut stage, monk, post, &[12, 7]), 7 + 3);
    let before = stage.hp(post);
    act(&mut stage, monk, "flurry-of-blows", &[post], &[12, 5, 12, 5]).unwrap();
    assert_eq!(before - stage.hp(post), 2 * (5 + 3));
    assert_eq!(stage.arena.get(monk).unwrap().stock(id("srd:ki")), 4);
}

#[test]
fn a_stunning_strike_stuns() {
    let mut stage = Stage::new();
    let monk = Hero::of("srd:monk", 5, [Ability::Dexterity, Ability::Wisdom])
        .wielding(&["srd:shortsword"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, monk);
    attack(&mut stage, monk, post, &[12, 4, 2]);
    assert!(stage.has(post, "srd:stunned"));
}

#[test]
fn a_sorcerer_shapes_its_spells() {
    let mut stage = Stage::new();
    let all =
        ["quickened", "twinned", "heightened", "careful"].map(|name| format!("srd:metamagic-{name}-spell"));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let sorcerer = Hero::of("srd:sorcerer", 9, [Ability::Charisma, Ability::Constitution])
        .picking("srd:metamagic", &all)
        .knowing(&["srd:fire-bolt", "srd:fireball", "srd:hold-person"])
        .enters(&mut stage, 0);
    let friend =
        Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 60);
    let (one, two) = (post(&mut stage, 65), post(&mut stage, 70));
    let points = |stage: &Stage| stage.arena.get(sorcerer).unwrap().stock(id("srd:sorcery-points"));

    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "twinned-spell", &[], &[]).unwrap();
    let aim = Aim { targets: &[one, two], ..Aim::default() };
    let bolt = Intent::Cast(id("srd:fire-bolt"), 0);
    stage
        .play(&[15, 3, 3, 15, 4, 4], |play| play.attempt(Attempt { who: sorcerer, intent: bolt, aim }))
        .unwrap();
    assert_eq!((stage.hp(one), stage.hp(two), points(&stage)), (494, 492, 8));

    act(&mut stage, sorcerer, "quickened-spell", &[], &[]).unwrap();
    let aim = Aim { targets: &[one], ..Aim::default() };
    stage.play(&[15, 3, 3], |play| play.attempt(Attempt { who: sorcerer, intent: bolt, aim })).unwrap();
    assert_eq!((stage.hp(one), points(&stage)), (488, 6));

    begin(&mut stage, sorcerer);
    act(&mut stage, sorcerer, "careful-spell", &[], &[]).unwrap();
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    let before = stage.hp(friend);
    let dice = [2, 1, 1, 1, 1, 1, 1, 1, 1];
    stage
        .play(&dice, |play| {
            play.attempt(Attempt { who: sorcerer, intent: Intent::Cast(id("srd:fireball"), 3), aim })
        })
        .unwrap();
    assert!(before - stage.hp(friend) <= 24, "a careful friend takes no more than half");
}

#[test]
fn an_evoker_spares_its_friends_altogether() {
    let mut stage = Stage::new();
    let wizard = Hero::of("srd:wizard", 5, [Ability::Intelligence, Ability::Constitution])
        .knowing(&["srd:fireball"])
        .enters(&mut stage, 0);
    let friend =
        Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 60);
    let post = post(&mut stage, 65);
    let before = stage.hp(friend);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:fireball"), 3), aim, &[]).unwrap();
    assert_eq!(stage.hp(friend), before);
    assert!(stage.hp(post) < 500);
}

#[test]
fn the_blood_of_a_race_tells() {
    let mut stage = Stage::new();
    let halfling = Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Constitution])
        .race("srd:halfling", Some("srd:lightfoot-halfling"))
        .wielding(&["srd:longsword", "srd:shield"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 5);
    begin(&mut stage, halfling);
    // The 1 is thrown again.
    assert_eq!(attack(&mut stage, halfling, post, &[1, 15, 4]), 4 + 2);
    let orc = Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Constitution])
        .race("srd:half-orc", None)
        .enters(&mut stage, 10);
    stage.arena.get_mut(orc).unwrap().hp = 3;
    let ghoul = stage.monster("srd:ghoul", 2, 15);
    stage.turn(ghoul, Intent::Use(id("bite")), &[orc], &[19, 4, 4]).unwrap();
    assert_eq!(stage.hp(orc), 1, "it stays on its feet");
    let dwarf = Hero::of("srd:fighter", 4, [Ability::Strength, Ability::Constitution])
        .race("srd:dwarf", Some("srd:hill-dwarf"))
        .enters(&mut stage, 40);
    assert_eq!(stage.hp(dwarf), 10 + 3 * 6 + 4 * 3 + 4);
}

#[test]
fn a_dragonborn_breathes_what_its_ancestor_did() {
    let mut stage = Stage::new();
    let dragonborn = Hero::of("srd:fighter", 6, [Ability::Strength, Ability::Constitution])
        .race("srd:dragonborn", None)
        .picking("srd:draconic-ancestry", &["srd:draconic-ancestry-red"])
        .enters(&mut stage, 0);
    let post = post(&mut stage, 10);
    begin(&mut stage, dragonborn);
    let aim = Aim { point: Some(OpenField::point(10, 0)), ..Aim::default() };
    let breathe = |stage: &mut Stage, dice: &[u32]| {
        stage.play(dice, |play| {
            play.attempt(Attempt { who: dragonborn, intent: Intent::Use(id("breath-weapon")), aim })
        })
    };
    breathe(&mut stage, &[2, 5, 5, 5]).unwrap();
    assert_eq!(stage.hp(post), 500 - 15);
    begin(&mut stage, dragonborn);
    assert_eq!(breathe(&mut stage, &[]), Err(Refusal::Spent));
    stage.play(&[], |play| play.short_rest(dragonborn, 0));
    begin(&mut stage, dragonborn);
    assert_eq!(breathe(&mut stage, &[20]), Ok(()));
}

#[test]
fn a_bard_lends_a_die_and_a_cleric_turns_the_dead() {
    let mut stage = Stage::new();
    let bard = Hero::of("srd:bard", 5, [Ability::Charisma, Ability::Dexterity]).enters(&mut stage, 0);
    let friend = Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Constitution])
        .wielding(&["srd:longsword", "srd:shield"])
        .enters(&mut stage, 10);
    let post = post(&mut stage, 15);
    begin(&mut stage, bard);
    act(&mut stage, bard, "bardic-inspiration", &[friend], &[]).unwrap();
    begin(&mut stage, friend);
    // 3 + 5 misses armour class 12; the d8 makes it a hit.
    assert!(attack(&mut stage, friend, post, &[6, 3, 4]) > 0);
    let cleric = Hero::of("srd:cleric", 2, [Ability::Wisdom, Ability::Constitution]).enters(&mut stage, 20);
    begin(&mut stage, cleric);
    act(&mut stage, cleric, "turn-undead", &[], &[2]).unwrap();
    assert!(stage.arena.effects_on(post).any(|(_, lasting)| lasting.id == id("srd:turned")));
}

#[test]
fn improvements_and_wounds_come_along() {
    let mut hero = Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Constitution]);
    hero.0.improvements.push(Improvement::Scores([Ability::Strength; 2]));
    hero.0.hurt(9, srd());
    let sheet = hero.0.sheet(srd(), &Ruleset::SRD_5_1);
    let mut stage = Stage::new();
    let who = hero.enters(&mut stage, 0);
    let own = stage.arena.get(who).unwrap();
    assert_eq!((own.sheet.scores[Ability::Strength], own.hp), (18, sheet.hit_points as i32));
}

#[test]
fn a_world_of_the_later_edition_grapples_by_saves_and_tires_by_penalties() {
    let mut stage = Stage::new();
    stage.arena.ruleset = Ruleset::SRD_5_2_1;
    let fighter =
        Hero::of("srd:fighter", 1, [Ability::Strength, Ability::Constitution]).enters(&mut stage, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    // 8 + 3 + 2 is 13; the ghoul's better save adds 2.
    stage.turn(fighter, Intent::Grapple, &[ghoul], &[11]).unwrap();
    assert!(!stage.has(ghoul, "srd:grappled"));
    stage.turn(fighter, Intent::Grapple, &[ghoul], &[10]).unwrap();
    assert!(stage.has(ghoul, "srd:grappled"));
    stage.play(&[], |play| play.exhaust(fighter, 3));
    begin(&mut stage, fighter);
    assert_eq!(stage.arena.get(fighter).unwrap().economy.movement, 30 - 15);
    stage.play(&[], |play| play.exhaust(fighter, 3));
    assert!(matches!(stage.arena.get(fighter).unwrap().life, Life::Dead));
}
