//! What happens, told to whoever drives the play: the simulation's events, a table's log.

use crate::language::MoveHow;
use crate::vocabulary::{DamageType, Skill};
use crate::{Ability, Id, RollMode};

use super::{EffectKey, Handle};

/// Most effects of a roll that are told apart; what others add counts as the roller's own.
pub const ADDED_MAX: usize = 4;

/// How a d20 test came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollParts {
    /// What the die shows that counts.
    pub die: u8,
    /// With advantage or disadvantage.
    pub mode: RollMode,
    /// All that was added.
    pub bonus: i32,
    /// Of that, what effects have added, each by its name, dice included. What is left over is the roller's own.
    pub added: [Option<(Id, i32)>; ADDED_MAX],
    /// What had to be reached.
    pub against: i32,
}

/// How an attack ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It missed.
    Miss,
    /// It hit.
    Hit,
    /// It hit critically.
    Critical,
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are named as in the rules")]
pub enum Happening<'c> {
    /// A turn began.
    TurnStarted { who: Handle },
    /// A turn ended.
    TurnEnded { who: Handle },
    /// Somebody used an action.
    Acted { who: Handle, action: Id },
    /// Somebody cast a spell.
    Cast { who: Handle, spell: Id, level: u8 },
    /// A spell took a material of such worth, and uses it up if `consumed`: whoever keeps belongings sees to it.
    Needed { who: Handle, spell: Id, gp: i32, consumed: bool },
    /// A spell was undone while it was cast.
    Countered { who: Handle, spell: Id },
    /// An attack was rolled.
    Attacked { who: Handle, target: Handle, roll: RollParts, outcome: Outcome },
    /// A save was rolled, or decided without.
    Saved { who: Handle, ability: Ability, roll: RollParts, success: bool },
    /// A check was rolled.
    Checked { who: Handle, skill: Option<Skill>, roll: RollParts, success: bool },
    /// Somebody was harmed: what was dealt, and what was lost.
    Damaged { who: Handle, by: Handle, kind: DamageType, dealt: i32, lost: i32 },
    /// Somebody regained hit points.
    Healed { who: Handle, by: Handle, amount: i32 },
    /// Somebody has temporary hit points.
    Shielded { who: Handle, amount: i32 },
    /// Somebody fell to 0 hit points.
    Dropped { who: Handle, by: Handle },
    /// A death save was rolled.
    DeathSaved { who: Handle, die: u8 },
    /// Somebody stopped dying.
    Stabilised { who: Handle },
    /// Somebody died.
    Died { who: Handle, by: Handle },
    /// Somebody came back.
    Revived { who: Handle },
    /// An effect was laid on somebody.
    Applied { who: Handle, by: Handle, effect: Id, key: EffectKey },
    /// An effect ended.
    Ended { who: Handle, effect: Id },
    /// Somebody's concentration ended.
    ConcentrationEnded { who: Handle, spell: Id },
    /// Somebody reacted.
    Reacted { who: Handle },
    /// Somebody was moved.
    Moved { who: Handle, how: MoveHow, feet: u16 },
    /// A creature came.
    Summoned { who: Handle, by: Handle },
    /// A summoned creature left.
    Dismissed { who: Handle },
    /// Somebody took another form, or its own again.
    Transformed { who: Handle, into: Option<Id> },
    /// A zone appeared.
    ZoneMade { by: Handle, number: u32 },
    /// A zone vanished.
    ZoneEnded { number: u32 },
    /// A store changed.
    Spent { who: Handle, what: Id, by: i32 },
    /// Something was handed over; below zero, it is gone.
    Granted { who: Handle, item: Id, count: i32 },
    /// Something became known.
    Revealed { who: Handle, what: Id, feet: u16 },
    /// Light or darkness appeared at somebody.
    Lit { who: Handle, bright: u16, dim: u16, dark: u16 },
    /// Something that people play out.
    Narrated { who: Handle, text: &'c str },
    /// A legendary creature turned a failure into a success.
    Resisted { who: Handle },
    /// A readied action waits.
    Readied { who: Handle, action: Id },
}
