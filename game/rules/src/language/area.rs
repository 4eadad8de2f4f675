//! Whom something reaches: chosen targets, and areas.

use serde::{Deserialize, Serialize};

use super::expr::Expr;

/// What the user points at before anything happens. What follows is done once for each target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Nobody is chosen; the steps say whom they reach.
    None,
    /// The user.
    #[serde(rename = "self")]
    Own,
    /// One creature that is not the user.
    #[default]
    Creature,
    /// Several creatures, or one that must fulfil something.
    Creatures(Targeting),
    /// A point in range. Areas begin there.
    Point,
    /// A thing that nobody wears or carries.
    Object,
}

/// Which creatures may be chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Targeting {
    /// At most so many; one, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Expr>,
    /// Only such creatures, asked about `target`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// All of them within so many feet of each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u16>,
    /// Things may be chosen as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub objects: bool,
    /// The user may choose itself, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// A volume, with its measures in feet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// All within this radius of the origin.
    Sphere(Expr),
    /// As wide at its end as it is long.
    Cone(Expr),
    /// By its edge. The origin is in the middle of a face, or of the cube if it is a point.
    Cube(Expr),
    /// From the origin in one direction.
    Line {
        /// How far.
        length: Expr,
        /// How wide.
        width: Expr,
    },
    /// Upright on the origin.
    Cylinder {
        /// Radius of the base.
        radius: Expr,
        /// How high.
        height: Expr,
    },
}

/// Where an area begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// At the point that was chosen.
    #[default]
    Point,
    /// At the user, whom it leaves out. Cones and lines go towards the chosen point.
    #[serde(rename = "self")]
    Own,
    /// At the target of the step.
    Target,
}

/// Which creatures in reach are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// All of them.
    #[default]
    All,
    /// Those that fight on the user's side, and the user.
    Allies,
    /// Those that fight against it.
    Enemies,
    /// All but the user.
    Others,
}

/// Does something to every creature in a volume. Dice of damage and healing inside are thrown once for all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// The volume.
    pub shape: Shape,
    /// Where it begins.
    #[serde(default)]
    pub from: Origin,
    /// Who in it is reached.
    #[serde(default)]
    pub who: Side,
    /// Only such creatures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// At most so many, the nearest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Expr>,
    /// A pool of hit points, as in `select`: the weakest first, each taking its hit points from it, while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hp_pool: Option<Expr>,
    /// What happens to each of them.
    #[serde(rename = "do")]
    pub then: Vec<super::Node>,
}
