//! A meadow to fight on, and whoever is set onto it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use grid::{CellCoord, RegionCoord, RequestId, UNITS_PER_METRE};
use rules::{Ruleset, character::Character, content::srd};
use simulation::{
    Chunk, Command, EntityId, Faction, GroundPoint, PlayerJoin, Population, Race, RecordingLimits,
    Simulation, SimulationSettings, Spawn, TickOutcome, Vitality, Wits,
};

/// A region of flat grass together with whoever loads its terrain.
pub(crate) struct Meadow {
    pub(crate) simulation: Simulation,
    arrived: Vec<Command>,
}

impl Meadow {
    /// Grass with `wanderers` strolling about its middle, within so many metres, that records so many minutes.
    pub(crate) fn new(seed: u64, wanderers: u32, within_metres: u32, minutes: u32) -> Self {
        let settings = settings(seed, wanderers, within_metres);
        let simulation = match minutes {
            0 => Simulation::new(settings),
            minutes => Simulation::recorded(settings, RecordingLimits::minutes(minutes, 64)),
        };
        Self { simulation, arrived: Vec::new() }
    }

    /// Empty grass that keeps a recording of an hour.
    pub(crate) fn recorded(seed: u64) -> Self {
        let simulation = Simulation::recorded(settings(seed, 0, 0), RecordingLimits::minutes(60, 1_024));
        Self { simulation, arrived: Vec::new() }
    }

    /// Loads all ground within so many cells of the middle.
    pub(crate) fn grow(&mut self, cells: i32) {
        let middle = middle().cell();
        let around = (-cells..=cells)
            .flat_map(move |z| (-cells..=cells).map(move |x| CellCoord::new(middle.x + x, middle.z + z)));
        self.arrived.extend(around.map(grass));
    }

    /// One tick; terrain that it wants is there at the next.
    pub(crate) fn tick(&mut self, commands: impl IntoIterator<Item = Command>) -> TickOutcome {
        self.arrived.extend(commands);
        let outcome = self.simulation.tick(self.arrived.drain(..));
        self.arrived.extend(outcome.terrain_wanted.iter().copied().map(grass));
        outcome
    }

    /// One tick without commands but terrain, into an outcome that is used again.
    pub(crate) fn tick_into(&mut self, outcome: &mut TickOutcome) {
        self.simulation.tick_into(self.arrived.drain(..), outcome);
        self.arrived.extend(outcome.terrain_wanted.iter().copied().map(grass));
    }

    /// Hit points of those who still stand, by faction.
    pub(crate) fn standing(&self) -> BTreeMap<u16, (usize, i64)> {
        let mut left: BTreeMap<u16, (usize, i64)> = BTreeMap::new();
        for fighter in self.simulation.views().into_iter().filter_map(|view| view.fighter) {
            if fighter.vitality == Vitality::Alive {
                let entry = left.entry(fighter.faction.0).or_default();
                entry.0 += 1;
                entry.1 += i64::from(fighter.hit_points);
            }
        }
        left
    }
}

fn settings(seed: u64, wanderers: u32, within_metres: u32) -> SimulationSettings {
    SimulationSettings {
        seed,
        region: RegionCoord::new(0, 0),
        started_at_ms: 0,
        movement_scale: 2.0,
        spawn: middle(),
        heap_ticks: 60 * simulation::TICK_HZ,
        wilds: None,
        hour_ticks: 3_600,
        population: Population {
            count: wanderers,
            around: middle(),
            within_units: within_metres * UNITS_PER_METRE as u32,
            leash_units: 20 * UNITS_PER_METRE as u32,
        },
    }
}

/// The middle of the region.
pub(crate) const fn middle() -> GroundPoint {
    GroundPoint::new(2_048 * UNITS_PER_METRE, 2_048 * UNITS_PER_METRE)
}

/// So many metres east and south of the middle.
pub(crate) const fn point(east: i64, south: i64) -> GroundPoint {
    GroundPoint::new(middle().x + east * UNITS_PER_METRE, middle().z + south * UNITS_PER_METRE)
}

/// Sets a monster down.
pub(crate) fn spawn(number: u128, monster: &str, at: GroundPoint, faction: Faction, wits: Wits) -> Command {
    Command::Spawn(Spawn {
        request: RequestId::from_uuid(uuid::Uuid::from_u128(number)),
        entity: EntityId::from_uuid(uuid::Uuid::from_u128(number)),
        monster: monster.parse().expect("the ids here are well formed"),
        name: None,
        at,
        faction,
        wits,
    })
}

/// A player who stands so many metres east and south of the middle, and does nothing.
pub(crate) fn watcher(number: u128, east: i64, south: i64) -> Command {
    let id = |name: &str| name.parse().expect("the ids here are well formed");
    let character =
        Character::quick(id("srd:human"), id("srd:fighter"), srd(), &Ruleset::default(), |sides| sides);
    Command::PlayerJoin(PlayerJoin {
        entity: EntityId::from_uuid(uuid::Uuid::from_u128(number)),
        name: "Watcher".into(),
        race: Race::Human,
        at: Some(point(east, south).at_height(640)),
        character: Some(Arc::new(character.expect("everybody may be a human fighter"))),
    })
}

fn grass(coord: CellCoord) -> Command {
    let chunk = Chunk {
        coord,
        lowest_units: 0,
        heights: vec![640; 65 * 65],
        sea_units: 0,
        water: Vec::new(),
        biomes: vec![0; 64 * 64],
        materials: vec![0; 64 * 64],
        danger: 0,
        walkable: [u64::MAX; 64],
        features: Vec::new(),
    };
    Command::TerrainReady { coord, chunk: Arc::new(chunk) }
}

/// In microseconds, of a sorted list.
pub(crate) fn microseconds_at(sorted: &[Duration], share: f64) -> f64 {
    let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
    (sorted[index].as_secs_f64() * 1e7).round() / 10.0
}
