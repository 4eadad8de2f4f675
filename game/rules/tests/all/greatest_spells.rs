//! Spells that change who is who and what stands where: a soul in another's body, a wall of seven layers.

use rules::combat::{Aim, Handle, Intent, Life, OpenField, Refusal, Space};

use super::stage::{Stage, id};

/// A wizard whose soul is in a jar, and a bandit thirty feet away.
fn in_the_jar() -> (Stage, Handle, Handle) {
    let mut stage = Stage::new();
    let wizard = stage.wizard(11, &["srd:magic-jar"], 1, 0);
    let bandit = stage.monster("srd:bandit", 2, 30);
    stage
        .play(&[], |play| play.cast_at_leisure(wizard, (id("srd:magic-jar"), 6), false, Aim::default()))
        .expect("there is time");
    (stage, wizard, bandit)
}

fn possess(stage: &mut Stage, wizard: Handle, bandit: Handle) {
    stage.turn(wizard, Intent::Use(id("possess")), &[bandit], &[1]).expect("it is near enough");
}

#[test]
fn a_soul_in_another_body_has_its_figures_and_keeps_its_mind() {
    let (mut stage, wizard, bandit) = in_the_jar();
    let there = stage.field.position(bandit);
    possess(&mut stage, wizard, bandit);
    let (own, body) = (stage.arena.get(wizard).unwrap(), stage.arena.get(bandit).unwrap());
    assert_eq!((own.sheet.ac, own.hp), (body.sheet.ac, body.hp));
    assert_eq!(own.sheet.scores[rules::Ability::Intelligence], 18);
    assert!(own.actions.iter().any(|action| action.id == id("scimitar")));
    assert_eq!(stage.field.position(wizard), there);
    assert!(body.away_from.is_some(), "the bandit's soul waits outside");
    let again = stage.turn(wizard, Intent::Use(id("possess")), &[bandit], &[1]);
    assert!(again.is_err(), "only a soul in its container takes a body");

    stage.turn(wizard, Intent::Use(id("leave-body")), &[], &[]).unwrap();
    let (own, body) = (stage.arena.get(wizard).unwrap(), stage.arena.get(bandit).unwrap());
    assert_eq!((own.hp, own.sheet.hp_max), (40, 40));
    assert!(own.actions.iter().all(|action| action.id != id("scimitar") && action.id != id("leave-body")));
    assert!(body.away_from.is_none());
    assert_eq!(stage.field.position(bandit), there);
    assert_eq!(stage.field.position(wizard), OpenField::point(0, 0));
    possess(&mut stage, wizard, bandit);
}

#[test]
fn a_body_that_dies_takes_the_soul_along_unless_that_withstands_it() {
    for (save, life) in [(20, Life::Alive), (1, Life::Dead)] {
        let (mut stage, wizard, bandit) = in_the_jar();
        let ghoul = stage.monster("srd:ghoul", 2, 35);
        possess(&mut stage, wizard, bandit);
        stage.turn(ghoul, Intent::Use(id("bite")), &[wizard], &[20, 6, 6, 6, 6, save]).unwrap();
        assert_eq!(stage.arena.get(bandit).unwrap().life, Life::Dead);
        assert_eq!(stage.arena.get(wizard).unwrap().life, life, "with a save of {save}");
    }
}

fn layer(stage: &Stage, wizard: Handle, name: &str) -> i32 {
    stage.arena.get(wizard).map_or(0, |own| own.stock(id(&format!("srd:prismatic-{name}"))))
}

fn cast(stage: &mut Stage, who: Handle, spell: &str, slot: u8, dice: &[u32]) -> Result<(), Refusal> {
    // A point in the wall, which stands across the way.
    let aim = Aim { point: Some(OpenField::point(50, 10)), ..Aim::default() };
    stage.aimed(who, Intent::Cast(id(spell), slot), aim, dice)
}

