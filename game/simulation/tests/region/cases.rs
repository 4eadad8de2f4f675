//! The rules' own cases of combat, met in a live region: whatever a case says must be what is seen to happen.
//!
//! The cases are those of `game/rules/tests/cases`. What they ask of attacks is reckoned from outcomes that were observed, die by
//! die, and not from the rules' formulas.

use std::collections::{BTreeMap, BTreeSet};

use grid::RequestId;
use rules::{
    DeathState, RollMode, Ruleset,
    combat::{Outcome, Policy, Sheet},
    concentration_dc,
    content::srd,
    death_saves, dice_mean,
};
use serde_json::Value;
use simulation::{
    Command, EntityId, Event, Fact, Faction, GroundPoint, Order, Spawn, TICK_HZ, Vitality, Weapon, Wits,
};

use crate::meadow::{METRE, Meadow};

const CASES: &str = include_str!("../../../rules/tests/cases/cases.json");

/// The inputs and answers of a function's cases.
fn cases(function: &str) -> Vec<(Value, Value)> {
    let read: Value = serde_json::from_str(CASES).expect("the cases are JSON");
    let all = read["cases"].as_array().expect("a list of cases");
    let ours: Vec<(Value, Value)> = all
        .iter()
        .filter(|case| case["fn"] == function)
        .map(|case| (case["input"].clone(), case["expected"].clone()))
        .collect();
    assert!(!ours.is_empty(), "no case asks for {function}");
    ours
}

fn entity(number: u128) -> EntityId {
    EntityId::from_uuid(uuid::Uuid::from_u128(number))
}

fn spawn(number: u128, monster: &str, x: i64, faction: Faction, wits: Wits) -> Command {
    Command::Spawn(Spawn {
        request: RequestId::from_uuid(uuid::Uuid::from_u128(number)),
        entity: entity(number),
        monster: monster.parse().expect("the ids of tests are well formed"),
        name: None,
        at: GroundPoint::new(x * METRE, 30 * METRE),
        faction,
        wits,
    })
}

fn attack(number: u128, target: u128) -> Command {
    Command::Order {
        request: RequestId::from_uuid(uuid::Uuid::from_u128(9_000 + number)),
        entity: entity(number),
        order: Order::Attack { target: entity(target), with: Weapon::Best, approach: true },
    }
}

fn meadow() -> Meadow {
    let mut meadow = Meadow::with_npcs(1);
    meadow.ticks(40);
    meadow
}

fn id_of(name: &str) -> String {
    format!("srd:{}", name.replace(' ', "-"))
}

/// What an attack that needs so much more than its bonus has come to, by what the die showed.
type Faces = BTreeMap<i32, BTreeMap<u8, BTreeSet<&'static str>>>;

fn note(faces: &mut Faces, events: &[Event]) {
    for event in events {
        if let Event::Fought { fact: Fact::Attacked { roll, outcome, .. }, .. } = event {
            let outcome = match outcome {
                Outcome::Miss => "miss",
                Outcome::Hit => "hit",
                Outcome::Critical => "critical",
            };
            let needed = roll.against - roll.bonus;
            faces.entry(needed).or_default().entry(roll.die).or_default().insert(outcome);
        }
    }
}

/// The chances of a hit and of a critical one, from outcomes that were observed for every face of the die.
fn chances(faces: &BTreeMap<u8, BTreeSet<&'static str>>, mode: RollMode) -> (f64, f64) {
    let share = |counts: fn(&str) -> bool| {
        let landing = (1..=20_u8).filter(|face| faces[face].iter().any(|outcome| counts(outcome))).count();
        let one = landing as f64 / 20.0;
        match mode {
            RollMode::Normal => one,
            RollMode::Advantage => 1.0 - (1.0 - one) * (1.0 - one),
            RollMode::Disadvantage => one * one,
        }
    };
    (share(|outcome| outcome != "miss"), share(|outcome| outcome == "critical"))
}

