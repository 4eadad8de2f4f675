//! What a creature can ask to do, and why it may be refused.

use serde::{Deserialize, Serialize};

use grid::Position;

use crate::Id;
use crate::language::Event;

use super::Handle;

/// Whom and what something is pointed at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aim<'a> {
    /// Creatures, in order. A creature may stand more than once, as for the rays of one spell.
    pub targets: &'a [Handle],
    /// A point.
    pub point: Option<Position>,
    /// What is chosen where there is something to choose: the number of the option.
    pub choice: u8,
    /// A creature that comes or a form that is taken, where there is something to choose.
    pub monster: Option<Id>,
}

/// Where a shove leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShoveTo {
    /// To the ground.
    Prone,
    /// Five feet away.
    Away,
}

/// What a creature can ask to do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    /// Attack with the weapon of this number, or unarmed.
    Attack(Option<u8>),
    /// Attack with the light weapon in the other hand.
    OffHand(u8),
    /// Use an action by its id.
    Use(Id),
    /// Cast a spell with a slot of this level; 0 for cantrips and innate spells.
    Cast(Id, u8),
    /// Move as much again.
    Dash,
    /// Move without provoking.
    Disengage,
    /// Be hard to hit.
    Dodge,
    /// Lend a hand: the target's next attack or check has advantage.
    Help,
    /// Hide from enemies.
    Hide,
    /// Look for what is hidden.
    Search,
    /// Wait for an event with an action.
    Ready(Event, Id),
    /// Seize somebody.
    Grapple,
    /// Push somebody.
    Shove(ShoveTo),
    /// Get out of an effect that allows it.
    Escape,
    /// Strike with the weapon of this number, or unarmed, at what binds the target, or oneself; or at a thing that a spell holds
    /// at the point, if there is no target.
    Sever(Option<u8>),
    /// Stand up.
    StandUp,
    /// Drop to the ground.
    DropProne,
    /// Move a zone of its own, such as a beam, towards the point.
    Steer,
    /// Let the concentration go.
    EndConcentration,
    /// Mount, or dismount, the target.
    Mount,
    /// Stop somebody's bleeding.
    Stabilise,
}

/// An intent with whom it is pointed at.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Who wants it.
    pub who: Handle,
    /// What.
    pub intent: Intent,
    /// At whom.
    pub aim: Aim<'a>,
}

/// Why an intent can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum Refusal {
    #[error("it is not here")]
    Absent,
    #[error("it can't act now")]
    CannotAct,
    #[error("no action is left in this turn")]
    NoAction,
    #[error("no bonus action is left in this turn")]
    NoBonusAction,
    #[error("no reaction is left until the next turn")]
    NoReaction,
    #[error("not enough legendary actions are left")]
    NoLegendaryAction,
    #[error("it has no {0}")]
    Unknown(Id),
    #[error("it can't be used now")]
    NotNow,
    #[error("nothing is left of it")]
    Spent,
    #[error("no slot of level {0} is left")]
    NoSlot(u8),
    #[error("the spell has level {spell}, the slot {slot}")]
    SlotTooLow { spell: u8, slot: u8 },
    #[error("only a cantrip can be cast beside a bonus action's spell")]
    BonusSpell,
    #[error("it can't speak, or has no hand free")]
    Components,
    #[error("a target is needed")]
    NoTarget,
    #[error("a point is needed")]
    NoPoint,
    #[error("at most {0} targets")]
    TooManyTargets(u8),
    #[error("the target can't be chosen for this")]
    WrongTarget,
    #[error("the target is dead, and this is for the living")]
    TargetDead,
    #[error("out of range: {distance} ft, reach {reach} ft")]
    OutOfRange { distance: u16, reach: u16 },
    #[error("nothing can be aimed at the target through its cover")]
    Covered,
    #[error("the target is too large")]
    TooLarge,
    #[error("a magical barrier keeps it out")]
    Barred,
    #[error("not enough movement is left: {left} ft of {needed} ft")]
    NoMovement { left: u16, needed: u16 },
    #[error("it takes {0} minutes, which a fight doesn't leave")]
    TakesMinutes(u32),
    #[error("the weapon takes one action to load for each shot")]
    NotLoaded,
    #[error("the off hand strikes only after an attack with a light weapon")]
    NoOffHand,
}
