//! What creatures do to each other, as the rules tell.

use rules::RollMode;
use rules::combat::{Aim, Happening, Intent, Life, OpenField, Outcome, Refusal};

use super::stage::{Stage, id};

#[test]
fn a_fire_bolt_hits_and_a_critical_hit_doubles_its_dice() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:fire-bolt"], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 60);
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[ghoul], &[12, 3, 4]).unwrap();
    assert_eq!(stage.hp(ghoul), 22 - 7);
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[ghoul], &[20, 1, 2, 3, 4]).unwrap();
    assert_eq!(stage.hp(ghoul), 22 - 7 - 10);
}

#[test]
fn a_fireball_rolls_its_damage_once_and_each_saves_for_itself() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:fireball"], 1, 0);
    let near = stage.monster("srd:ghoul", 2, 60);
    let far = stage.monster("srd:ghoul", 2, 70);
    let outside = stage.monster("srd:ghoul", 2, 120);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    // The near one fails with a 5 + 2, eight dice show 25, the far one saves with a 14 + 2: half of that is 12.
    let dice = [5, 4, 3, 3, 3, 3, 3, 3, 3, 14];
    stage.aimed(wizard, Intent::Cast(id("srd:fireball"), 3), aim, &dice).unwrap();
    assert_eq!((stage.hp(near), stage.hp(far), stage.hp(outside)), (0, 10, 22));
    assert!(matches!(stage.arena.get(near).unwrap().life, Life::Dead));
    assert_eq!(stage.arena.get(wizard).unwrap().book.slots[3], 2);
}

#[test]
fn rays_go_where_they_are_aimed_and_a_higher_slot_brings_more() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(9, &["srd:scorching-ray"], 1, 0);
    let (one, two) = (stage.monster("srd:ghoul", 2, 30), stage.monster("srd:ghoul", 2, 35));
    let hits = [15, 2, 2].repeat(4);
    stage.turn(wizard, Intent::Cast(id("srd:scorching-ray"), 3), &[one, one, one, two], &hits).unwrap();
    assert_eq!((stage.hp(one), stage.hp(two)), (22 - 12, 22 - 4));
}

#[test]
fn shield_turns_a_hit_into_a_miss_and_lasts_until_the_next_turn() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:shield"], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    // 12 + 2 hits armour class 12, but not 17.
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[12]).unwrap();
    assert_eq!(stage.hp(wizard), 40);
    assert!(
        stage.events.iter().any(|event| matches!(event, Happening::Attacked { outcome: Outcome::Miss, .. }))
    );
    assert_eq!(stage.arena.get(wizard).unwrap().economy.reactions, 0);
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[12]).unwrap();
    assert_eq!(stage.hp(wizard), 40, "it still stands");
    stage.play(&[], |play| play.start_turn(wizard));
    stage.arena.get_mut(wizard).unwrap().economy.reactions = 0;
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[12, 3, 3]).unwrap();
    assert_eq!(stage.hp(wizard), 32, "it is gone");
}

#[test]
fn counterspell_undoes_a_spell_and_a_counterspell_undoes_the_counterspell() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:fire-bolt", "srd:counterspell"], 1, 0);
    let rival = stage.wizard(5, &["srd:counterspell"], 2, 30);
    stage.arena.get_mut(wizard).unwrap().economy.reactions = 0;
    stage.aimed(rival, Intent::Dodge, Aim::default(), &[]).unwrap();
    stage.end_turn(rival, &[]);
    let before = stage.events.len();
    stage.play(&[], |play| play.start_turn(wizard));
    stage.arena.get_mut(wizard).unwrap().economy.reactions = 0;
    stage
        .play(&[20], |play| {
            let aim = Aim { targets: &[rival], ..Aim::default() };
            play.attempt(rules::combat::Attempt {
                who: wizard,
                intent: Intent::Cast(id("srd:fire-bolt"), 0),
                aim,
            })
        })
        .unwrap();
    assert!(stage.events[before..].iter().any(|event| matches!(event, Happening::Countered { .. })));
    assert_eq!(stage.hp(rival), 40);

    stage.play(&[], |play| play.start_turn(rival));
    let before = stage.events.len();
    stage.turn(wizard, Intent::Cast(id("srd:fire-bolt"), 0), &[rival], &[18, 5, 5]).unwrap();
    let countered =
        stage.events[before..].iter().filter(|event| matches!(event, Happening::Countered { .. })).count();
    assert_eq!(countered, 1, "the rival's counterspell is undone by ours");
    assert_eq!(stage.hp(rival), 30);
}

