//! What an entity may be told to do, and why it may be refused.

use grid::Position;
use rules::Id;
use rules::combat::{Policy, Refusal, ShoveTo};

use crate::{EntityId, GroundPoint, MoveRefusal};

/// Most creatures that one order is pointed at.
pub const TARGETS_MAX: usize = 16;

/// What an entity is told to do. A new order takes the place of the one before, but for [`Order::React`], which changes
/// nothing else.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Order {
    /// Attack, again every round, until the target is down or another order comes.
    Attack {
        /// Whom.
        target: EntityId,
        /// With what.
        with: Weapon,
        /// Walk up to the target first, instead of being refused for want of reach.
        approach: bool,
    },
    /// Cast a spell. It takes a second of the action, in which it can be countered.
    Cast {
        /// Which.
        spell: Id,
        /// Level of the slot; 0 for cantrips and for what is cast by nature.
        slot: u8,
        /// At whom and what.
        aim: Pointing,
    },
    /// Use an action by its id, such as `fire-breath` or a class feature's.
    Use {
        /// Which.
        action: Id,
        /// At whom and what.
        aim: Pointing,
    },
    /// Do something that everybody can do.
    Do {
        /// What.
        act: Act,
        /// To whom, where it needs somebody.
        target: Option<EntityId>,
    },
    /// Walk somewhere, around what is in the way.
    MoveTo {
        /// Where to.
        to: GroundPoint,
    },
    /// Say when to interrupt others: opportunity attacks, shield, counterspell.
    React(Policy),
    /// Stop walking, attacking and casting.
    Halt,
    /// Take a heap up that lies in reach.
    Take {
        /// Which.
        heap: EntityId,
    },
    /// Of who is dead: appear at the region's spawn point again, alive.
    Release,
}

/// What an attack is made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Weapon {
    /// Whatever does most damage to the target from where it stands.
    #[default]
    Best,
    /// The weapon of this number among those in hand.
    Held(u8),
    /// The bare body.
    Unarmed,
}

/// Whom and what something is pointed at.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pointing {
    /// Creatures, in order; one may stand more than once. At most [`TARGETS_MAX`].
    pub targets: Vec<EntityId>,
    /// A point.
    pub point: Option<Position>,
    /// Where there is something to choose, the number of the option.
    pub choice: u8,
    /// A monster that comes or whose form is taken, where there is something to choose.
    pub monster: Option<Id>,
}

/// What everybody can do in a fight. See [`rules::combat::Intent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "the rules' own words")]
pub enum Act {
    Dash,
    Disengage,
    Dodge,
    Help,
    Hide,
    Search,
    Grapple,
    Shove(ShoveTo),
    Escape,
    /// Strikes at what binds the target, or oneself.
    Sever,
    StandUp,
    DropProne,
    Stabilise,
    EndConcentration,
    Mount,
}

/// Why an order was refused. The message tells figures where there are any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// The entity is not in the region.
    #[error("no such entity is in this region")]
    UnknownEntity,
    /// The entity has no stat block: it can't fight.
    #[error("this entity does not fight")]
    NoFighter,
    /// A target is not in the region.
    #[error("no such target is in this region")]
    UnknownTarget,
    /// More targets than any order has.
    #[error("at most {TARGETS_MAX} targets")]
    TooManyTargets,
    /// The way begins or ends where nobody can stand.
    #[error("{0}")]
    Ground(#[from] MoveRefusal),
    /// No way leads there, or it is too long to look for.
    #[error("no way leads there")]
    NoWay,
    /// Only the dead are released.
    #[error("only the dead can be released")]
    Alive,
    /// The monster is not in the rules' content.
    #[error("the rules know no monster `{0}`")]
    UnknownMonster(Id),
    /// An entity of this id is here already.
    #[error("an entity of this id is in the region already")]
    AlreadyHere,
    /// As many entities as the region holds are here.
    #[error("the region is full: {0} entities")]
    Full(usize),
    /// It lies farther away than one reaches.
    #[error("out of reach: {distance} ft, reach {reach} ft")]
    OutOfReach {
        /// How far, in feet.
        distance: u16,
        /// How far one reaches, in feet.
        reach: u16,
    },
    /// Somebody else has the first right to it.
    #[error("it is somebody else's for {seconds} s yet")]
    NotYours {
        /// For how long.
        seconds: u32,
    },
    /// It would change nothing: it is dead, is immune, or has it or lacks it already.
    #[error("that would change nothing: it is dead, immune, or so already")]
    Unaffected,
    /// The rules don't allow it.
    #[error(transparent)]
    Rules(#[from] Refusal),
}
