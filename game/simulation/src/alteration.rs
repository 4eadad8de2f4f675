//! What staff change about an entity, beyond what happens in the game.

use rules::Id;

use crate::GroundPoint;

/// A change of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Alteration {
    /// It loses hit points, temporary ones first, whatever protects it.
    Harm {
        /// How many.
        hit_points: u32,
    },
    /// It regains hit points.
    Heal {
        /// How many.
        hit_points: u32,
    },
    /// It has so many hit points from now on, at most as many as it can have. Above 0, the dead live again.
    SetHitPoints {
        /// How many.
        hit_points: u32,
    },
    /// It has a condition until something takes it off.
    AddCondition {
        /// Which.
        condition: Id,
    },
    /// It is rid of a condition, with the effects that give it.
    LiftCondition {
        /// Which.
        condition: Id,
    },
    /// It stands elsewhere at once.
    Place {
        /// Where, or near it.
        at: GroundPoint,
    },
}
