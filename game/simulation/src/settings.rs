//! What a region is started with.

use grid::RegionCoord;
use rules::Id;

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
    /// How long an hour of the rules lasts: of those things that take hours at a table and can't be waited for in play.
    pub hour_ticks: u32,
    /// The NPCs that wander.
    pub population: Population,
    /// The monsters that live in the wild; none, if absent.
    pub wilds: Option<WildSettings>,
}

/// Which monsters live where, and how many.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WildSettings {
    /// How many of a thousand cells have a den where danger is greatest; elsewhere in proportion to it.
    pub density_permille: u32,
    /// How long a den is empty after all of its pack were killed, at least; at most half as long again.
    pub respawn_ticks: u32,
    /// Most wild monsters in the region at a time.
    pub monsters_max: u32,
    /// The recipe's table.
    pub packs: Vec<WildPack>,
    /// Where none of them live: settlements, and where players begin.
    pub quiet: Vec<Quiet>,
}

/// A kind of pack.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WildPack {
    /// Their stat block.
    pub monster: Id,
    /// The biomes where they live: a bit for each of the recipe's.
    pub biomes: u64,
    /// The danger where they live, from least to greatest, in permille.
    pub danger_permille: (u16, u16),
    /// How often they are met beside the others.
    pub weight: u32,
    /// How many come together, from fewest to most.
    pub group: (u8, u8),
}

/// A place that wild monsters keep away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quiet {
    /// Its middle.
    pub at: GroundPoint,
    /// Its radius, in 1/256 m.
    pub units: u32,
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
