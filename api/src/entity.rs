//! Live entities: as staff see them, and what they can be told to do.

use garde::Validate;
use grid::{EntityId, Position, RequestId};
use serde::{Deserialize, Serialize};

use crate::combat::FighterView;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntityKind {
    /// A player's character.
    Player,
    /// Steered by the simulation.
    Npc,
    /// What somebody has left behind on the ground.
    Heap,
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
    /// How it stands in a fight; absent of who can't fight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fighter: Option<FighterView>,
}

/// Most creatures that one spell is pointed at.
const TARGETS_MAX: usize = 16;

/// Whom a creature fights for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Side {
    /// Players, and whoever is with them.
    Players,
    /// Leaves everybody alone until it is attacked.
    Peaceful,
    /// Attacks whoever is not of its own.
    #[default]
    Monsters,
}

/// `POST ecs/entities`: a monster or an NPC to set into the live region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpawnRequest {
    /// Its stat block: an id of `rules/monsters`, such as `srd:wolf`.
    #[garde(length(bytes, max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:wolf"))]
    pub monster: String,
    /// What it is called; its stat block's name if absent. 1 to 40 characters.
    #[serde(default)]
    #[garde(length(chars, min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: Option<String>,
    /// Where it stands, or near it: eastward, in 1/256 m.
    #[garde(skip)]
    pub x: i64,
    /// Southward, in 1/256 m.
    #[garde(skip)]
    pub z: i64,
    /// Whom it fights for.
    #[serde(default)]
    #[garde(skip)]
    pub side: Side,
    /// It does by itself what it thinks best. Otherwise it does what it is ordered, and nothing else.
    #[serde(default = "yes")]
    #[garde(skip)]
    pub thinks: bool,
}

const fn yes() -> bool {
    true
}

/// A monster or an NPC that stands in the region now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpawnReply {
    /// The entity.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntityId,
    /// Its stat block.
    pub monster: String,
    /// Eastward, in 1/256 m.
    pub x: i64,
    /// Upward, in 1/256 m.
    pub y: i64,
    /// Southward, in 1/256 m.
    pub z: i64,
}

/// `POST ecs/movements`: walk somewhere, around what is in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovementRequest {
    /// Who walks. A player's entity has the id of the character.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub entity_id: EntityId,
    /// Where to: eastward, in 1/256 m.
    #[garde(skip)]
    pub x: i64,
    /// Southward, in 1/256 m.
    #[garde(skip)]
    pub z: i64,
}

/// What an attack is made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AttackWith {
    /// Whatever does most damage from where the attacker stands.
    #[default]
    Best,
    /// The weapon of this number among those in hand, from 0.
    Held(u8),
    /// The bare body.
    Unarmed,
}

/// `POST ecs/attacks`: attack, again every round, until the target is down or another order comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttackRequest {
    /// Who attacks. A player's entity has the id of the character.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub entity_id: EntityId,
    /// Whom.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub target_id: EntityId,
    /// With what.
    #[serde(default)]
    #[garde(skip)]
    pub with: AttackWith,
    /// Walk up to the target first, instead of being refused for want of reach.
    #[serde(default)]
    #[garde(skip)]
    pub approach: bool,
}

/// `POST ecs/spells`: cast a spell. It takes a second of the action, in which it can be countered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpellRequest {
    /// Who casts. A player's entity has the id of the character.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub entity_id: EntityId,
    /// Which spell: an id of `rules/spells`, such as `srd:fire-bolt`.
    #[garde(length(bytes, max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:fire-bolt"))]
    pub spell: String,
    /// Level of the slot; 0 for cantrips and for what is cast by nature.
    #[serde(default)]
    #[garde(range(max = 9))]
    #[cfg_attr(feature = "openapi", schema(maximum = 9))]
    pub slot: u8,
    /// Whom it is pointed at, in order; one may stand more than once.
    #[serde(default)]
    #[garde(length(max = TARGETS_MAX))]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>, max_items = 16))]
    pub target_ids: Vec<EntityId>,
    /// The point that it is pointed at, in 1/256 m.
    #[serde(default)]
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub point: Option<Position>,
    /// Where there is something to choose, the number of the option, from 0.
    #[serde(default)]
    #[garde(skip)]
    pub choice: u8,
    /// A monster that comes or whose form is taken, where there is something to choose.
    #[serde(default)]
    #[garde(length(bytes, max = 80))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub monster: Option<String>,
}

/// An order that was taken. What comes of it is seen in the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderReply {
    /// The order.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RequestId,
    /// Who was told.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub entity_id: EntityId,
}