#[test]
fn who_is_held_is_hit_critically_and_gets_free_by_a_save() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:hold-person"], 1, 0);
    let victim = stage.wizard(5, &[], 2, 30);
    stage.turn(wizard, Intent::Cast(id("srd:hold-person"), 2), &[victim], &[2]).unwrap();
    assert!(stage.has(victim, "srd:paralyzed") && stage.has(victim, "srd:incapacitated"));
    assert_eq!(stage.turn(victim, Intent::Dodge, &[], &[]), Err(Refusal::CannotAct));
    let ghoul = stage.monster("srd:ghoul", 1, 35);
    stage.turn(ghoul, Intent::Use(id("bite")), &[victim], &[11, 12, 1, 1, 1, 1]).unwrap();
    assert_eq!(stage.hp(victim), 40 - 6, "four dice and 2: a hit from near is critical");
    let advantage = stage.events.iter().rev().find_map(|event| match event {
        Happening::Attacked { roll, .. } => Some(roll.mode),
        _ => None,
    });
    assert_eq!(advantage, Some(RollMode::Advantage));
    stage.end_turn(victim, &[19]);
    assert!(!stage.has(victim, "srd:paralyzed"));
    assert!(stage.arena.get(wizard).unwrap().book.slots[2] == 2);
}

#[test]
fn damage_may_break_concentration_and_what_hangs_on_it_ends() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:bless"], 1, 0);
    let friend = stage.wizard(5, &[], 1, 5);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    stage.turn(wizard, Intent::Cast(id("srd:bless"), 1), &[wizard, friend], &[]).unwrap();
    assert_eq!(stage.arena.effects_on(friend).count(), 1);
    // A hit for 8, then a save of 8 + 1 + 1 from bless against 10: it holds. A 2 doesn't.
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[15, 3, 3, 8, 1]).unwrap();
    assert!(stage.arena.get(wizard).unwrap().concentration.is_some());
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[15, 3, 3, 2, 1]).unwrap();
    assert!(stage.arena.get(wizard).unwrap().concentration.is_none());
    assert_eq!(stage.arena.effects_on(friend).count(), 0);
}

#[test]
fn a_character_falls_dying_and_a_monster_just_dies() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &[], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    stage.arena.get_mut(wizard).unwrap().hp = 3;
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[15, 3, 3]).unwrap();
    assert!(matches!(stage.arena.get(wizard).unwrap().life, Life::Dying(_)));
    for _ in 0..3 {
        stage.play(&[12], |play| play.start_turn(wizard));
    }
    assert_eq!(stage.arena.get(wizard).unwrap().life, Life::Stable);
    stage.arena.get_mut(wizard).unwrap().hp = 1;
    stage.arena.get_mut(wizard).unwrap().life = Life::Alive;
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[20, 6, 6, 6, 6]).unwrap();
    assert!(matches!(stage.arena.get(wizard).unwrap().life, Life::Dying(_)));
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[15, 6, 6]).unwrap();
    stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[15, 6, 6]).unwrap();
    assert_eq!(stage.arena.get(wizard).unwrap().life, Life::Dead);
}

#[test]
fn a_dragon_bites_breathes_and_resists_what_it_fails() {
    let mut stage = Stage::new();
    let dragon = stage.monster("srd:adult-red-dragon", 2, 0);
    let wizard = stage.wizard(5, &["srd:polymorph"], 1, 10);
    assert_eq!(stage.hp(dragon), 256);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    stage.arena.get_mut(wizard).unwrap().hp = 400;
    stage.aimed(dragon, Intent::Use(id("fire-breath")), aim, &[1]).unwrap();
    assert_eq!(stage.hp(wizard), 400 - 54);
    assert_eq!(stage.aimed(dragon, Intent::Use(id("fire-breath")), aim, &[2]), Err(Refusal::Spent));
    assert_eq!(stage.aimed(dragon, Intent::Use(id("fire-breath")), aim, &[5, 19]), Ok(()));
    stage.turn(wizard, Intent::Cast(id("srd:polymorph"), 4), &[dragon], &[1]).unwrap();
    assert!(stage.events.iter().any(|event| matches!(event, Happening::Resisted { .. })));
    assert_eq!(stage.arena.get(dragon).unwrap().legendary_resistance, 2);
    let tail = Intent::Use(id("tail-attack"));
    assert_eq!(
        stage.play(&[15], |play| {
            play.attempt(rules::combat::Attempt {
                who: dragon,
                intent: tail,
                aim: Aim { targets: &[wizard], ..Aim::default() },
            })
        }),
        Ok(())
    );
}

