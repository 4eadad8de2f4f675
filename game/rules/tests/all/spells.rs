//! Spells as they are played: each tells what its text promises.

use rules::combat::{Aim, Handle, Happening, Intent, Life, OpenField};
use rules::content::{Coverage, Spell, srd};
use rules::language::Duration;

use super::every_spell::with_creatures;
use super::stage::{Stage, id};

/// A caster with one spell, a friend beside it, and a ghoul so many feet away.
fn scene(spell: &str, feet: i32) -> (Stage, Handle, Handle, Handle) {
    let mut stage = Stage::new();
    let caster = stage.wizard(17, &[spell], 1, 0);
    let friend = stage.wizard(5, &[], 1, 5);
    let ghoul = stage.monster("srd:ghoul", 2, feet);
    (stage, caster, friend, ghoul)
}

impl Stage {
    fn cast(&mut self, who: Handle, spell: &str, slot: u8, targets: &[Handle], dice: &[u32]) {
        self.turn(who, Intent::Cast(id(spell), slot), targets, dice).expect("the spell can be cast");
    }

    fn cast_at(&mut self, who: Handle, spell: &str, slot: u8, aim: Aim<'_>, dice: &[u32]) {
        self.aimed(who, Intent::Cast(id(spell), slot), aim, dice).expect("the spell can be cast");
    }

    fn begin(&mut self, who: Handle, dice: &[u32]) {
        self.play(dice, |play| play.start_turn(who));
    }

    fn feet_east(&self, who: Handle) -> i64 {
        use rules::combat::Space as _;
        // 256 units a metre, 3.2808 feet a metre.
        (self.field.position(who).x as f64 / 256.0 * 3.280_8).round() as i64
    }
}

#[test]
fn the_book_of_spells_is_whole() {
    let spells = srd().spells();
    assert_eq!(spells.len(), 319);
    let of_level = |level: u8| spells.iter().filter(|spell| spell.level == level).count();
    let by_level: Vec<usize> = (0..=9).map(of_level).collect();
    assert_eq!(by_level, [24, 49, 54, 42, 31, 37, 31, 20, 16, 15]);
    let count = |is: fn(&Spell) -> bool| spells.iter().filter(|spell| is(spell)).count();
    assert_eq!(count(|spell| spell.concentration), 126);
    assert_eq!(count(|spell| spell.ritual), 29);
    // A spell that only tells something is short of steps, never of cost, time and range.
    assert!(count(|spell| spell.coverage == Coverage::Narrative) <= 42);
    assert!(count(|spell| matches!(spell.coverage, Coverage::Partial(_))) <= 25);
    assert!(spells.iter().all(|spell| spell.concentration <= (spell.duration != Duration::Instant)));
}

#[test]
fn a_ritual_takes_ten_minutes_more_and_no_slot() {
    let (mut stage, caster, _, _) = scene("srd:detect-magic", 60);
    let detect = (id("srd:detect-magic"), 1);
    let slots = stage.arena.get(caster).unwrap().book.slots;
    let refused = stage.play(&[], |play| play.cast_at_leisure(caster, detect, true, Aim::default()));
    assert!(refused.is_err(), "not every caster knows how");
    assert_eq!(stage.play(&[], |play| play.cast_at_leisure(caster, detect, false, Aim::default())), Ok(0));
    assert_eq!(stage.arena.get(caster).unwrap().book.slots[1], slots[1] - 1);
}

#[test]
fn costly_materials_are_asked_for() {
    let (mut stage, caster, friend, _) = scene("srd:raise-dead", 60);
    stage.arena.get_mut(friend).unwrap().life = Life::Dead;
    let minutes = stage.play(&[], |play| {
        let aim = Aim { targets: &[friend], ..Aim::default() };
        play.cast_at_leisure(caster, (id("srd:raise-dead"), 5), false, aim)
    });
    assert_eq!(minutes, Ok(60));
    let needed = |event: &Happening<'_>| matches!(event, Happening::Needed { gp: 500, consumed: true, .. });
    assert!(stage.events.iter().any(needed));
    assert_eq!((stage.hp(friend), stage.arena.get(friend).unwrap().life), (1, Life::Alive));
}

