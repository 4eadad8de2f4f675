//! Staff change what no deed in the game changes, and what follows of it follows.

use simulation::{
    Alteration, Command, Event, Fact, Faction, MoveRefusal, Order, OrderRefusal, Recording, RecordingLimits,
    Replay, Simulation, Vitality, Wits, replay,
};

use crate::{
    fighting::{answer, attack, entity, fighter, meadow, monster, order, point, request},
    meadow::{Meadow, settings},
};

fn alter(number: u128, alteration: Alteration) -> Command {
    Command::Alter { request: request(2_000 + number), entity: entity(number), alteration }
}

fn condition(name: &str) -> simulation::Id {
    simulation::content_id(name).expect("the rules know it")
}

/// A meadow with a wolf in it that does nothing by itself.
fn with_wolf() -> Meadow {
    let mut meadow = meadow();
    meadow.tick([monster(1, "srd:wolf", point(32, 32), Faction::MONSTERS, Wits::None)]);
    meadow.ticks(2);
    meadow
}

fn hit_points(meadow: &Meadow) -> i32 {
    fighter(meadow, 1).expect("the wolf is there").hit_points
}

#[test]
fn harm_and_healing_are_told_and_end_at_the_bounds() {
    let mut meadow = with_wolf();
    let whole = hit_points(&meadow);
    let events = meadow.tick([alter(1, Alteration::Harm { hit_points: 4 })]).events;
    assert_eq!((answer(&events), hit_points(&meadow)), (Some(Ok(())), whole - 4));
    let is_told = |event: &Event| matches!(event, Event::Fought { fact: Fact::Damaged { lost: 4, .. }, entity: who } if *who == entity(1));
    assert!(events.iter().any(is_told), "{events:?}");
    meadow.tick([alter(1, Alteration::Heal { hit_points: 100 })]);
    assert_eq!(hit_points(&meadow), whole, "not above the most");
    meadow.tick([alter(1, Alteration::SetHitPoints { hit_points: 3 })]);
    assert_eq!(hit_points(&meadow), 3);
    assert!(!fighter(&meadow, 1).expect("is there").fights, "nobody has struck it");
}

#[test]
fn whoever_is_set_to_nothing_dies_and_lives_again_when_that_is_taken_back() {
    let mut meadow = with_wolf();
    let events = meadow.tick([alter(1, Alteration::SetHitPoints { hit_points: 0 })]).events;
    assert!(events.iter().any(|event| matches!(event, Event::Died { entity: who, .. } if *who == entity(1))));
    let refused = meadow.tick([alter(1, Alteration::Heal { hit_points: 5 })]).events;
    assert_eq!(answer(&refused), Some(Err(OrderRefusal::Unaffected)), "healing doesn't raise the dead");
    let events = meadow.tick([alter(1, Alteration::SetHitPoints { hit_points: 5 })]).events;
    assert!(events.iter().any(|event| matches!(event, Event::Revived { .. })));
    let wolf = fighter(&meadow, 1).expect("is there");
    assert_eq!((wolf.hit_points, wolf.vitality), (5, Vitality::Alive));
}

#[test]
fn a_condition_is_laid_on_once_holds_and_is_taken_off() {
    let mut meadow = with_wolf();
    let restrained = condition("srd:restrained");
    meadow.tick([alter(1, Alteration::AddCondition { condition: restrained })]);
    assert_eq!(fighter(&meadow, 1).expect("is there").conditions, [restrained]);
    let walk = order(1, Order::MoveTo { to: point(40, 32) });
    meadow.tick([walk]);
    meadow.ticks(120);
    let view = meadow.simulation.inspect(entity(1)).expect("is there").view;
    assert!(view.position.x < point(33, 32).x, "it can't walk: {:?}", view.position);
    let events = meadow.tick([alter(1, Alteration::LiftCondition { condition: restrained })]).events;
    assert_eq!(answer(&events), Some(Ok(())));
    assert!(fighter(&meadow, 1).expect("is there").conditions.is_empty());
    let again = meadow.tick([alter(1, Alteration::LiftCondition { condition: restrained })]).events;
    assert_eq!(answer(&again), Some(Err(OrderRefusal::Unaffected)));
}

#[test]
fn whoever_is_put_elsewhere_stands_there_and_the_lake_is_no_place() {
    let mut meadow = Meadow::with_npcs(1).with_lake_from(50);
    meadow.ticks(40);
    meadow.tick([monster(1, "srd:wolf", point(20, 20), Faction::MONSTERS, Wits::None)]);
    let events = meadow.tick([alter(1, Alteration::Place { at: point(40, 44) })]).events;
    assert_eq!(answer(&events), Some(Ok(())));
    meadow.ticks(3);
    let at = meadow.simulation.inspect(entity(1)).expect("is there").view.position;
    assert_eq!((at.x, at.z), (point(40, 44).x, point(40, 44).z));
    let events = meadow.tick([alter(1, Alteration::Place { at: point(55, 20) })]).events;
    assert!(matches!(answer(&events), Some(Err(OrderRefusal::Ground(_)))), "{events:?}");
    let nobody = meadow.tick([alter(9, Alteration::Harm { hit_points: 1 })]).events;
    assert_eq!(answer(&nobody), Some(Err(OrderRefusal::UnknownEntity)));
}

#[test]
fn what_staff_changed_is_in_the_recording() {
    let limits = RecordingLimits::minutes(5, 64);
    let mut meadow = Meadow::new_with(Simulation::recorded(settings(1), limits));
    meadow.ticks(40);
    meadow.tick([
        monster(1, "srd:wolf", point(32, 32), Faction::MONSTERS, Wits::Own),
        monster(2, "srd:goblin", point(36, 32), Faction(7), Wits::Own),
    ]);
    meadow.ticks(60);
    meadow.tick([alter(1, Alteration::Harm { hit_points: 3 }), order(2, attack(1, true))]);
    meadow.ticks(240);
    let recording: &Recording = meadow.simulation.recording().expect("it records");
    assert!(matches!(replay(recording), Replay::Same { .. }), "{:?}", replay(recording));
}

#[test]
fn ground_that_nobody_has_been_near_is_there_for_who_asks_again() {
    let mut meadow = meadow();
    let far = || monster(1, "srd:wolf", point(1_500, 1_500), Faction::MONSTERS, Wits::None);
    let events = meadow.tick([far()]).events;
    let refused = OrderRefusal::Ground(MoveRefusal::NotLoaded);
    assert!(matches!(events[..], [Event::SpawnRefused { refusal, .. }] if refusal == refused), "{events:?}");
    meadow.ticks(2);
    let events = meadow.tick([far()]).events;
    assert!(events.iter().any(|event| matches!(event, Event::Spawned { .. })), "{events:?}");
}
