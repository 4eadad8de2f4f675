//! Worlds: what they are, what they grow from, and which of their regions live.

mod get;
mod list;
mod recipe;
mod recording;
mod regions;
mod seed;

pub use get::get;
pub use list::list;
pub use recipe::recipe;
pub use recording::{export_recording, keep_recording, recording};
pub use regions::regions;
pub use seed::{NewWorld, SeedError, seed};

use api::world::WorldView;

use crate::terrain::GrownWorld;

fn view(world: &GrownWorld) -> WorldView {
    WorldView {
        id: world.record.id,
        name: world.record.name.clone(),
        seed: world.record.seed.to_string(),
        recipe_id: world.record.recipe_id.clone(),
        recipe_version: world.record.recipe_version,
        fingerprint: world.fingerprint.to_string(),
        created_at: world.record.created_at,
    }
}
