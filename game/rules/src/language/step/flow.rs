//! What happens to whom, how often, and on which condition.

use serde::{Deserialize, Serialize};

use crate::language::{Node, Side, expr::Expr};

use super::{Pick, Who, is_default};

super::details! {
    /// Creatures chosen anew in the middle of what happens.
    pub struct Select {
        /// At most so many; all, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub count: Option<Expr>,
        /// On which side.
        #[serde(default, skip_serializing_if = "is_default")]
        pub who: Side,
        /// Only such creatures.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<Expr>,
        /// Within so many feet of `near`.
        pub within: Expr,
        /// Of whom.
        #[serde(default, skip_serializing_if = "is_default")]
        pub near: Who,
        /// A pool, such as the hit points that sleep falls on: the weakest first, each taking its hit points from it, while it lasts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hp_pool: Option<Expr>,
        /// What happens to each.
        #[serde(rename = "do")]
        pub then: Vec<Node>,
    }

    /// The same several times.
    pub struct Repeat {
        /// How often.
        pub times: Expr,
        /// Each time at a target that may be another, as the user distributes them.
        #[serde(default, skip_serializing_if = "is_default")]
        pub retarget: bool,
        /// It goes on only while this holds.
        #[serde(rename = "while", default, skip_serializing_if = "Option::is_none")]
        pub as_long: Option<Expr>,
        /// What happens.
        #[serde(rename = "do")]
        pub then: Vec<Node>,
    }

    /// One thing or another.
    pub struct If {
        /// The question.
        pub when: Expr,
        /// If the answer is yes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub then: Vec<Node>,
        /// If it is no.
        #[serde(rename = "else", default, skip_serializing_if = "Vec::is_empty")]
        pub otherwise: Vec<Node>,
    }

    /// One of several things.
    pub struct Choose {
        /// Who chooses.
        #[serde(default, skip_serializing_if = "is_default")]
        pub by: Pick,
        /// What there is to choose from.
        pub options: Vec<Choice>,
    }

    /// One thing to choose.
    pub struct Choice {
        /// Its name for people.
        pub name: String,
        /// Only if this holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub when: Option<Expr>,
        /// How likely it is beside the others, if the dice choose; 1, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub weight: Option<u8>,
        /// What happens.
        #[serde(rename = "do")]
        pub then: Vec<Node>,
    }
}