#[test]
fn the_dead_come_back_within_a_minute_or_not_so_cheaply() {
    let (mut stage, caster, friend, _) = scene("srd:revivify", 60);
    let revivify = Intent::Cast(id("srd:revivify"), 3);
    stage.arena.get_mut(friend).unwrap().life = Life::Dead;
    stage.arena.get_mut(friend).unwrap().dead_rounds = 11;
    assert!(stage.turn(caster, revivify, &[friend], &[]).is_err());
    stage.arena.get_mut(friend).unwrap().dead_rounds = 9;
    stage.begin(friend, &[]);
    stage.turn(caster, revivify, &[friend], &[]).unwrap();
    assert_eq!((stage.hp(friend), stage.arena.get(friend).unwrap().life), (1, Life::Alive));
}

#[test]
fn magic_missiles_never_miss_and_fly_where_they_are_sent() {
    let (mut stage, caster, _, ghoul) = scene("srd:magic-missile", 60);
    let other = stage.monster("srd:ghoul", 2, 65);
    stage.cast(caster, "srd:magic-missile", 2, &[ghoul, ghoul, other, ghoul], &[1, 2, 3, 4]);
    assert_eq!((stage.hp(ghoul), stage.hp(other)), (22 - 2 - 3 - 5, 22 - 4));
}

#[test]
fn cure_wounds_heals_more_from_a_higher_slot_and_never_above_the_most() {
    let (mut stage, caster, friend, _) = scene("srd:cure-wounds", 60);
    stage.arena.get_mut(friend).unwrap().hp = 1;
    stage.cast(caster, "srd:cure-wounds", 2, &[friend], &[5, 6]);
    assert_eq!(stage.hp(friend), 1 + 11 + 4);
    stage.arena.get_mut(friend).unwrap().hp = 39;
    stage.cast(caster, "srd:cure-wounds", 1, &[friend], &[8]);
    assert_eq!(stage.hp(friend), 40);
}

#[test]
fn a_marked_quarry_takes_more_from_weapons_and_another_may_be_marked_when_it_falls() {
    let (mut stage, caster, _, ghoul) = scene("srd:hunters-mark", 5);
    let other = stage.monster("srd:ghoul", 2, -5);
    stage.cast(caster, "srd:hunters-mark", 1, &[ghoul], &[]);
    // A bare hand for 1, and a 4 by the mark.
    stage
        .play(&[15, 4], |play| {
            let aim = Aim { targets: &[ghoul], ..Aim::default() };
            play.attempt(rules::combat::Attempt { who: caster, intent: Intent::Attack(None), aim })
        })
        .unwrap();
    assert_eq!(stage.hp(ghoul), 22 - 1 - 4);
    let anew = Intent::Use(id("mark-anew"));
    assert!(stage.turn(caster, anew, &[other], &[]).is_err(), "the quarry still stands");
    stage.arena.get_mut(ghoul).unwrap().hp = 1;
    stage.turn(caster, Intent::Attack(None), &[ghoul], &[15, 4]).unwrap();
    assert_eq!(stage.arena.get(ghoul).unwrap().life, Life::Dead);
    stage.turn(caster, anew, &[other], &[]).unwrap();
    stage.turn(caster, Intent::Attack(None), &[other], &[15, 6]).unwrap();
    assert_eq!(stage.hp(other), 22 - 1 - 6);
}

#[test]
fn a_new_form_has_its_own_wounds_and_what_is_left_of_a_blow_goes_on() {
    let mut stage = Stage::with(with_creatures());
    let caster = stage.wizard(17, &["srd:polymorph"], 1, 0);
    let victim = stage.wizard(5, &[], 2, 30);
    let ghoul = stage.monster("srd:ghoul", 1, 35);
    let aim = Aim { targets: &[victim], monster: Some(id("mine:boar")), ..Aim::default() };
    stage.cast_at(caster, "srd:polymorph", 4, aim, &[2]);
    assert_eq!(stage.hp(victim), 11, "it has the beast's hit points");
    stage.turn(ghoul, Intent::Use(id("bite")), &[victim], &[19, 3, 3]).unwrap();
    assert_eq!(stage.hp(victim), 3);
    stage.turn(ghoul, Intent::Use(id("bite")), &[victim], &[19, 3, 3]).unwrap();
    assert_eq!(stage.hp(victim), 40 - 5, "five were left of the blow");
    assert!(stage.arena.get(caster).unwrap().concentration.is_none());
}

