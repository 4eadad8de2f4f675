//! Magic items in play: what they do goes for them alone, and what is spent is gone.

use rules::Ability;
use rules::combat::{Aim, Handle, Happening, Intent, OpenField, Refusal};
use rules::content::srd;

use super::hero::{Hero, act, attack, begin, post};
use super::stage::{Stage, id};

fn carrying(hero: Hero, stage: &mut Stage, items: &[&str]) -> Handle {
    let who = hero.enters(stage, 0);
    for item in items {
        let item = srd().item(id(item)).expect("an item of the SRD");
        stage.arena.add_item(who, item);
    }
    who
}

fn fighter() -> Hero {
    Hero::of("srd:fighter", 5, [Ability::Strength, Ability::Constitution])
}

#[test]
fn a_flame_tongue_burns_once_it_is_alight_and_burns_nobody_through_another_blade() {
    let mut stage = Stage::new();
    let target = post(&mut stage, 5);
    let owner = carrying(fighter().wielding(&["srd:flame-tongue"]), &mut stage, &["srd:flame-tongue"]);
    begin(&mut stage, owner);
    let cold = attack(&mut stage, owner, target, &[15, 4]);
    act(&mut stage, owner, "flame-tongue-ignite", &[], &[]).expect("a bonus action is left");
    let hot = attack(&mut stage, owner, target, &[15, 4, 3, 3]);
    assert_eq!(hot - cold, 6);

    let other = carrying(fighter().wielding(&["srd:longsword"]), &mut stage, &["srd:flame-tongue"]);
    begin(&mut stage, other);
    act(&mut stage, other, "flame-tongue-ignite", &[], &[]).expect("a bonus action is left");
    assert_eq!(attack(&mut stage, other, target, &[15, 4, 3, 3]), cold);
}

#[test]
fn a_wand_may_crumble_with_its_last_charge() {
    for (die, left) in [(1, 0), (2, 7)] {
        let mut stage = Stage::new();
        let far = post(&mut stage, 100);
        let owner = carrying(fighter(), &mut stage, &["srd:wand-of-fireballs"]);
        let aim = Aim { point: Some(OpenField::point(100, 0)), ..Aim::default() };
        stage
            .aimed(owner, Intent::Use(id("wand-of-fireballs-fireball-7")), aim, &[die])
            .expect("seven charges are there");
        assert!(stage.hp(far) < 500);
        let lost = |event: &Happening<'_>| matches!(event, Happening::Granted { count: -1, .. });
        assert_eq!(stage.events.iter().any(lost), die == 1);
        stage.play(&[6], |play| play.dawn(owner));
        let stock = stage.arena.get(owner).map(|creature| creature.stock(id("srd:wand-of-fireballs")));
        assert_eq!(stock, Some(left));
    }
}

#[test]
fn a_poison_wears_off_die_by_die() {
    let mut stage = Stage::new();
    let drinker = carrying(fighter(), &mut stage, &["srd:potion-of-poison"]);
    let full = stage.hp(drinker);
    stage.turn(drinker, Intent::Use(id("potion-of-poison")), &[drinker], &[1, 1, 1, 2]).expect("it is there");
    assert_eq!(full - stage.hp(drinker), 3);
    for dice in [3, 2, 1] {
        assert!(stage.has(drinker, "srd:poisoned"));
        let before = stage.hp(drinker);
        stage.play(&[1, 1, 1], |play| play.start_turn(drinker));
        assert_eq!(before - stage.hp(drinker), dice);
        stage.end_turn(drinker, &[19]);
    }
    assert!(!stage.has(drinker, "srd:poisoned"));
}

#[test]
fn a_javelin_of_lightning_strikes_all_on_its_way_and_whoever_it_is_thrown_at() {
    let mut stage = Stage::new();
    let [between, target, behind] = [15, 30, 45].map(|feet| post(&mut stage, feet));
    let owner = carrying(fighter(), &mut stage, &["srd:javelin-of-lightning"]);
    let full = stage.hp(target);
    // One save that fails for 4d6, and an attack that hits for 1d6 and Strength and 4d6.
    stage
        .turn(owner, Intent::Use(id("javelin-of-lightning")), &[target], &[1, 3, 3, 3, 3, 19])
        .expect("it is charged");
    assert_eq!((full - stage.hp(between), stage.hp(behind)), (12, full));
    assert!(full - stage.hp(target) > 12 + 3);
}

#[test]
fn a_potion_is_drunk_once() {
    let mut stage = Stage::new();
    let owner = carrying(fighter(), &mut stage, &["srd:potion-of-healing-common"]);
    stage.arena.get_mut(owner).expect("it is there").hp = 1;
    begin(&mut stage, owner);
    act(&mut stage, owner, "potion-of-healing-common", &[owner], &[3, 4]).expect("the bottle is full");
    assert_eq!(stage.hp(owner), 10);
    begin(&mut stage, owner);
    let again = act(&mut stage, owner, "potion-of-healing-common", &[owner], &[]);
    assert_eq!(again, Err(Refusal::Spent));
}