/// A wizard, a friend, and a wall fifty feet away through which both may go.
fn behind_the_wall() -> (Stage, Handle, Handle) {
    let mut stage = Stage::new();
    let spells =
        ["srd:prismatic-wall", "srd:cone-of-cold", "srd:gust-of-wind", "srd:daylight", "srd:dispel-magic"];
    let wizard = stage.wizard(17, &spells, 1, 0);
    let friend = stage.wizard(17, &[], 1, 5);
    let aim = Aim { targets: &[friend], point: Some(OpenField::point(50, 0)), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:prismatic-wall"), 9), aim, &[]).expect("nobody stands there");
    (stage, wizard, friend)
}

#[test]
fn a_wall_of_light_loses_its_layers_one_by_one_and_in_their_order() {
    let (mut stage, wizard, _) = behind_the_wall();
    cast(&mut stage, wizard, "srd:daylight", 3, &[]).unwrap();
    cast(&mut stage, wizard, "srd:gust-of-wind", 2, &[]).unwrap();
    assert_eq!((layer(&stage, wizard, "red"), layer(&stage, wizard, "indigo")), (1, 1), "red is in front");
    cast(&mut stage, wizard, "srd:cone-of-cold", 5, &[1; 8]).unwrap();
    assert_eq!(layer(&stage, wizard, "red"), 1, "8 is too little cold");
    cast(&mut stage, wizard, "srd:cone-of-cold", 6, &[8; 9]).unwrap();
    assert_eq!((layer(&stage, wizard, "red"), layer(&stage, wizard, "orange")), (0, 1));
    cast(&mut stage, wizard, "srd:gust-of-wind", 2, &[]).unwrap();
    assert_eq!((layer(&stage, wizard, "orange"), layer(&stage, wizard, "yellow")), (0, 1));
    for name in ["yellow", "green", "blue", "indigo"] {
        let stocks = &mut stage.arena.get_mut(wizard).unwrap().stocks;
        stocks.iter_mut().find(|stock| stock.id == id(&format!("srd:prismatic-{name}"))).unwrap().left = 0;
    }
    cast(&mut stage, wizard, "srd:dispel-magic", 3, &[]).unwrap();
    let ended =
        stage.events.iter().filter(|event| matches!(event, rules::combat::Happening::ZoneEnded { .. }));
    assert_eq!(ended.count(), 3, "the gust, the wall and the strip beside it");
}

#[test]
fn a_wall_of_light_spares_whom_its_maker_names_and_burns_others_by_the_layers_that_are_left() {
    let (mut stage, wizard, friend) = behind_the_wall();
    let foe = stage.wizard(17, &[], 2, 100);
    for who in [friend, foe] {
        stage.arena.get_mut(who).unwrap().sheet.hp_max = 1_000;
        stage.arena.get_mut(who).unwrap().hp = 1_000;
        stage.field.put(who, 50, 10);
        // Every save fails, and each die shows one.
        stage.play(&[1; 200], |play| play.moved(who));
    }
    assert_eq!(stage.hp(friend), 1_000);
    assert_eq!(1_000 - stage.hp(foe), 5 * 10, "five layers that burn");
    cast(&mut stage, wizard, "srd:cone-of-cold", 6, &[8; 9]).unwrap();
    let late = stage.wizard(17, &[], 2, 100);
    stage.field.put(late, 50, 15);
    stage.play(&[1; 200], |play| play.moved(late));
    assert!(40 - stage.hp(late) <= 40 && stage.has(late, "srd:restrained"));
}

#[test]
fn a_wall_of_light_fails_where_somebody_stands() {
    let mut stage = Stage::new();
    let wizard = stage.wizard(17, &["srd:prismatic-wall"], 1, 0);
    stage.monster("srd:ghoul", 2, 60);
    let ghoul_there = OpenField::point(60, -5);
    let aim = Aim { point: Some(ghoul_there), ..Aim::default() };
    stage.aimed(wizard, Intent::Cast(id("srd:prismatic-wall"), 9), aim, &[]).unwrap();
    let made = stage.events.iter().any(|event| matches!(event, rules::combat::Happening::ZoneMade { .. }));
    assert!(!made, "the slot is wasted");
}
