//! Fights, as staff see them: how entities stand, what lies on the ground, what happened.

use grid::{EntityId, Position};
use serde::{Deserialize, Serialize};

/// How alive a fighter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Vitality {
    /// Up, or unconscious by something else than its wounds.
    Alive,
    /// At 0 hit points, between life and death.
    Dying,
    /// At 0 hit points, out of danger.
    Stable,
    /// Dead.
    Dead,
}

/// How an entity stands in a fight. What is not said is not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FighterView {
    /// Its stat block; absent of characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monster: Option<String>,
    /// Whom it fights for: 1 players, 2 nobody until it is attacked, 3 monsters; there may be others.
    pub faction: u16,
    /// Hit points left.
    pub hit_points: i32,
    /// Most hit points.
    pub hit_points_max: i32,
    /// Temporary hit points.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub temporary: i32,
    /// How alive it is.
    pub vitality: Vitality,
    /// It is in a fight.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fights: bool,
    /// Whom it fights just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub target_id: Option<EntityId>,
    /// The spell that it is casting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub casting: Option<String>,
    /// The point at which it casts it, in 1/256 m.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub aim: Option<Position>,
    /// Conditions that it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references over")]
const fn is_zero(number: &i32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references over")]
const fn is_false(so: &bool) -> bool {
    !*so
}

/// A zone, a wall or an aura, as long as it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreaView {
    /// Its number in the region; used again after it has ended.
    pub number: u32,
    /// The spell, action or feature that made it.
    pub cause: String,
    /// Who made it, or carries it about.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub source_id: Option<EntityId>,
    /// Its outline on the ground.
    pub shape: AreaShape,
}

/// An outline on the ground. All measures in 1/256 m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(
    missing_docs,
    reason = "the names say it: a middle or a beginning, where it points, and how large it is"
)]
pub enum AreaShape {
    /// A sphere or a cylinder, seen from above.
    Circle { x: i64, z: i64, radius: i64 },
    /// A cube, by its middle.
    Square { x: i64, z: i64, edge: i64 },
    /// As wide at its end as it is long.
    Cone { x: i64, z: i64, towards_x: i64, towards_z: i64, length: i64 },
    /// A straight band.
    Line { x: i64, z: i64, towards_x: i64, towards_z: i64, length: i64, width: i64 },
    /// A band around a place, by the middle of the band.
    Ring { x: i64, z: i64, radius: i64, width: i64 },
}

/// Something that happened in a fight a moment ago, for a map that shows it. Rolls and their parts are in the combat log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FlashView {
    /// What.
    pub kind: FlashKind,
    /// To whom, or by whom.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub entity_id: EntityId,
    /// Who else takes part: whoever is struck at, or strikes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub other_id: Option<EntityId>,
    /// Hit points lost or gained.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points: i32,
}

/// Kinds of flashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FlashKind {
    /// An attack of the entity hit the other.
    Hit,
    /// It hit critically.
    Critical,
    /// It missed.
    Missed,
    /// The entity was harmed.
    Harmed,
    /// It regained hit points.
    Healed,
    /// It cast a spell.
    Cast,
    /// Its spell was undone.
    Countered,
    /// It fell to 0 hit points.
    Fell,
    /// It died.
    Died,
    /// It lives again.
    Revived,
}