#[test]
fn a_wall_of_fire_burns_where_it_rises_and_on_one_side() {
    let (mut stage, caster, _, ghoul) = scene("srd:wall-of-fire", 60);
    let (behind, before) = (stage.monster("srd:ghoul", 2, 70), stage.monster("srd:ghoul", 2, 50));
    let aim = Aim { point: Some(OpenField::point(60, -10)), ..Aim::default() };
    stage.cast_at(caster, "srd:wall-of-fire", 4, aim, &[3, 2, 2, 2, 2, 2]);
    assert_eq!(stage.hp(ghoul), 12, "five dice for 10, and no save");
    for who in [behind, before] {
        stage.begin(who, &[]);
        stage.end_turn(who, &[1, 1, 1, 1, 1]);
    }
    assert_eq!((stage.hp(behind), stage.hp(before)), (17, 22), "its heat goes away from the caster");
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    stage.begin(behind, &[]);
    stage.end_turn(behind, &[]);
    assert_eq!(stage.hp(behind), 17);
}

#[test]
fn a_beam_of_moonlight_goes_where_its_maker_sends_it() {
    let (mut stage, caster, _, ghoul) = scene("srd:moonbeam", 60);
    let other = stage.monster("srd:ghoul", 2, 90);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    stage.cast_at(caster, "srd:moonbeam", 2, aim, &[]);
    stage.begin(ghoul, &[2, 3, 4]);
    assert_eq!(stage.hp(ghoul), 22 - 7);
    let aim = Aim { point: Some(OpenField::point(90, 0)), ..Aim::default() };
    stage.aimed(caster, Intent::Steer, aim, &[2, 3, 5]).unwrap();
    assert_eq!(stage.hp(other), 22 - 8, "it comes over the other one");
    stage.begin(ghoul, &[]);
    assert_eq!(stage.hp(ghoul), 22 - 7, "and has left the first");
}

#[test]
fn a_spiritual_weapon_strikes_from_where_it_hovers() {
    let (mut stage, caster, _, ghoul) = scene("srd:spiritual-weapon", 60);
    let far = stage.monster("srd:ghoul", 2, 80);
    let aim = Aim { point: Some(OpenField::point(55, 0)), ..Aim::default() };
    stage.cast_at(caster, "srd:spiritual-weapon", 2, aim, &[15, 4]);
    assert_eq!(stage.hp(ghoul), 22 - 8, "it strikes as it appears");
    let strike = Intent::Use(id("strike"));
    assert!(stage.turn(caster, strike, &[far], &[]).is_err(), "25 feet are too far");
    let aim = Aim { point: Some(OpenField::point(75, 0)), ..Aim::default() };
    stage.aimed(caster, Intent::Steer, aim, &[]).unwrap();
    stage.turn(caster, strike, &[far], &[15, 4]).unwrap();
    assert_eq!(stage.hp(far), 22 - 8);
}

#[test]
fn a_deadly_cloud_rolls_away_from_its_maker() {
    let (mut stage, caster, friend, _) = scene("srd:cloudkill", 200);
    let victim = stage.wizard(5, &[], 2, 75);
    let aim = Aim { point: Some(OpenField::point(50, 0)), ..Aim::default() };
    stage.cast_at(caster, "srd:cloudkill", 5, aim, &[]);
    assert_eq!(stage.hp(victim), 40, "25 feet from its middle");
    stage.begin(caster, &[2, 3, 3, 3, 3, 3]);
    assert_eq!(stage.hp(victim), 25, "it has come ten feet further");
    assert_eq!(stage.hp(friend), 40);
}

#[test]
fn webs_hold_until_their_maker_lets_go() {
    let (mut stage, caster, _, ghoul) = scene("srd:web", 60);
    let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
    stage.cast_at(caster, "srd:web", 2, aim, &[]);
    stage.begin(ghoul, &[2]);
    assert!(stage.has(ghoul, "srd:restrained"));
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    assert!(!stage.has(ghoul, "srd:restrained"));
}

#[test]
fn three_failures_turn_flesh_to_stone() {
    let (mut stage, caster, _, _) = scene("srd:flesh-to-stone", 60);
    let victim = stage.wizard(5, &[], 2, 30);
    stage.cast(caster, "srd:flesh-to-stone", 6, &[victim], &[2]);
    assert!(stage.has(victim, "srd:restrained"));
    for roll in [2, 19, 2] {
        stage.begin(victim, &[]);
        stage.end_turn(victim, &[roll]);
        assert!(!stage.has(victim, "srd:petrified"));
    }
    stage.begin(victim, &[]);
    stage.end_turn(victim, &[2]);
    assert!(stage.has(victim, "srd:petrified"), "the third failure, with a success between");
}

