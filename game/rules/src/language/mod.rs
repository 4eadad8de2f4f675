//! The effect language: what spells, features, conditions, items and monsters do, as data.
//!
//! A designer writes it as JSON; see `docs/adding-rules-content.md`. It is a tree with few kinds of parts:
//!
//! - an [`Effect`] lies on a creature for a [`Duration`] and holds [`Modifier`]s, [`Trigger`]s and [`Action`]s.
//!   A feature, a condition and a worn item are effects, too: they just last longer.
//! - a [`Node`] is one step of what happens: attack, save, damage, apply an effect …
//! - an [`Expr`](expr::Expr) is a number, dice or a question.
//!
//! The tree has no loops except over targets and a counted [`Repeat`], so what it costs is known before play.
//! Everything that reads it — play, forecast, explanation, checks — reads this same tree.

mod action;
mod area;
mod duration;
mod effect;
pub mod expr;
mod modifier;
mod node;
mod path;
mod step;
mod trigger;
mod walk;

pub use action::{Action, Cost, Limit, Recharge, Resource, Uses, options_of};
pub use area::{Area, Origin, Shape, Side, Target, Targeting};
pub use duration::{Duration, Edge, Span};
pub use effect::{Aura, Bond, Effect, Escape, Hold, SaveEnds, Stacking};
pub use modifier::{Modifier, Op};
pub use node::Node;
pub use path::Path;
pub use step::{
    Adjust, Apply, Attack, AttackKind, Bars, Cast, Check, Choice, Choose, Contest, Damage, Dispel, Fact,
    FactName, Grant, Heal, If, Illumination, Kinds, Layer, LayerHarm, Move, MoveHow, OwnSpells, Pick, Remove,
    Repeat, Reveal, RollKind, Save, Select, Spend, Steer, Summon, SummonPick, TempHp, Transform, Wall, Who,
    Zone,
};
pub use trigger::{Event, Frequency, Trigger};
pub use walk::{Refers, Visit, Walk, walk};