#[test]
fn refusals_say_what_is_wrong_and_spend_nothing() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:fire-bolt", "srd:fireball"], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 200);
    let cast = |slot| Intent::Cast(id("srd:fire-bolt"), slot);
    let refused = stage.turn(wizard, cast(0), &[ghoul], &[]).unwrap_err();
    assert_eq!(refused.to_string(), "out of range: 200 ft, reach 120 ft");
    assert_eq!(stage.arena.get(wizard).unwrap().economy.actions, 1);
    let fireball = Intent::Cast(id("srd:fireball"), 2);
    assert_eq!(stage.turn(wizard, fireball, &[], &[]), Err(Refusal::SlotTooLow { spell: 3, slot: 2 }));
    let unknown = Intent::Cast(id("srd:wish"), 9);
    assert_eq!(stage.turn(wizard, unknown, &[], &[]), Err(Refusal::Unknown(id("srd:wish"))));
    assert_eq!(stage.turn(wizard, cast(0), &[], &[]), Err(Refusal::NoTarget));
}

#[test]
fn walking_away_provokes_and_disengaging_does_not() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &[], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 5);
    stage.play(&[], |play| play.start_turn(ghoul));
    stage.play(&[], |play| play.end_turn(ghoul));
    stage
        .play(&[15, 1, 1], |play| {
            play.start_turn(wizard);
            play.walk(wizard, OpenField::point(-30, 0), 30, false)
        })
        .unwrap();
    assert_eq!(stage.hp(wizard), 36);
    assert_eq!(
        stage.play(&[], |play| play.walk(wizard, OpenField::point(-35, 0), 5, false)),
        Err(Refusal::NoMovement { left: 0, needed: 5 })
    );
    stage.field.put(wizard, 0, 0);
    stage.play(&[], |play| play.start_turn(ghoul));
    stage.aimed(wizard, Intent::Disengage, Aim::default(), &[]).unwrap();
    stage.play(&[15, 1, 1], |play| play.walk(wizard, OpenField::point(-30, 0), 30, false)).unwrap();
    assert_eq!(stage.hp(wizard), 36);
}

#[test]
fn spirit_guardians_slow_and_burn_who_comes_near_once_a_turn() {
    let mut stage = Stage::new();
    let cleric = stage.wizard(5, &["srd:spirit-guardians"], 1, 0);
    let ghoul = stage.monster("srd:ghoul", 2, 60);
    stage.turn(cleric, Intent::Cast(id("srd:spirit-guardians"), 3), &[], &[]).unwrap();
    assert_eq!(stage.hp(ghoul), 22);
    stage.field.put(ghoul, 10, 0);
    // It comes in, fails, and takes 3 + 3 + 3; its turn begins in another turn, so it is burnt again.
    stage.play(&[1, 3, 3, 3], |play| play.moved(ghoul));
    assert_eq!(stage.hp(ghoul), 13);
    stage.play(&[1, 2, 2, 2], |play| play.start_turn(ghoul));
    assert_eq!(stage.hp(ghoul), 7);
    assert_eq!(stage.arena.get(ghoul).unwrap().economy.movement, 15);
    stage.field.put(ghoul, 60, 0);
    stage.play(&[], |play| play.moved(ghoul));
    assert_eq!(stage.arena.effects_on(ghoul).count(), 0);
}

#[test]
fn sleep_takes_the_weakest_first() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(5, &["srd:sleep"], 1, 0);
    let (strong, weak) = (stage.wizard(1, &[], 2, 50), stage.wizard(1, &[], 2, 55));
    stage.arena.get_mut(strong).unwrap().hp = 18;
    stage.arena.get_mut(weak).unwrap().hp = 6;
    let aim = Aim { point: Some(OpenField::point(50, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:sleep"), 1), aim, &[4, 4, 4, 4, 4]).unwrap();
    assert!(stage.has(weak, "srd:unconscious") && !stage.has(strong, "srd:unconscious"));
    assert!(stage.has(weak, "srd:prone"), "who falls asleep falls down");
}
