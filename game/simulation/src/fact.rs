//! What a fight has to tell, in the simulation's names.

use rules::combat::{Outcome, RollParts};
use rules::language::MoveHow;
use rules::vocabulary::{DamageType, Skill};
use rules::{Ability, Id};

use crate::EntityId;

/// Something that happened to an entity in a fight. Rolls carry their parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are named as in the rules")]
pub enum Fact {
    /// It rolled for initiative; its turns come by it from now on.
    Initiative { total: i32 },
    /// It used an action.
    Acted { action: Id },
    /// It begins to cast; the spell is there, or countered, at tick `until`.
    BeganCasting { spell: Id, until: u64 },
    /// It cast a spell.
    Cast { spell: Id, level: u8 },
    /// A spell took a material of such worth, and uses it up if `consumed`.
    Needed { spell: Id, gp: i32, consumed: bool },
    /// Its spell was undone.
    Countered { spell: Id },
    /// It attacked.
    Attacked { target: EntityId, roll: RollParts, outcome: Outcome },
    /// It made a save.
    Saved { ability: Ability, roll: RollParts, success: bool },
    /// It made a check.
    Checked { skill: Option<Skill>, roll: RollParts, success: bool },
    /// It was harmed: what was dealt, what was lost, and what it has left.
    Damaged { by: EntityId, kind: DamageType, dealt: i32, lost: i32, left: i32 },
    /// It regained hit points, and has so many.
    Healed { by: EntityId, amount: i32, left: i32 },
    /// It has temporary hit points.
    Shielded { amount: i32 },
    /// It rolled a death save.
    DeathSaved { die: u8 },
    /// It stopped dying.
    Stabilised,
    /// An effect was laid on it.
    Applied { by: EntityId, effect: Id },
    /// An effect on it ended.
    Ended { effect: Id },
    /// Its concentration ended.
    ConcentrationEnded { spell: Id },
    /// It reacted.
    Reacted,
    /// It was moved by something else than its own will.
    Moved { how: MoveHow, feet: u16 },
    /// It came when it was called.
    Summoned { by: EntityId },
    /// It was called and left.
    Dismissed,
    /// It took another form, or its own again.
    Transformed { into: Option<Id> },
    /// It made a zone of this number.
    ZoneMade { number: u32 },
    /// A store of it changed.
    Spent { what: Id, by: i32 },
    /// It was handed something; below zero, it is gone.
    Granted { item: Id, count: i32 },
    /// It turned a failed save into a success.
    Resisted,
    /// It waits with an action.
    Readied { action: Id },
    /// Something that people play out.
    Narrated { text: &'static str },
    /// It runs away.
    Fled,
    /// It gave the fight up and goes home.
    GaveUp,
}