#[test]
fn a_vampires_touch_heals_by_half_the_harm_each_time() {
    let (mut stage, caster, _, ghoul) = scene("srd:vampiric-touch", 5);
    stage.arena.get_mut(caster).unwrap().hp = 10;
    stage.cast(caster, "srd:vampiric-touch", 3, &[], &[15, 2, 2, 2]);
    assert_eq!((stage.hp(ghoul), stage.hp(caster)), (22 - 6, 13));
    stage.turn(caster, Intent::Use(id("touch")), &[ghoul], &[15, 2, 2, 4]).unwrap();
    assert_eq!((stage.hp(ghoul), stage.hp(caster)), (22 - 14, 17));
}

#[test]
fn spikes_tear_whoever_walks_through_them_by_the_foot() {
    let (mut stage, caster, _, ghoul) = scene("srd:spike-growth", 60);
    let aim = Aim { point: Some(OpenField::point(90, 0)), ..Aim::default() };
    stage.cast_at(caster, "srd:spike-growth", 2, aim, &[]);
    let walk = |stage: &mut Stage, to: i32, feet: u16, dice: &[u32]| {
        stage.begin(ghoul, &[]);
        stage.play(dice, |play| play.walk(ghoul, OpenField::point(to, 0), feet, false)).unwrap();
    };
    walk(&mut stage, 75, 15, &[1, 1]);
    assert_eq!(stage.hp(ghoul), 20, "two dice as it comes in");
    walk(&mut stage, 85, 10, &[1, 1, 1, 1]);
    assert_eq!(stage.hp(ghoul), 16, "two dice for each five feet");
}

#[test]
fn haste_ends_in_lethargy() {
    let (mut stage, caster, friend, _) = scene("srd:haste", 60);
    stage.cast(caster, "srd:haste", 3, &[friend], &[]);
    stage.begin(friend, &[]);
    assert_eq!(stage.arena.get(friend).unwrap().economy.movement, 60);
    stage.turn(friend, Intent::Use(id("hasted-dash")), &[], &[]).unwrap();
    assert!(stage.turn(friend, Intent::Use(id("hasted-attack")), &[], &[]).is_ok(), "it is back each turn");
    stage.end_turn(friend, &[]);
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    stage.begin(friend, &[]);
    assert!(!stage.arena.get(friend).unwrap().can_act(), "a turn is lost");
    stage.end_turn(friend, &[]);
    stage.begin(friend, &[]);
    assert!(stage.arena.get(friend).unwrap().can_act());
}

#[test]
fn images_take_blows_in_place_of_their_caster() {
    let (mut stage, caster, _, ghoul) = scene("srd:mirror-image", 5);
    stage.cast(caster, "srd:mirror-image", 2, &[], &[]);
    let store = id("srd:mirror-image");
    assert_eq!(stage.arena.get(caster).unwrap().stock(store), 3);
    // It hits with a 15 + 2; a 15 on the second die leads it to an image, a 16 to the caster.
    stage.turn(ghoul, Intent::Use(id("bite")), &[caster], &[15, 15]).unwrap();
    assert_eq!((stage.hp(caster), stage.arena.get(caster).unwrap().stock(store)), (40, 2));
    stage.turn(ghoul, Intent::Use(id("bite")), &[caster], &[15, 14, 3, 3]).unwrap();
    assert_eq!((stage.hp(caster), stage.arena.get(caster).unwrap().stock(store)), (32, 2));
}

#[test]
fn a_ward_against_death_holds_once() {
    let (mut stage, caster, friend, ghoul) = scene("srd:death-ward", 5);
    stage.cast(caster, "srd:death-ward", 4, &[friend], &[]);
    stage.arena.get_mut(friend).unwrap().hp = 2;
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[19, 6, 6]).unwrap();
    assert_eq!((stage.hp(friend), stage.arena.get(friend).unwrap().life), (1, Life::Alive));
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[19, 6, 6]).unwrap();
    assert!(matches!(stage.arena.get(friend).unwrap().life, Life::Dying(_)));
}

#[test]
fn who_is_banished_comes_back_when_the_spell_ends() {
    let (mut stage, caster, _, _) = scene("srd:banishment", 60);
    let victim = stage.wizard(5, &[], 2, 30);
    stage.cast(caster, "srd:banishment", 4, &[victim], &[2]);
    assert!(stage.arena.get(victim).unwrap().away_from.is_some());
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    assert!(stage.arena.get(victim).unwrap().away_from.is_none());
    assert_eq!(stage.feet_east(victim), 30);
}

