//! Wild monsters live where the recipe's tables and the land's danger put them.

use std::collections::{BTreeMap, BTreeSet};

use grid::Position;
use simulation::{
    Command, EntityId, EntityKind, EntityView, Event, GroundPoint, Quiet, Recording, RecordingLimits, Replay,
    Simulation, SimulationSettings, WildPack, WildSettings, replay,
};

use crate::meadow::{METRE, Meadow, join, settings};

/// Where the players of these stories stand: far from the region's edge.
const HERE: GroundPoint = GroundPoint::new(1_000 * METRE, 1_000 * METRE);

fn id(name: &str) -> simulation::Id {
    name.parse().expect("the ids of tests are well formed")
}

fn pack(monster: &str, danger_permille: (u16, u16), group: (u8, u8)) -> WildPack {
    WildPack { monster: id(monster), biomes: 1, danger_permille, weight: 1, group }
}

fn wild() -> WildSettings {
    WildSettings {
        density_permille: 1_000,
        respawn_ticks: 300,
        monsters_max: 60,
        packs: vec![
            pack("srd:boar", (0, 300), (1, 2)),
            pack("srd:wolf", (301, 700), (2, 4)),
            pack("srd:ogre", (701, 1_000), (1, 1)),
        ],
        quiet: Vec::new(),
    }
}

fn settings_with(wilds: WildSettings) -> SimulationSettings {
    SimulationSettings { wilds: Some(wilds), spawn: HERE, ..settings(0) }
}

fn monsters(meadow: &Meadow) -> Vec<EntityView> {
    let is_monster = |view: &EntityView| matches!(view.kind, EntityKind::Monster(_));
    meadow.simulation.views().into_iter().filter(is_monster).collect()
}

fn names(meadow: &Meadow) -> BTreeSet<String> {
    monsters(meadow).iter().map(|view| view.name.to_string()).collect()
}

/// A meadow with a player in it, some seconds later.
fn visited(wilds: WildSettings, danger: u8) -> Meadow {
    let mut meadow = Meadow::new(settings_with(wilds)).with_danger(danger);
    meadow.player(1);
    meadow.ticks(300);
    meadow
}

fn metres_between(view: &EntityView, at: GroundPoint) -> i64 {
    GroundPoint::from(view.position).distance(at).expect("both are in one region") / METRE
}

#[test]
fn the_more_dangerous_the_land_the_more_and_the_worse_live_there() {
    let calm = visited(wild(), 10);
    let wolfish = visited(wild(), 50);
    let grim = visited(wild(), 100);
    assert_eq!(names(&calm), BTreeSet::from(["Boar".to_owned()]));
    assert_eq!(names(&wolfish), BTreeSet::from(["Wolf".to_owned()]));
    assert_eq!(names(&grim), BTreeSet::from(["Ogre".to_owned()]));
    let dens = |meadow: &Meadow| {
        let cells: BTreeSet<_> = monsters(meadow).iter().map(|view| view.position.cell()).collect();
        cells.len()
    };
    assert!(dens(&calm) < dens(&grim), "{} {}", dens(&calm), dens(&grim));
    assert!(monsters(&visited(wild(), 0)).is_empty(), "where there is no danger nobody lives");
}

#[test]
fn nobody_comes_into_being_in_sight_near_a_settlement_or_beyond_the_limit() {
    let quiet = Quiet { at: GroundPoint::new(HERE.x + 100 * METRE, HERE.z), units: 60 * METRE as u32 };
    let mut meadow =
        Meadow::new(settings_with(WildSettings { monsters_max: 12, quiet: vec![quiet], ..wild() }))
            .with_danger(100);
    meadow.player(1);
    let is_far = |at: GroundPoint| {
        let metres = |from: GroundPoint| at.distance(from).expect("both are in one region") / METRE;
        // A member of a pack may stand some steps from where its leader does.
        assert!(metres(HERE) >= 40 && metres(quiet.at) >= 50, "{} {}", metres(HERE), metres(quiet.at));
    };
    let first = monsters(&meadow);
    first.iter().for_each(|view| is_far(view.position.into()));
    let mut came = first.len();
    for _ in 0..300 {
        for event in meadow.tick([]).events {
            let Event::Spawned { request: None, position, .. } = event else { continue };
            is_far(position.into());
            came += 1;
        }
    }
    assert_eq!((came, monsters(&meadow).len()), (12, 12));
}

