//! The first world, and the making of terrain.

use std::path::PathBuf;

use garde::Validate;
use serde::Deserialize;

/// The world that a new database is seeded with, and the limits of generation.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WorldSettings {
    /// Name of the first world.
    #[garde(length(chars, min = 1, max = 60))]
    pub(crate) name: String,
    /// Recipe of the first world. A world keeps the recipe that it was made with.
    #[garde(skip)]
    pub(crate) recipe: PathBuf,
    /// Seed of the first world.
    #[garde(skip)]
    pub(crate) seed: u64,
    /// Chunks that are generated at once.
    #[garde(range(min = 1, max = 256))]
    pub(crate) generators: usize,
    /// Memory for generated chunks, in MiB.
    #[garde(range(min = 1, max = 65_536))]
    pub(crate) cache_mib: u64,
}

impl Default for WorldSettings {
    fn default() -> Self {
        Self {
            name: "Demo".to_owned(),
            recipe: PathBuf::from("config/recipes/temperate.yaml"),
            seed: 20_260_101,
            generators: 2,
            cache_mib: 32,
        }
    }
}
