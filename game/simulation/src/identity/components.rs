//! Names and numbers of entities.

use std::{collections::BTreeMap, sync::Arc};

use flecs_ecs::prelude::*;
use rules::vocabulary::CreatureType;
use rules::{CreatureKind, Race};

use crate::{EntityId, SimulationSettings, TICK_HZ, clock::Clock};

/// An entity's number on the wire: small, and never given twice while a region runs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct NetId(pub u32);

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum EntityKind {
    /// A player's character.
    Player(Race),
    /// A creature that strolls about its home.
    Creature(CreatureKind),
    /// A monster or an NPC that was set into the region, or came when it was called.
    Monster(CreatureType),
    /// What somebody has left behind.
    Heap,
}

/// What stays the same for an entity's whole life.
#[derive(Component, Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Identity {
    pub(crate) entity: EntityId,
    pub(crate) net_id: NetId,
    pub(crate) kind: EntityKind,
    #[serde(with = "crate::recording::shared")]
    pub(crate) name: Arc<str>,
}

/// Finds a player's flecs entity, and numbers newcomers.
#[derive(Component, Debug, Default)]
pub(crate) struct Roster {
    pub(crate) players: BTreeMap<EntityId, Entity>,
    last_net_id: u32,
}

impl Roster {
    /// A roster that goes on after a number.
    pub(crate) const fn resumed(players: BTreeMap<EntityId, Entity>, last: NetId) -> Self {
        Self { players, last_net_id: last.0 }
    }

    /// The number that was given last.
    pub(crate) const fn last_net_id(&self) -> NetId {
        NetId(self.last_net_id)
    }

    /// The next free number. 32 bits last for years of spawning at every tick.
    pub(crate) fn next_net_id(&mut self) -> NetId {
        self.last_net_id += 1;
        NetId(self.last_net_id)
    }
}

/// Registers the components of identity.
#[derive(Component)]
pub(crate) struct IdentityComponents;

impl Module for IdentityComponents {
    fn module(world: &World) {
        world.component::<Identity>();
        world.component::<Roster>().add_trait::<flecs::Singleton>();
        world.set(Roster::default());
    }
}

/// A UUIDv7 of the tick's own time, whose random part is a hash: the same history gives the same ids.
pub(crate) fn new_entity_id(settings: &SimulationSettings, clock: Clock, ordinal: u32) -> EntityId {
    let mut hash = blake3::Hasher::new();
    hash.update(&settings.seed.to_le_bytes());
    hash.update(&settings.started_at_ms.to_le_bytes());
    hash.update(&settings.region.x.to_le_bytes());
    hash.update(&settings.region.z.to_le_bytes());
    hash.update(&clock.tick.to_le_bytes());
    hash.update(&ordinal.to_le_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.finalize().as_bytes()[..10]);
    let now_ms = settings.started_at_ms.saturating_add(clock.tick.saturating_mul(1000) / u64::from(TICK_HZ));
    EntityId::from_uuid(uuid::Builder::from_unix_timestamp_millis(now_ms, &random).into_uuid())
}