#[test]
fn the_same_packs_live_in_the_same_places_whoever_comes_first() {
    let homes = |number: u128, ticks: u32| -> BTreeSet<Position> {
        let mut meadow = Meadow::new(settings_with(wild())).with_danger(60);
        meadow.ticks(ticks);
        meadow.player(number);
        let come = meadow.ticks(180).into_iter().filter_map(|event| match event {
            Event::Spawned { position, .. } => Some(position),
            _ => None,
        });
        come.collect()
    };
    let first = homes(1, 10);
    assert!(first.len() > 4, "{}", first.len());
    assert_eq!(first, homes(2, 500));
}

#[test]
fn a_pack_that_was_killed_comes_back_when_its_time_is_over_and_not_before() {
    let mut meadow = visited(wild(), 100);
    let ogres: Vec<EntityId> = monsters(&meadow).iter().map(|view| view.entity).collect();
    assert!(!ogres.is_empty());
    let killed_at = meadow.simulation.tick_number();
    let take_out = |entity: &EntityId| Command::Despawn {
        request: grid::RequestId::from_uuid(entity.uuid()),
        entity: *entity,
    };
    meadow.tick(ogres.iter().map(take_out));
    let mut back = BTreeMap::new();
    for _ in 0..700 {
        let outcome = meadow.tick([]);
        for event in outcome.events {
            if let Event::Spawned { entity, .. } = event {
                back.insert(entity, outcome.tick - killed_at);
            }
        }
    }
    assert!(!back.is_empty() && back.keys().all(|entity| !ogres.contains(entity)));
    assert!(back.values().all(|ticks| (300..=570).contains(ticks)), "{back:?}");
}

#[test]
fn packs_leave_when_nobody_is_near_any_more() {
    let mut meadow = visited(wild(), 100);
    assert!(!monsters(&meadow).is_empty());
    meadow.tick([Command::PlayerLeave { entity: join(1).entity }]);
    meadow.ticks(20 * 60);
    assert!(!monsters(&meadow).is_empty(), "they stay for a while");
    meadow.ticks(15 * 60);
    assert_eq!(monsters(&meadow).len(), 0);
    assert_eq!(meadow.simulation.audit(), []);
}

#[test]
fn wolves_stray_no_farther_than_their_leash() {
    let mut meadow =
        visited(WildSettings { packs: vec![pack("srd:wolf", (0, 1_000), (2, 4))], ..wild() }, 60);
    let homes: BTreeMap<EntityId, GroundPoint> =
        monsters(&meadow).iter().map(|view| (view.entity, view.position.into())).collect();
    for _ in 0..600 {
        meadow.tick([]);
        for view in monsters(&meadow) {
            let Some(home) = homes.get(&view.entity) else { continue };
            assert!(metres_between(&view, *home) <= 40, "{} strays", view.name);
        }
    }
}

#[test]
fn a_recording_from_a_checkpoint_has_the_same_packs() {
    let limits = RecordingLimits { ticks: 240, bytes: usize::MAX };
    let mut meadow = Meadow::new_with(Simulation::recorded(settings_with(wild()), limits)).with_danger(70);
    meadow.player_as(1, "srd:fighter");
    meadow.ticks(900);
    let recording = meadow.simulation.recording().expect("it was made to record");
    assert!(recording.begins_after() > 0);
    let mut bytes = Vec::new();
    recording.write_to(&mut bytes).expect("a list of bytes takes everything");
    let read = Recording::read(&bytes).expect("these bytes are a recording");
    assert!(matches!(replay(&read), Replay::Same { .. }), "{:?}", replay(&read));
}
