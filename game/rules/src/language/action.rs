//! What a creature can choose to do, what it costs, and what limits it.

use serde::{Deserialize, Serialize};

use crate::Id;

use super::{Node, Pick, Target, expr::Expr};

/// Something that a creature can choose to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name among the actions of the creature, such as `bite`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// What it costs; an action, if left out.
    #[serde(default)]
    pub cost: Cost,
    /// How often it can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<Uses>,
    /// Only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// Whom it is pointed at.
    #[serde(default)]
    pub target: Target,
    /// How far away targets may be, in feet. Attacks bring their own reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<u16>,
    /// What it lays and makes lasts while the user concentrates on it, as on a spell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concentration: bool,
    /// It can't be chosen by itself: other actions and effects use it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What happens.
    #[serde(rename = "do")]
    pub then: Vec<Node>,
}

impl Action {
    /// How many things it lets its user choose from; 1, if there is nothing to choose.
    #[must_use]
    pub fn options(&self) -> u8 {
        options_of(&self.then)
    }
}

/// How many things steps let their user choose from; 1, if there is nothing to choose.
#[must_use]
pub fn options_of(steps: &[Node]) -> u8 {
    let chosen = steps.iter().find_map(|step| match step {
        Node::Choose(choose) if choose.by == Pick::User => u8::try_from(choose.options.len()).ok(),
        _ => None,
    });
    chosen.unwrap_or(1).max(1)
}

/// What is spent to do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// The action of a turn.
    #[default]
    Action,
    /// One attack of the attack action.
    Attack,
    /// The bonus action.
    Bonus,
    /// The reaction of a round.
    Reaction,
    /// So many legendary actions, at the end of another's turn.
    Legendary(u8),
    /// The lair's turn, on initiative count 20.
    Lair,
    /// Nothing.
    Free,
    /// So many minutes out of combat.
    Minutes(u16),
}

/// What limits how often something can be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Uses {
    /// Comes back when a d6 at the start of the turn shows this or more.
    Recharge(u8),
    /// So many times, then it needs time.
    Times(Limit),
    /// Spends so much of a resource, such as `srd:ki`.
    Resource {
        /// Which.
        id: Id,
        /// How much of it; one, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Expr>,
    },
    /// Spends so many charges of the item that gives the action.
    Charges(Expr),
}

/// So many uses, and when they come back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many.
    pub max: Expr,
    /// When all of them are back.
    pub per: Recharge,
    /// Of what comes back at dawn: after so many of them; the next, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u8>,
}

/// When spent things come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recharge {
    /// At the start of the creature's turn.
    Turn,
    /// After any rest.
    ShortRest,
    /// After a long rest.
    LongRest,
    /// At dawn. Also "a day" of monsters.
    Dawn,
    /// When initiative is rolled.
    Combat,
    /// Never.
    Never,
}

/// A store of something that is spent and comes back: rages, ki, sorcery points, charges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its id, such as `srd:ki`.
    pub id: Id,
    /// Its name for people.
    pub name: String,
    /// The most that a creature holds.
    pub max: Expr,
    /// What it holds at first; all, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Expr>,
    /// When it comes back.
    pub recharge: Recharge,
    /// How much comes back then; all, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regain: Option<Expr>,
}
