//! A way in legs.

use flecs_ecs::prelude::*;

use crate::{GroundPoint, movement::Stride};

/// The straight legs that a body still has to go, the last first.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Route {
    legs: Vec<GroundPoint>,
    /// Where it leads in the end.
    goal: Option<GroundPoint>,
    /// The legs end before the goal: from there the way has to be looked for again.
    pub(super) is_partial: bool,
    /// How often the way there was looked for.
    tries: u8,
}

/// How often a far goal is looked for before it is given up.
const TRIES_MAX: u8 = 24;

impl Route {
    /// Nowhere.
    pub(crate) fn clear(&mut self) {
        self.legs.clear();
        self.goal = None;
        self.is_partial = false;
        self.tries = 0;
    }

    /// Straight to a point. `is_partial`, if it is not known whether one gets there.
    pub(super) fn lead_straight(&mut self, to: GroundPoint, is_partial: bool) {
        self.begin(to, is_partial).push(to);
    }

    /// Begins a way to `goal`; its legs are added from the last to the first.
    pub(super) fn begin(&mut self, goal: GroundPoint, is_partial: bool) -> &mut Vec<GroundPoint> {
        let tries = if self.goal == Some(goal) { self.tries.saturating_add(1) } else { 0 };
        self.legs.clear();
        (self.goal, self.is_partial, self.tries) = (Some(goal), is_partial && tries < TRIES_MAX, tries);
        &mut self.legs
    }

    /// Whether it leads there, give or take a metre.
    pub(crate) fn leads_to(&self, to: GroundPoint) -> bool {
        self.goal.and_then(|goal| goal.distance(to)).is_some_and(|off| off < 256)
    }

    /// Where it leads in the end, and whether the way there is known only in part.
    pub(crate) const fn goal(&self) -> Option<(GroundPoint, bool)> {
        match self.goal {
            Some(goal) => Some((goal, self.is_partial)),
            None => None,
        }
    }

    /// The next straight walk; one that is over, when there is none.
    pub(crate) fn next_leg(&mut self, here: GroundPoint) -> Stride {
        self.legs.pop().map_or_else(Stride::default, |to| Stride::new(here, to))
    }

    /// Whether legs are left.
    pub(crate) fn goes_on(&self) -> bool {
        !self.legs.is_empty()
    }

    /// What is left of it, for the state hash.
    pub(crate) fn legs(&self) -> &[GroundPoint] {
        &self.legs
    }
}