/// Monsters of which one strikes at the other, needing so much on the die.
fn pair_that_needs(needed: i32) -> Option<(String, String)> {
    // Whoever has one plain attack says its bonus in the content.
    let attackers =
        [("srd:kobold", 4), ("srd:ogre", 6), ("srd:guard", 3), ("srd:commoner", 2), ("srd:tarrasque", 19)];
    attackers.into_iter().find_map(|(attacker, bonus)| {
        let fits = srd().monsters().iter().filter(|monster| i32::from(monster.ac) - bonus == needed);
        // Whoever holds out longest is struck at most often.
        let target = fits.max_by_key(|monster| Sheet::monster(monster).hp_max)?;
        Some((attacker.to_owned(), target.id.to_string()))
    })
}

/// Attacks until every face of the die has been seen.
fn observe(needed: i32) -> BTreeMap<u8, BTreeSet<&'static str>> {
    let (attacker, target) = pair_that_needs(needed).unwrap_or_else(|| panic!("nobody needs a {needed}"));
    let mut faces = Faces::new();
    for start in 0..40_u128 {
        let mut meadow = meadow();
        // A crowd strikes at one that does not strike back, and a new one comes when it has fallen.
        let band = (0..8_u128)
            .map(|number| spawn(start * 100 + number + 1, &attacker, 30, Faction::MONSTERS, Wits::None));
        meadow.tick(band.chain([spawn(start * 100 + 50, &target, 32, Faction(40), Wits::None)]));
        meadow.tick((0..8_u128).map(|number| attack(start * 100 + number + 1, start * 100 + 50)));
        note(&mut faces, &meadow.ticks(20 * 360));
        if faces.get(&needed).is_some_and(|seen| seen.len() == 20) {
            break;
        }
    }
    let seen = faces.remove(&needed).unwrap_or_default();
    assert_eq!(seen.len(), 20, "{attacker} against {target}: not every face came up");
    assert!(seen.values().all(|outcomes| outcomes.len() == 1), "one face, one outcome: {seen:?}");
    seen
}

fn mode_of(input: &Value) -> RollMode {
    match input["mode"].as_str() {
        Some("advantage") => RollMode::Advantage,
        Some("disadvantage") => RollMode::Disadvantage,
        _ => RollMode::Normal,
    }
}

#[test]
fn attacks_hit_and_hurt_as_often_as_the_cases_say() {
    let needs = |input: &Value| {
        (input["ac"].as_i64().expect("a number") - input["attack_bonus"].as_i64().expect("a number")) as i32
    };
    let mut observed: BTreeMap<i32, _> = BTreeMap::new();
    for (input, expected) in cases("hit_probability") {
        let faces = observed.entry(needs(&input)).or_insert_with(|| observe(needs(&input)));
        let (hit, critical) = chances(faces, mode_of(&input));
        let told = |key: &str| expected[key].as_f64().expect("a number");
        assert!((hit - told("hit")).abs() < 1e-9 && (critical - told("crit")).abs() < 1e-9, "{input}");
    }
    for (input, expected) in cases("expected_damage") {
        let faces = observed.entry(needs(&input)).or_insert_with(|| observe(needs(&input)));
        let (hit, critical) = chances(faces, mode_of(&input));
        let dice: Vec<(u32, u32)> = serde_json::from_value(input["dice"].clone()).expect("a list of dice");
        let mean: f64 = dice.into_iter().map(|(count, sides)| dice_mean(count, sides)).sum();
        let bonus = input["bonus"].as_f64().unwrap_or(0.0);
        let attacks = input["attacks"].as_f64().unwrap_or(1.0);
        let damage = attacks * (hit * (mean + bonus) + critical * mean);
        assert!((damage - expected.as_f64().expect("a number")).abs() < 1e-6, "{input}: {damage}");
    }
}

