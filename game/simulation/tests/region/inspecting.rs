//! Looking closely: what lies on whom and until when, what is left of turns, why minds choose, where areas are.

use rules::ROUND_TICKS;
use simulation::{
    Command, EntityId, Event, Fact, Faction, FighterInspection, Order, Pointing, Simulation, Volume, Wits,
};

use crate::{
    fighting::{attack, entity, meadow, monster, order, point, request},
    meadow::Meadow,
};

fn closely(simulation: &Simulation, who: EntityId) -> FighterInspection {
    simulation.inspect(who).expect("is there").fighter.expect("fights")
}

/// Sets a priest out who does what it is told, and lets it cast a spell on somebody, or somewhere.
fn cast(meadow: &mut Meadow, spell: &str, slot: u8, aim: Pointing) -> Vec<Event> {
    let spell = simulation::content_id(spell).expect("the rules know it");
    let mut events = meadow.tick([order(1, Order::Cast { spell, slot, aim })]).events;
    events.extend(meadow.ticks(90));
    events
}

#[test]
fn a_wolf_that_bites_shows_its_fight_its_turn_and_why() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:wolf", point(32, 32), Faction::MONSTERS, Wits::Own),
        monster(2, "srd:ogre", point(34, 32), Faction(7), Wits::None),
    ]);
    let before = closely(&meadow.simulation, entity(1));
    assert_eq!((before.armor_class, before.initiative, before.why), (13, None, None));
    assert!(before.speeds.iter().any(|(way, feet)| way.word() == "walk" && *feet == 40));
    meadow.tick([order(2, attack(1, true))]);
    // Also when a second thought in a turn finds nothing left to do, the reason stands.
    meadow.ticks(2 * ROUND_TICKS as u32);
    let wolf = closely(&meadow.simulation, entity(1));
    assert!(wolf.initiative.is_some() && wolf.peace_at.is_some(), "it fights");
    assert!(wolf.turn_at > meadow.simulation.tick_number());
    assert!(wolf.turn.movement <= 40);
    let why = wolf.why.expect("it has thought");
    let best = why.best[0].expect("it found something to do");
    assert_eq!(best.target, Some(entity(2)));
    assert!(why.considered >= 1 && best.worth > 0);
    assert_eq!(meadow.simulation.inspect(entity(9)), None);
}

#[test]
fn a_blessing_shows_who_gave_it_and_when_it_ends() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:priest", point(32, 32), Faction::PLAYERS, Wits::None),
        monster(2, "srd:guard", point(33, 32), Faction::PLAYERS, Wits::None),
    ]);
    meadow.ticks(2);
    let aim = Pointing { targets: vec![entity(2)], ..Pointing::default() };
    // A priest has no blessing in its book, but a sanctuary.
    let events = cast(&mut meadow, "srd:sanctuary", 1, aim);
    let is_cast = |event: &Event| matches!(event, Event::Fought { fact: Fact::Cast { .. }, .. });
    assert!(events.iter().any(is_cast), "{events:?}");
    let guard = closely(&meadow.simulation, entity(2));
    let effect = guard.effects.iter().find(|effect| !effect.innate).expect("something lies on it");
    assert_eq!((effect.effect.as_str(), effect.source), ("srd:sanctuary", Some(entity(1))));
    let left = effect.ends_at.expect("a minute is measured by turns") - meadow.simulation.tick_number();
    assert!((8 * ROUND_TICKS..=10 * ROUND_TICKS).contains(&left), "{left} ticks");
    let slots = closely(&meadow.simulation, entity(1)).stores;
    let first = slots.iter().find(|(id, ..)| id.as_str() == "slot1").expect("it has slots");
    assert_eq!(first.1, first.2 - 1, "one is spent");
}

#[test]
fn an_area_is_there_as_long_as_it_lasts_and_follows_whom_it_surrounds() {
    let mut meadow = meadow();
    meadow.tick([monster(1, "srd:priest", point(32, 32), Faction::PLAYERS, Wits::None)]);
    meadow.ticks(2);
    assert!(meadow.simulation.areas().is_empty());
    let events = cast(&mut meadow, "srd:spirit-guardians", 3, Pointing::default());
    let areas = meadow.simulation.areas();
    assert_eq!(areas.len(), 1, "{events:?}");
    assert_eq!((areas[0].cause.as_str(), areas[0].source), ("srd:spirit-guardians", Some(entity(1))));
    let Volume::Sphere { at, radius: 15 } = areas[0].volume else { panic!("{:?}", areas[0].volume) };
    assert_eq!(at, meadow.simulation.inspect(entity(1)).expect("is there").view.position);
    assert!(closely(&meadow.simulation, entity(1)).concentration.is_some());
    meadow.tick([Command::Despawn { request: request(9), entity: entity(1) }]);
    assert!(meadow.simulation.areas().is_empty(), "it goes with whoever holds it");
}

#[test]
fn looking_changes_nothing() {
    let spawn = |meadow: &mut Meadow| {
        for (number, name) in [(1, "srd:wolf"), (2, "srd:goblin")] {
            let at = point(30 + number as i64 * 2, 32);
            meadow.tick([monster(number, name, at, Faction(number as u16 + 3), Wits::Own)]);
        }
    };
    let (mut watched, mut alone) = (meadow(), meadow());
    spawn(&mut watched);
    spawn(&mut alone);
    for _ in 0..ROUND_TICKS {
        watched.ticks(1);
        alone.ticks(1);
        let (_, _) = (watched.simulation.inspect(entity(1)), watched.simulation.areas());
    }
    assert_eq!(watched.simulation.state_hash(), alone.simulation.state_hash());
}

#[test]
fn a_roll_tells_what_a_blessing_has_added_to_it() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:acolyte", point(32, 32), Faction::PLAYERS, Wits::None),
        monster(2, "srd:guard", point(33, 32), Faction::PLAYERS, Wits::None),
        monster(3, "srd:ogre", point(35, 32), Faction::MONSTERS, Wits::None),
    ]);
    meadow.ticks(2);
    cast(&mut meadow, "srd:bless", 1, Pointing { targets: vec![entity(2)], ..Pointing::default() });
    let mut events = meadow.tick([order(2, attack(3, true))]).events;
    events.extend(meadow.ticks(2 * ROUND_TICKS as u32));
    let roll = events.iter().find_map(|event| match event {
        Event::Fought { entity: who, fact: Fact::Attacked { roll, .. } } if *who == entity(2) => Some(*roll),
        _ => None,
    });
    let roll = roll.expect("it strikes");
    let [Some((by, added)), None, ..] = roll.added else { panic!("{roll:?}") };
    assert_eq!(by.as_str(), "srd:bless");
    assert!((1..=4).contains(&added), "a d4");
    assert_eq!(roll.bonus - added, 3, "the rest is the guard's own");
}
