//! What fills places: zones, walls, light, knowledge.

use serde::{Deserialize, Serialize};

use crate::Id;
use crate::language::{Action, Bond, Cost, Duration, Effect, Node, Origin, Shape, Side, expr::Expr};
use crate::vocabulary::DamageType;

use super::is_default;

super::details! {
    /// Something lasting in a volume. What triggers in it say of `enters_zone`, `zone_turn_start` and so on happens to
    /// each creature at most once a turn.
    pub struct Zone {
        /// The volume.
        pub shape: Shape,
        /// Where it begins.
        #[serde(default)]
        pub from: Origin,
        /// It goes where its origin goes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub follows: bool,
        /// How long; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
        /// Whom it concerns.
        #[serde(default, skip_serializing_if = "is_default")]
        pub who: Side,
        /// Only such creatures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<Expr>,
        /// What creatures in it bear while they are in it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub gives: Effect,
        /// Whom it concerns can't come in, or out, on its own legs; by magic only after a save with Charisma.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bars: Option<Bars>,
        /// It is hard to walk in.
        #[serde(default, skip_serializing_if = "is_default")]
        pub difficult: bool,
        /// 1: lightly, 2: heavily obscured.
        #[serde(default, skip_serializing_if = "is_default")]
        pub obscured: u8,
        /// The light in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub light: Option<Illumination>,
        /// How its maker can move it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub moves: Option<Steer>,
        /// What its maker can do with it meanwhile. Ranges are measured from where it is.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub actions: Vec<Action>,
        /// It is a thing that attacks can break, and the spell ends with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub breaks: Option<Bond>,
        /// What is done to creatures in it when it appears.
        #[serde(rename = "do", default, skip_serializing_if = "Vec::is_empty")]
        pub at_once: Vec<Node>,
        /// Words for it: `magic`, `silence`, `darkness`, `web`, `antimagic`, `wind` …
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tags: Vec<Id>,
    }

    /// Which way a zone keeps creatures from going.
    #[derive(Copy, Eq)]
    pub struct Bars {
        /// Into it.
        #[serde(rename = "in", default, skip_serializing_if = "is_default")]
        pub inward: bool,
        /// Out of it.
        #[serde(rename = "out", default, skip_serializing_if = "is_default")]
        pub outward: bool,
    }

    /// How a zone is moved.
    pub struct Steer {
        /// What it costs; `free` is once a turn, together with any action of the zone.
        #[serde(default)]
        pub cost: Cost,
        /// How far, in feet.
        pub feet: Expr,
        /// It moves by itself, straight away from its maker, as each of its maker's turns begins.
        #[serde(default, skip_serializing_if = "is_default")]
        pub drifts: bool,
    }

    /// A wall.
    pub struct Wall {
        /// How long, in feet.
        pub length: Expr,
        /// How high.
        pub height: Expr,
        /// How thick; one foot, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub thickness: Option<u16>,
        /// Its maker may as well raise it as a ring of this radius.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ring: Option<u16>,
        /// So many feet on the side that its maker chooses count as in it when a turn begins or ends.
        #[serde(default, skip_serializing_if = "is_default")]
        pub near: u16,
        /// How long it stands; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
        /// Nobody passes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub solid: bool,
        /// Nobody sees through.
        #[serde(default, skip_serializing_if = "is_default")]
        pub opaque: bool,
        /// Armour class of each 10-foot section, if it can be broken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ac: Option<u8>,
        /// Hit points of each section.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hp: Option<u16>,
        /// It fails where somebody stands.
        #[serde(default, skip_serializing_if = "is_default")]
        pub clear: bool,
        /// Its layers, in the order in which they are destroyed. Without any, only its time ends it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub layers: Vec<Layer>,
        /// What creatures in or near it bear.
        #[serde(default, skip_serializing_if = "is_default")]
        pub gives: Effect,
        /// What is done to creatures where it appears.
        #[serde(rename = "do", default, skip_serializing_if = "Vec::is_empty")]
        pub at_once: Vec<Node>,
        /// Words for it: `fire`, `stone`, `force` …
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tags: Vec<Id>,
    }

    /// A layer of a wall.
    pub struct Layer {
        /// The store of the wall's maker that tells whether it is still there.
        pub store: Id,
        /// So much harm of a type at once destroys it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub harm: Option<LayerHarm>,
        /// Each of these spells, cast at it, destroys it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub spells: Vec<Id>,
    }

    /// Harm that a layer of a wall does not outlast.
    #[derive(Copy, Eq)]
    pub struct LayerHarm {
        /// Its type.
        #[serde(rename = "type")]
        pub kind: DamageType,
        /// How much.
        pub amount: u16,
    }

    /// Light around the target, or darkness.
    pub struct Illumination {
        /// Radius of bright light in feet.
        #[serde(default, skip_serializing_if = "is_default")]
        pub bright: u16,
        /// Dim light that many feet further.
        #[serde(default, skip_serializing_if = "is_default")]
        pub dim: u16,
        /// Radius of darkness that no ordinary light drives out.
        #[serde(default, skip_serializing_if = "is_default")]
        pub dark: u16,
        /// It is sunlight.
        #[serde(default, skip_serializing_if = "is_default")]
        pub sunlight: bool,
        /// How long; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
    }

    /// Knowledge.
    pub struct Reveal {
        /// Of what: `magic`, `poison`, `thoughts`, `location`, `undead`, `traps`, `invisible`, `alignment` …
        pub what: Vec<Id>,
        /// Within so many feet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub within: Option<Expr>,
        /// How long; as long as the spell, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub duration: Option<Duration>,
    }
}
