//! NPCs stroll about their homes, the same way each time.

use crate::meadow::{METRE, Meadow, settings};
use grid::Position;
use simulation::{EntityKind, Population};

#[test]
fn a_dozen_wanderers_set_out_and_stroll() {
    let mut meadow = Meadow::with_npcs(12);
    meadow.ticks(10);
    let before = meadow.simulation.views();
    assert_eq!(before.len(), 12);
    assert!(before.iter().all(|view| matches!(view.kind, EntityKind::Creature(_))));

    let mut walked = false;
    for _ in 0..600 {
        meadow.tick([]);
        walked |= meadow.simulation.views().iter().any(|view| view.walking);
    }
    assert!(walked, "somebody is seen walking");
    let after = meadow.simulation.views();
    let moved = before.iter().zip(&after).filter(|(before, after)| before.position != after.position).count();
    assert!(moved >= 10, "in ten seconds nearly all have moved, here {moved}");
}

#[test]
fn nobody_strays_beyond_the_leash_or_into_the_lake() {
    let mut meadow = Meadow::with_npcs(40).with_lake_from(36);
    meadow.ticks(10);
    let homes: Vec<Position> = meadow.simulation.views().iter().map(|view| view.position).collect();
    let leash = (10 * METRE) as u128;
    for _ in 0..1_200 {
        meadow.tick([]);
        for (view, home) in meadow.simulation.views().iter().zip(&homes) {
            assert!(view.position.x < 36 * METRE, "{} stands in the lake", view.name);
            assert!(view.position.ground_distance_squared(*home) <= leash * leash, "{} strays", view.name);
            assert_eq!(view.position.y, 640 * 4, "feet are on the ground");
        }
    }
}

#[test]
fn a_population_without_ground_waits_and_then_gives_up() {
    let mut meadow = Meadow::with_npcs(2).with_lake_from(-1_000);
    meadow.ticks(1_000);
    assert!(meadow.simulation.views().is_empty(), "nobody can stand on water");
}

#[test]
fn the_same_settings_give_the_same_states() {
    let run = |npcs| {
        let mut meadow = Meadow::with_npcs(npcs);
        meadow.ticks(500);
        meadow.simulation.state_hash()
    };
    assert_eq!(run(25), run(25));
    assert_ne!(run(25), run(24));
}

#[test]
fn another_seed_gives_another_history() {
    let run = |seed| {
        let settings = simulation::SimulationSettings { seed, ..settings(5) };
        let mut meadow = Meadow::new(settings);
        meadow.ticks(200);
        meadow.simulation.state_hash()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn a_huge_square_at_the_edge_of_numbers_does_no_harm() {
    let mut settings = settings(3);
    settings.population = Population { within_units: u32::MAX, leash_units: u32::MAX, ..settings.population };
    let mut meadow = Meadow::new(settings);
    meadow.ticks(60);
}
