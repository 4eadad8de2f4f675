//! Live entities, as staff see them.

use grid::EntityId;
use serde::{Deserialize, Serialize};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntityKind {
    /// A player's character.
    Player,
    /// Steered by the simulation.
    Npc,
}

/// One entity of a region. Coordinates are in 1/256 m.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityView {
    /// The entity.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Eastward, in 1/256 m.
    pub x: i64,
    /// Upward, in 1/256 m.
    pub y: i64,
    /// Southward, in 1/256 m.
    pub z: i64,
    /// Whether it walked during the last net tick.
    pub walking: bool,
    /// Whether its player's socket is gone, and may yet resume.
    pub linkdead: bool,
}