#[test]
fn monsters_have_the_hit_points_and_armour_that_the_cases_say_and_strike_with_their_bonus() {
    for (input, expected) in cases("monster") {
        let name = id_of(input["name"].as_str().expect("a name"));
        let mut meadow = meadow();
        meadow.tick([
            spawn(1, &name, 30, Faction::MONSTERS, Wits::None),
            // It holds out for a while against anybody.
            spawn(2, "srd:iron-golem", 32, Faction(40), Wits::None),
        ]);
        let view = |meadow: &Meadow, number| {
            let views = meadow.simulation.views();
            views.into_iter().find(|view| view.entity == entity(number)).and_then(|view| view.fighter)
        };
        let hp = i64::from(view(&meadow, 1).expect("it was set down").hit_points_max);
        assert_eq!(hp, expected["hp"].as_i64().expect("a number"), "{name}");
        // A spell thrown up against a blow would change what the blow has to reach.
        let request = RequestId::from_uuid(uuid::Uuid::nil());
        let holds_still = Order::React(Policy::Never);
        meadow.tick([Command::Order { request, entity: entity(1), order: holds_still }, attack(1, 2)]);
        let mut events = meadow.ticks(20 * 60);
        events.extend(meadow.tick([attack(2, 1)]).events);
        events.extend(meadow.ticks(30 * 60));
        let (mut struck, mut was_struck) = (false, false);
        let attacks = expected["attacks"].as_array().expect("a list");
        let bonuses: Vec<i64> = attacks.iter().filter_map(|attack| attack["to_hit"].as_i64()).collect();
        for event in events {
            let Event::Fought { entity: who, fact: Fact::Attacked { target, roll, .. } } = event else {
                continue;
            };
            if (who, target) == (entity(1), entity(2)) {
                struck = true;
                assert!(bonuses.contains(&i64::from(roll.bonus)), "{name} strikes with {roll:?}");
            } else if (who, target) == (entity(2), entity(1)) {
                was_struck = true;
                assert_eq!(i64::from(roll.against), expected["ac"].as_i64().expect("a number"), "{name}");
            }
        }
        assert!(struck && was_struck, "{name}: {struck} {was_struck}");
        // The golem's blows are real: whoever had fewer hit points than they do lies there.
        let left = view(&meadow, 1).map_or(0, |fighter| i64::from(fighter.hit_points));
        assert!(left < hp, "{name} is not hurt");
    }
}

#[test]
fn attacks_of_a_round_are_spread_as_the_cases_say() {
    let round = cases("ticks_per_round")[0].1.as_u64().expect("a number");
    assert_eq!(round, 6 * u64::from(TICK_HZ));
    // One strikes once a round, another twice, another with all of its heads; their target takes it.
    for (name, count) in [("srd:ogre", 1_u64), ("srd:giant-ape", 2), ("srd:hydra", 5)] {
        let mut meadow = meadow();
        meadow.tick([
            spawn(1, name, 30, Faction::MONSTERS, Wits::None),
            spawn(2, "srd:tarrasque", 36, Faction(40), Wits::None),
        ]);
        meadow.tick([attack(1, 2)]);
        let mut strikes: Vec<u64> = Vec::new();
        for _ in 0..12 * 360 {
            let outcome = meadow.tick([]);
            let hits = outcome.events.iter().filter(|event| {
                matches!(event, Event::Fought { entity: who, fact: Fact::Attacked { .. } } if *who == entity(1))
            });
            strikes.extend(hits.map(|_| outcome.tick));
        }
        assert!(strikes.len() > 6, "{name} strikes");
        let gaps: Vec<u64> = strikes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        // Before the first whole round one may still have been on the way.
        let steady = &gaps[(count as usize).min(gaps.len() - 1)..];
        assert!(steady.iter().all(|gap| *gap == round / count), "{name}: {gaps:?}");
    }
    for (input, expected) in cases("attack_interval_ticks") {
        let attacks = input["attacks_per_round"].as_u64().expect("a number");
        assert_eq!(expected.as_f64().expect("a number"), (round / attacks) as f64);
    }
}

