//! A region to play in: flat meadow, with a lake where a test wants one.

use std::sync::Arc;

use grid::{CellCoord, RegionCoord, UNITS_PER_METRE};
use rules::{Ruleset, character::Character, content::srd};
use simulation::{
    Chunk, Command, EntityId, Event, GroundPoint, PlayerJoin, Population, Simulation, SimulationSettings,
    TickOutcome,
};

pub(crate) const METRE: i64 = UNITS_PER_METRE;

/// A simulation together with the one who loads its terrain.
pub(crate) struct Meadow {
    pub(crate) simulation: Simulation,
    lake_from_x: Option<i64>,
    loads_terrain: bool,
    danger: u8,
    arrived: Vec<Command>,
}

impl Meadow {
    pub(crate) fn new(settings: SimulationSettings) -> Self {
        Self::new_with(Simulation::new(settings))
    }

    pub(crate) const fn new_with(simulation: Simulation) -> Self {
        Self { simulation, lake_from_x: None, loads_terrain: true, danger: 0, arrived: Vec::new() }
    }

    /// A dry meadow with `npcs` wanderers about its middle.
    pub(crate) fn with_npcs(npcs: u32) -> Self {
        Self::new(settings(npcs))
    }

    pub(crate) fn empty() -> Self {
        Self::with_npcs(0)
    }

    /// Everything east of `metres` is water.
    pub(crate) fn with_lake_from(mut self, metres: i64) -> Self {
        self.lake_from_x = Some(metres);
        self
    }

    /// As dangerous as that, everywhere.
    pub(crate) fn with_danger(mut self, danger: u8) -> Self {
        self.danger = danger;
        self
    }

    /// Wanted terrain never comes.
    pub(crate) fn without_terrain(mut self) -> Self {
        self.loads_terrain = false;
        self
    }

    /// One tick; terrain that it wants is there at the next.
    pub(crate) fn tick(&mut self, commands: impl IntoIterator<Item = Command>) -> TickOutcome {
        let mut all = std::mem::take(&mut self.arrived);
        all.extend(commands);
        let outcome = self.simulation.tick(all);
        if self.loads_terrain {
            self.arrived = outcome.terrain_wanted.iter().map(|&coord| self.terrain(coord)).collect();
        }
        outcome
    }

    /// So many ticks without commands; all their events.
    pub(crate) fn ticks(&mut self, count: u32) -> Vec<Event> {
        (0..count).flat_map(|_| self.tick([]).events).collect()
    }

    /// Lets a player in and tells where they stand.
    pub(crate) fn player(&mut self, number: u128) -> (EntityId, GroundPoint) {
        self.let_in(join(number))
    }

    fn let_in(&mut self, join: PlayerJoin) -> (EntityId, GroundPoint) {
        let entity = join.entity;
        let mut events = self.tick([Command::PlayerJoin(join)]).events;
        events.extend(self.ticks(30));
        let position = events.iter().find_map(|event| match event {
            Event::PlayerSpawned { entity: who, position, .. } if *who == entity => Some(*position),
            _ => None,
        });
        (entity, position.expect("the player found ground").into())
    }

    /// Lets a player in with a character of this class, and tells where they stand.
    pub(crate) fn player_as(&mut self, number: u128, class: &str) -> (EntityId, GroundPoint) {
        self.let_in(PlayerJoin { character: Some(human(class)), ..join(number) })
    }

    /// The same, who stood there last.
    pub(crate) fn player_from(
        &mut self,
        number: u128,
        class: &str,
        at: GroundPoint,
    ) -> (EntityId, GroundPoint) {
        self.let_in(PlayerJoin { character: Some(human(class)), at: Some(at.at_height(640)), ..join(number) })
    }

    fn terrain(&self, coord: CellCoord) -> Command {
        let mut chunk = Chunk { danger: self.danger, ..meadow_chunk(coord) };
        if let Some(lake) = self.lake_from_x {
            let first_wet = (lake - coord.origin().x / METRE).clamp(0, 64) as u32;
            chunk.walkable = [1_u64.checked_shl(first_wet).map_or(u64::MAX, |bit| bit - 1); 64];
        }
        Command::TerrainReady { coord, chunk: Arc::new(chunk) }
    }
}

fn human(class: &str) -> Arc<Character> {
    let id = |name: &str| name.parse().expect("the ids of tests are well formed");
    let character = Character::quick(id("srd:human"), id(class), srd(), &Ruleset::default(), |sides| sides);
    Arc::new(character.expect("everybody may be a human of any class"))
}

pub(crate) fn settings(npcs: u32) -> SimulationSettings {
    let middle = GroundPoint::new(32 * METRE, 32 * METRE);
    SimulationSettings {
        seed: 7,
        region: RegionCoord::new(0, 0),
        started_at_ms: 1_700_000_000_000,
        movement_scale: 1.0,
        spawn: middle,
        heap_ticks: 20 * simulation::TICK_HZ,
        wilds: None,
        hour_ticks: 3_600,
        population: Population {
            count: npcs,
            around: middle,
            within_units: 30 * METRE as u32,
            leash_units: 10 * METRE as u32,
        },
    }
}

pub(crate) fn join(number: u128) -> PlayerJoin {
    PlayerJoin {
        entity: EntityId::from_uuid(uuid::Uuid::from_u128(number)),
        name: format!("Player {number}").into(),
        race: simulation::Race::Human,
        at: None,
        character: None,
    }
}

pub(crate) fn step(entity: EntityId, seq: u32, to: GroundPoint) -> Command {
    Command::PlayerMove { entity, seq, to, yaw: 64 }
}

pub(crate) fn meadow_chunk(coord: CellCoord) -> Chunk {
    Chunk {
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
    }
}
