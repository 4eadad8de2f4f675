//! The shape of the ground, and the water in it.

use serde::{Deserialize, Serialize};

use super::{Colour, Length, Share};

/// The shape of the ground, and where one can walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terrain {
    /// The layer that gives the height in metres.
    pub height: String,
    /// The lowest height that is stored; the highest is 1,023 m above.
    pub lowest: Length,
    /// Height of the sea.
    pub water_level: Length,
    /// Depth of water up to which one can wade.
    pub wade_depth: Length,
    /// Steepest slope that one can walk, as rise over run.
    pub steepest_walk: Share,
    /// Colour of shallow water.
    pub shallow: Colour,
    /// Colour of deep water.
    pub deep: Colour,
}

/// Rivers and lakes.
///
/// The plane is cut into squares of `spacing`; each has a node near its lowest place, as `of` tells the height. From every node
/// water runs to the lowest of its neighbours; a node that has none lower is a pit, whose water breaks through its rim to a lower
/// node behind it, or becomes a lake. A river shows from the node on that has `springs` nodes above it, and never runs uphill.
/// The ground is carved to let it through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rivers {
    /// The layer that water follows: the ground without its small shapes, in metres.
    pub of: String,
    /// Side of the squares, 64 m to 256 m.
    pub spacing: Length,
    /// How many nodes lie above the first that shows, 1 to 8.
    pub springs: u32,
    /// How wide a river is where it begins.
    pub narrowest: Length,
    /// How wide it becomes.
    pub widest: Length,
    /// How deep it is where it is widest.
    pub depth: Length,
    /// How far its valley reaches from its bank.
    pub valley: Length,
    /// How wide lakes are.
    pub lake: Length,
}