#[test]
fn concentration_is_saved_for_against_what_the_cases_say() {
    for (input, expected) in cases("concentration_dc") {
        let damage = input["damage"].as_u64().expect("a number") as u32;
        assert_eq!(
            u64::from(concentration_dc(damage, &Ruleset::default())),
            expected.as_u64().expect("a number")
        );
    }
    let mut met = 0;
    for start in 0..12_u128 {
        let mut meadow = meadow();
        let id = |number: u128| start * 10 + number;
        meadow.tick([
            spawn(id(1), "srd:druid", 30, Faction(40), Wits::None),
            spawn(id(2), "srd:guard", 31, Faction(40), Wits::None),
            spawn(id(3), "srd:ogre", 34, Faction::MONSTERS, Wits::None),
        ]);
        let cast = Order::Cast {
            spell: "srd:barkskin".parse().expect("the ids of tests are well formed"),
            slot: 2,
            aim: simulation::Pointing { targets: vec![entity(id(2))], ..Default::default() },
        };
        let request = RequestId::from_uuid(uuid::Uuid::from_u128(77));
        meadow.ticks(370);
        meadow.tick([Command::Order { request, entity: entity(id(1)), order: cast }]);
        meadow.ticks(120);
        meadow.tick([attack(id(3), id(1))]);
        let events = meadow.ticks(20 * 60);
        let own = events.iter().filter_map(|event| match event {
            Event::Fought { entity: who, fact } if *who == entity(id(1)) => Some(*fact),
            _ => None,
        });
        let mut lost = None;
        for fact in own {
            match fact {
                Fact::Damaged { lost: amount, .. } => lost = Some(amount.unsigned_abs()),
                Fact::Saved { roll, .. } => {
                    if let Some(damage) = lost.take() {
                        met += 1;
                        assert_eq!(roll.against, concentration_dc(damage, &Ruleset::default()) as i32);
                    }
                }
                _ => {}
            }
        }
    }
    assert!(met > 0, "nobody was hurt while concentrating");
}

#[test]
fn the_dying_die_and_wake_as_the_cases_say() {
    for (input, expected) in cases("death_saves") {
        let rolls: Vec<u32> = serde_json::from_value(input["rolls"].clone()).expect("a list of dice");
        let told = match death_saves(rolls.iter().copied()) {
            DeathState::Dead => "dead",
            DeathState::Conscious => "conscious_1hp",
            DeathState::Stable => "stable",
            DeathState::Dying(_) => "dying",
        };
        assert_eq!(expected, told);
    }
    let mut ends = BTreeSet::new();
    for start in 0..24_u128 {
        let mut meadow = meadow();
        let (who, _) = meadow.player_as(start + 500, "srd:wizard");
        let at = GroundPoint::from(
            meadow.simulation.views().iter().find(|view| view.entity == who).expect("it is here").position,
        );
        let ogre = Spawn {
            request: RequestId::from_uuid(uuid::Uuid::nil()),
            entity: entity(start + 900),
            monster: "srd:ogre".parse().expect("the ids of tests are well formed"),
            name: None,
            at: GroundPoint::new(at.x + 3 * METRE, at.z),
            faction: Faction::MONSTERS,
            wits: Wits::Nearest,
        };
        meadow.tick([Command::Spawn(ogre)]);
        let (mut rolls, mut fell) = (Vec::new(), false);
        for _ in 0..60 * 60 {
            for event in meadow.tick([]).events {
                match event {
                    Event::Fell { entity, .. } if entity == who => fell = true,
                    Event::Fought { entity, fact: Fact::DeathSaved { die } } if entity == who => {
                        rolls.push(u32::from(die));
                    }
                    _ => {}
                }
            }
            let fighter = meadow.simulation.views().into_iter().find(|view| view.entity == who);
            let vitality = fighter.and_then(|view| view.fighter).map(|fighter| fighter.vitality);
            let expected = death_saves(rolls.iter().copied());
            if fell && !rolls.is_empty() && !matches!(expected, DeathState::Dying(_)) {
                let seen = match vitality {
                    Some(Vitality::Dead) => DeathState::Dead,
                    Some(Vitality::Stable) => DeathState::Stable,
                    _ => DeathState::Conscious,
                };
                assert_eq!(seen, expected, "{rolls:?}");
                ends.insert(format!("{seen:?}"));
                break;
            }
        }
    }
    assert!(ends.contains("Dead") && ends.contains("Stable"), "{ends:?}");
}
