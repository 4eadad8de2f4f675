//! What only some monsters can: swallow, split, drink up what harms others, corrode, elude spells.

use rules::combat::{Aim, Handle, Intent, OpenField, Refusal, Wielded};
use rules::content::srd;

use super::stage::{Stage, id};

/// Enough hit points that nobody falls.
fn toughen(stage: &mut Stage, who: Handle) {
    let creature = stage.arena.get_mut(who).expect("the creature was just added");
    creature.sheet.hp_max = 1_000;
    creature.hp = 1_000;
}

#[test]
fn who_is_swallowed_is_out_of_reach_burns_in_acid_and_fights_the_way_out() {
    let mut stage = Stage::new();
    let behir = stage.monster("srd:behir", 1, 0);
    let wizard = stage.wizard(9, &["srd:cone-of-cold"], 2, 5);
    let friend = stage.wizard(9, &["srd:fire-bolt"], 2, 40);
    for who in [behir, wizard] {
        toughen(&mut stage, who);
    }
    stage.play(&[], |play| play.apply_condition(wizard, id("srd:grappled")));
    stage.turn(behir, Intent::Use(id("swallow")), &[wizard], &[19, 5, 5, 5]).unwrap();
    let bitten = 1_000 - (15 + 6);
    assert_eq!(stage.hp(wizard), bitten);
    assert!(stage.has(wizard, "srd:blinded") && stage.has(wizard, "srd:restrained"));
    assert!(!stage.has(wizard, "srd:grappled"), "the grip gives way to the gullet");

    let shot = stage.turn(friend, Intent::Cast(id("srd:fire-bolt"), 0), &[wizard], &[]);
    assert_eq!(shot, Err(Refusal::Covered));
    stage.play(&[2; 6], |play| play.start_turn(behir));
    assert_eq!(stage.hp(wizard), bitten - 12);

    // A cold of eight eights is more than the thirty that turn its stomach; its saves show ones.
    let aim = Aim { targets: &[behir], point: Some(OpenField::point(0, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:cone-of-cold"), 5), aim, &[1, 8, 8, 8, 8, 8, 8, 8, 8]).unwrap();
    assert_eq!(stage.hp(behir), 1_000 - 64);
    stage.end_turn(wizard, &[1]);
    assert!(!stage.has(wizard, "srd:blinded"), "it is spat out");
    assert!(stage.has(wizard, "srd:prone"));
}

#[test]
fn the_death_of_who_swallowed_sets_free() {
    let mut stage = Stage::new();
    let behir = stage.monster("srd:behir", 1, 0);
    let wizard = stage.wizard(9, &["srd:cone-of-cold"], 2, 5);
    toughen(&mut stage, wizard);
    stage.play(&[], |play| play.apply_condition(wizard, id("srd:grappled")));
    stage.turn(behir, Intent::Use(id("swallow")), &[wizard], &[19]).unwrap();
    stage.arena.get_mut(behir).unwrap().hp = 1;
    let aim = Aim { targets: &[behir], point: Some(OpenField::point(0, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:cone-of-cold"), 5), aim, &[1]).unwrap();
    assert!(!stage.has(wizard, "srd:restrained") && stage.has(wizard, "srd:prone"));
}

#[test]
fn a_pudding_that_is_cut_becomes_two_smaller_ones() {
    let mut stage = Stage::new();
    let pudding = stage.monster("srd:black-pudding", 1, 0);
    let orc = stage.monster("srd:orc", 2, 5);
    let whole = stage.hp(pudding);
    stage.turn(orc, Intent::Use(id("greataxe")), &[pudding], &[15, 6]).unwrap();
    let puddings: Vec<(i32, rules::Size)> = stage
        .arena
        .creatures()
        .filter(|(_, creature)| creature.sheet.id == Some(id("srd:black-pudding")))
        .map(|(_, creature)| (creature.hp, creature.sheet.size))
        .collect();
    assert_eq!(puddings, [(whole / 2, rules::Size::Medium); 2]);
}

#[test]
fn lightning_heals_a_golem_of_flesh() {
    let mut stage = Stage::new();
    let golem = stage.monster("srd:flesh-golem", 1, 0);
    let wizard = stage.wizard(5, &["srd:shocking-grasp"], 2, 5);
    stage.arena.get_mut(golem).unwrap().hp = 50;
    stage.turn(wizard, Intent::Cast(id("srd:shocking-grasp"), 0), &[golem], &[15, 4, 5]).unwrap();
    assert_eq!(stage.hp(golem), 59);
}

#[test]
fn a_friend_cuts_a_web() {
    let mut stage = Stage::new();
    let spider = stage.monster("srd:giant-spider", 1, 0);
    let caught = stage.wizard(5, &[], 2, 20);
    let friend = stage.wizard(5, &[], 2, 25);
    let sword = srd().item(id("srd:longsword")).expect("the sword is in the content");
    let held = Wielded::of(sword, None, true).expect("a sword is a weapon");
    stage.arena.get_mut(friend).unwrap().weapons.push(held);
    stage.turn(spider, Intent::Use(id("web")), &[caught], &[18]).unwrap();
    assert!(stage.has(caught, "srd:restrained"));
    stage.turn(friend, Intent::Sever(Some(0)), &[caught], &[12, 4]).unwrap();
    assert!(stage.has(caught, "srd:restrained"), "four of its five hit points are gone");
    stage.turn(friend, Intent::Sever(Some(0)), &[caught], &[12, 4]).unwrap();
    assert!(!stage.has(caught, "srd:restrained"));
    assert_eq!(stage.turn(friend, Intent::Sever(Some(0)), &[caught], &[]), Err(Refusal::NotNow));
}

#[test]
fn lesser_spells_do_not_touch_a_rakshasa() {
    let mut stage = Stage::new();
    let rakshasa = stage.monster("srd:rakshasa", 1, 0);
    let wizard = stage.wizard(9, &["srd:fire-bolt", "srd:fireball"], 2, 30);
    let whole = stage.hp(rakshasa);
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[rakshasa], &[20, 9, 9, 9, 9]).unwrap();
    let aim = Aim { point: Some(OpenField::point(0, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:fireball"), 3), aim, &[1]).unwrap();
    assert_eq!(stage.hp(rakshasa), whole);
}

#[test]
fn a_ray_at_a_tarrasque_goes_back_to_whoever_sent_it() {
    let mut stage = Stage::new();
    let tarrasque = stage.monster("srd:tarrasque", 1, 0);
    let wizard = stage.wizard(9, &["srd:fire-bolt"], 2, 30);
    let (its, ours) = (stage.hp(tarrasque), stage.hp(wizard));
    // The sixth of six: it turns the bolt, which then hits its caster.
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[tarrasque], &[6, 15, 3, 4]).unwrap();
    assert_eq!((stage.hp(tarrasque), stage.hp(wizard)), (its, ours - 7));
}

#[test]
fn feelers_eat_armour_until_nothing_is_left_of_it() {
    let mut stage = Stage::new();
    let monster = stage.monster("srd:rust-monster", 1, 0);
    let fighter = stage.wizard(5, &[], 2, 5);
    let mail = srd().item(id("srd:chain-mail")).expect("the mail is in the content");
    stage.arena.get_mut(fighter).unwrap().sheet.wear(mail, None);
    assert_eq!(stage.arena.get(fighter).unwrap().sheet.ac, 16);
    for left in [15, 14, 13, 12, 11] {
        stage.turn(monster, Intent::Use(id("antennae")), &[fighter], &[1]).unwrap();
        assert_eq!(stage.arena.get(fighter).unwrap().sheet.ac, left);
    }
    stage.turn(monster, Intent::Use(id("antennae")), &[fighter], &[1]).unwrap();
    let sheet = &stage.arena.get(fighter).unwrap().sheet;
    assert_eq!((sheet.ac, sheet.armor), (12, None), "ten and Dexterity");
}

#[test]
fn a_hydra_loses_a_head_and_grows_two_unless_it_was_burnt() {
    let heads = |burnt: bool| {
        let mut stage = Stage::new();
        let hydra = stage.monster("srd:hydra", 1, 0);
        let spell = if burnt { "srd:fireball" } else { "srd:cone-of-cold" };
        let slot = if burnt { 3 } else { 5 };
        let wizard = stage.wizard(9, &[spell], 2, 40);
        let aim = Aim { targets: &[hydra], point: Some(OpenField::point(0, 0)), ..Aim::default() };
        stage.aimed(wizard, Intent::Cast(id(spell), slot), aim, &[1, 5, 5, 5, 5, 5, 5, 5, 5]).unwrap();
        let after = stage.arena.get(hydra).unwrap().stock(id("srd:heads"));
        stage.play(&[], |play| play.start_turn(hydra));
        stage.end_turn(hydra, &[]);
        (after, stage.arena.get(hydra).unwrap().stock(id("srd:heads")))
    };
    assert_eq!(heads(false), (4, 6));
    assert_eq!(heads(true), (4, 4));
}

#[test]
fn strength_that_an_item_lends_counts_for_the_weapon_in_hand() {
    let mut stage = Stage::new();
    let fighter = stage.wizard(5, &[], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    let belt = srd().item(id("srd:belt-of-giant-strength-hill")).expect("the belt is in the content");
    let sword = srd().item(id("srd:longsword")).expect("the sword is in the content");
    stage.arena.get_mut(fighter).unwrap().weapons.push(Wielded::of(sword, None, true).unwrap());
    stage.arena.add_item(fighter, belt);
    // Strength 21 adds 5: 8 + 3 + 5 hits armour class 12, and does 1d10 in two hands and 5.
    stage.turn(fighter, Intent::Attack(Some(0)), &[ghoul], &[8, 3]).unwrap();
    assert_eq!(stage.hp(ghoul), 22 - 8);
}

#[test]
fn a_magic_weapon_is_made_of_what_one_chooses_and_a_scroll_holds_its_spell() {
    let library = srd();
    let maul = library.item(id("srd:weapon-2-maul")).expect("weapons +2 are made of any weapon");
    assert_eq!((maul.bonus, maul.variant_of), (2, Some(id("srd:weapon-2"))));
    assert!(maul.weapon.is_some());
    let scroll = library.item(id("srd:spell-scroll-fireball")).expect("there is a scroll of each spell");
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &[], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 60);
    stage.arena.get_mut(wizard).unwrap().sheet.classes = vec![(id("srd:wizard"), 5)];
    stage.arena.add_item(wizard, scroll);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Use(id("read-scroll-fireball")), aim, &[1, 3, 3, 3, 3, 3, 3, 3, 3]).unwrap();
    assert_eq!(stage.hp(ghoul), 0);
    assert_eq!(
        stage.aimed(wizard, Intent::Use(id("read-scroll-fireball")), aim, &[]),
        Err(Refusal::Spent),
        "it was used up"
    );
}

#[test]
fn a_spear_reaches_as_far_as_what_is_done_with_it() {
    let mut stage = Stage::new();
    let guard = stage.monster("srd:guard", 1, 0);
    let orc = stage.monster("srd:orc", 2, 40);
    let spear = Intent::Use(id("spear"));
    let thrust = Aim { targets: &[orc], choice: 0, ..Aim::default() };
    let refused = Err(Refusal::OutOfRange { distance: 40, reach: 5 });
    assert_eq!(stage.aimed(guard, spear, thrust, &[]), refused);
    let thrown = Aim { choice: 2, ..thrust };
    // So far it flies with disadvantage: the lower die counts.
    stage.aimed(guard, spear, thrown, &[19, 18, 6]).unwrap();
    assert_eq!(stage.hp(orc), 15 - 7);
}