#[test]
fn a_command_to_flee_is_followed_on_the_next_turn() {
    let (mut stage, caster, _, _) = scene("srd:command", 60);
    let victim = stage.wizard(5, &[], 2, 30);
    let aim = Aim { targets: &[victim], choice: 2, ..Aim::default() };
    stage.cast_at(caster, "srd:command", 1, aim, &[2]);
    stage.begin(victim, &[]);
    assert_eq!(stage.feet_east(victim), 90, "twice its speed, away from the caster");
    assert!(!stage.arena.get(victim).unwrap().can_act());
    stage.end_turn(victim, &[]);
    stage.begin(victim, &[]);
    assert!(stage.arena.get(victim).unwrap().can_act());
}

#[test]
fn lightning_leaps_to_others_and_strikes_nobody_twice() {
    let (mut stage, caster, _, ghoul) = scene("srd:chain-lightning", 60);
    let others: Vec<Handle> = (0..4).map(|place| stage.monster("srd:ghoul", 2, 65 + 5 * place)).collect();
    stage.cast(caster, "srd:chain-lightning", 6, &[ghoul], &[]);
    let struck = stage.events.iter().filter(|event| matches!(event, Happening::Saved { .. })).count();
    assert_eq!(struck, 4, "the first and three more of {}", 1 + others.len());
}

#[test]
fn hope_makes_healing_as_good_as_it_can_be() {
    let mut stage = Stage::new();
    let caster = stage.wizard(17, &["srd:beacon-of-hope", "srd:healing-word"], 1, 0);
    let friend = stage.wizard(5, &[], 1, 5);
    stage.arena.get_mut(friend).unwrap().hp = 1;
    stage.cast(caster, "srd:beacon-of-hope", 3, &[friend], &[]);
    stage.cast(caster, "srd:healing-word", 3, &[friend], &[1, 1, 1]);
    assert_eq!(stage.hp(friend), 1 + 12 + 4);
}

#[test]
fn whoever_cannot_be_charmed_does_not_dance() {
    let (mut stage, caster, _, ghoul) = scene("srd:irresistible-dance", 30);
    let dancer = stage.wizard(5, &[], 2, 30);
    stage.cast(caster, "srd:irresistible-dance", 6, &[dancer], &[]);
    assert_eq!(stage.arena.effects_on(dancer).count(), 1);
    stage.arena.get_mut(caster).unwrap().book.slots[6] = 1;
    stage.cast(caster, "srd:irresistible-dance", 6, &[ghoul], &[]);
    assert_eq!(stage.arena.effects_on(ghoul).count(), 0, "a ghoul is immune");
}

#[test]
fn sanctuary_turns_attackers_away_until_its_bearer_strikes() {
    let (mut stage, caster, friend, ghoul) = scene("srd:sanctuary", 5);
    stage.cast(caster, "srd:sanctuary", 1, &[friend], &[]);
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[2, 19]).unwrap();
    assert_eq!(stage.hp(friend), 40, "the ghoul's save failed");
    stage.turn(friend, Intent::Attack(None), &[ghoul], &[2]).unwrap();
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[19, 3, 3]).unwrap();
    assert_eq!(stage.hp(friend), 32);
}

#[test]
fn what_a_spell_calls_leaves_with_it() {
    let (mut stage, caster, _, _) = scene("srd:animate-objects", 60);
    let count = |stage: &Stage| stage.arena.creatures().count();
    let aim = Aim { point: Some(OpenField::point(10, 0)), choice: 3, ..Aim::default() };
    stage.cast_at(caster, "srd:animate-objects", 5, aim, &[]);
    assert_eq!(count(&stage), 3 + 2, "ten small things, or two large ones");
    stage.turn(caster, Intent::EndConcentration, &[], &[]).unwrap();
    assert_eq!(count(&stage), 3);
}

#[test]
fn protection_from_evil_wards_off_the_fear_of_undead_alone() {
    let (mut stage, caster, friend, ghoul) = scene("srd:protection-from-evil-and-good", 5);
    stage.cast(caster, "srd:protection-from-evil-and-good", 1, &[friend], &[]);
    stage.turn(ghoul, Intent::Use(id("bite")), &[friend], &[19, 2]).unwrap();
    assert_eq!(stage.hp(friend), 40, "the undead strikes at disadvantage");
}
