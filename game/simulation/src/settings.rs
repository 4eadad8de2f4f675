//! What a region is started with.

use grid::RegionCoord;

use crate::GroundPoint;

/// The settings of one region's simulation. The same settings and commands give the same states.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SimulationSettings {
    /// The world's seed, for the dice.
    pub seed: u64,
    /// Which region.
    pub region: RegionCoord,
    /// Milliseconds since 1970 at tick 0: the part of new entities' ids that tells time.
    pub started_at_ms: u64,
    /// Multiplies the rules' walking speeds. The rules think in six-second rounds; 1.0 is their tabletop pace.
    pub movement_scale: f64,
    /// Where players stand who have not been here before, if the ground there can be walked on; else near it.
    pub spawn: GroundPoint,
    /// How long what the dead leave behind lies on the ground.
    pub heap_ticks: u32,
    /// The NPCs that wander.
    pub population: Population,
}

/// NPCs that the simulation sets out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Population {
    /// How many.
    pub count: u32,
    /// The middle of the square that their homes lie in.
    pub around: GroundPoint,
    /// Half the side of that square, in 1/256 m.
    pub within_units: u32,
    /// How far each strays from its home, in 1/256 m.
    pub leash_units: u32,
}
