//! What staff change about a live entity.

use garde::Validate;
use grid::EntityId;
use serde::{Deserialize, Serialize};

/// Most hit points that one change is about.
pub const HIT_POINTS_MAX: u32 = 10_000;

/// `POST ecs/entities/{id}/alterations`: one change. What follows of it follows: who is harmed may fall, concentration may break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AlterationRequest {
    /// Take hit points off, temporary ones first, whatever protects it.
    Harm {
        /// How many.
        #[garde(range(min = 1, max = HIT_POINTS_MAX))]
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10_000))]
        hit_points: u32,
    },
    /// Give hit points back.
    Heal {
        /// How many.
        #[garde(range(min = 1, max = HIT_POINTS_MAX))]
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 10_000))]
        hit_points: u32,
    },
    /// Set the hit points, at most to as many as it can have. Above 0, the dead live again.
    SetHitPoints {
        /// How many.
        #[garde(range(max = HIT_POINTS_MAX))]
        #[cfg_attr(feature = "openapi", schema(maximum = 10_000))]
        hit_points: u32,
    },
    /// Lay a condition on it, until something takes it off.
    AddCondition {
        /// Which: an id of `rules/conditions`, such as `srd:prone`.
        #[garde(length(bytes, max = 80))]
        #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:prone"))]
        condition: String,
    },
    /// Take a condition off, with the effects that give it.
    LiftCondition {
        /// Which: an id of `rules/conditions`, such as `srd:prone`.
        #[garde(length(bytes, max = 80))]
        #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:prone"))]
        condition: String,
    },
    /// Put it elsewhere at once, at that place or near it.
    Place {
        /// Eastward, in 1/256 m.
        #[garde(skip)]
        x: i64,
        /// Southward, in 1/256 m.
        #[garde(skip)]
        z: i64,
    },
}

/// How an entity was before a change and is after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlterationReply {
    /// The entity.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntityId,
    /// Before.
    pub before: StandingView,
    /// After.
    pub after: StandingView,
}

/// What a change can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingView {
    /// Hit points left.
    pub hit_points: i32,
    /// Temporary hit points.
    pub temporary: i32,
    /// Such as `alive`.
    pub vitality: crate::combat::Vitality,
    /// Conditions that it has.
    pub conditions: Vec<String>,
    /// Eastward, in 1/256 m.
    pub x: i64,
    /// Southward, in 1/256 m.
    pub z: i64,
}
