//! What lies on creatures and on places for a while.

use serde::{Deserialize, Serialize};

use grid::Position;

use crate::Id;
use crate::language::{Effect, Zone};

use super::{Handle, Volume, play::Context};

/// The name of an effect in an arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectKey(pub(super) u32);

/// When an effect ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ends {
    /// Not by itself.
    Never,
    /// After so many starts of its anchor's turns.
    Rounds(u32),
    /// At the start of the anchor's next turn.
    TurnStart,
    /// At the end of the anchor's turn, after so many ends have passed.
    TurnEnd(u8),
    /// At any rest.
    ShortRest,
    /// At a long rest.
    LongRest,
    /// At dawn.
    Dawn,
}

/// An effect that lies on a creature.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Lasting<'c> {
    /// Its name.
    pub id: Id,
    /// What it does.
    #[serde(with = "super::names::one")]
    pub effect: &'c Effect,
    /// On whom it lies.
    pub bearer: Handle,
    /// Who laid it there.
    pub source: Handle,
    /// Whose turns measure its time.
    pub anchor: Handle,
    /// When it ends.
    pub ends: Ends,
    /// Its source must concentrate on it.
    pub concentration: bool,
    /// A feature, a worn item: no magic that could be dispelled, and nothing that ends.
    pub innate: bool,
    /// An aura or a zone keeps it here.
    pub held_by: Option<u32>,
    /// Rounds for which it has lasted.
    pub rounds: u32,
    /// How often it lies on its bearer.
    pub stacks: u8,
    /// Damage that was done to it, of bonds that break.
    pub(super) frayed: u16,
    /// What was known when it was laid: difficulty, slot, levels.
    pub(super) context: Context<'c>,
    pub(super) used: Used,
}

impl Lasting<'_> {
    /// Whether it ends when whoever laid it lets go of it, or of its concentration.
    pub(super) const fn is_leashed(&self) -> bool {
        self.concentration || self.effect.held.is_some()
    }
}

/// Which of an effect's triggers were used, by their number.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Used {
    pub(super) turn: u32,
    pub(super) in_turn: u32,
    pub(super) in_round: u32,
    pub(super) until_short_rest: u32,
    pub(super) until_long_rest: u32,
    pub(super) ever: u32,
}

/// A place on which something lies for a while, as others may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its number in the arena; used again after it has ended.
    pub number: u32,
    /// The spell, action or feature that made it.
    pub cause: Id,
    /// Who made it, or carries it about.
    pub source: Handle,
    /// Where it is now.
    pub volume: Volume,
}

/// A zone, a wall or an aura in play.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct ZoneState<'c> {
    pub(super) kind: ZoneKind<'c>,
    pub(super) source: Handle,
    /// Where it is, unless it follows somebody.
    pub(super) at: Position,
    /// Where it points.
    pub(super) towards: Position,
    /// Whom it follows.
    pub(super) follows: Option<Handle>,
    pub(super) anchor: Handle,
    pub(super) ends: Ends,
    pub(super) concentration: bool,
    /// Damage that was done to it, of things that break.
    pub(super) frayed: u16,
    pub(super) context: Context<'c>,
}

/// What makes a zone.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum ZoneKind<'c> {
    #[serde(with = "super::names::one")]
    Zone(&'c Zone),
    #[serde(with = "super::names::one")]
    Aura(&'c crate::language::Aura),
    /// A wall itself, or the strip beside it that counts as in it when turns begin and end.
    Wall(#[serde(with = "super::names::one")] &'c crate::language::Wall, WallPart),
}

/// A part of a wall, and the shape that its maker chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WallPart {
    /// The strip beside it.
    pub(super) beside: bool,
    /// It is a ring.
    pub(super) ring: bool,
    /// The strip is on its maker's side, or outside of the ring.
    pub(super) turned: bool,
}
