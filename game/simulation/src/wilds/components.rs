//! Which dens are known, and who has come out of them.

use std::collections::BTreeMap;

use flecs_ecs::prelude::*;

use crate::EntityId;

/// The dens that players have been near.
#[derive(Component, Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Wilds {
    /// By the number of the cell in the region.
    pub(super) dens: BTreeMap<u32, Den>,
}

/// Where a pack lives.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Den {
    /// How many packs have been killed here: each has dice of its own.
    pub(super) killed: u32,
    /// Those of the pack who are in the region and alive.
    pub(super) members: Vec<EntityId>,
    /// Nobody comes before this tick.
    pub(super) empty_until: u64,
    /// When a player was near last.
    pub(super) near_at: u64,
}

impl Wilds {
    /// What later ticks depend on.
    pub(crate) fn put(&self, bytes: &mut Vec<u8>) {
        for (cell, den) in &self.dens {
            bytes.extend(b"l");
            bytes.extend(cell.to_be_bytes());
            bytes.extend(den.killed.to_be_bytes());
            bytes.extend(den.empty_until.to_be_bytes());
            bytes.extend(den.near_at.to_be_bytes());
            for member in &den.members {
                bytes.extend(member.uuid().as_bytes());
            }
        }
    }
}

/// Registers the components of the wilds.
pub(crate) fn register(world: &World) {
    world.component::<Wilds>().add_trait::<flecs::Singleton>();
    world.set(Wilds::default());
}
