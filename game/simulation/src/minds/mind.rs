//! What a mind keeps.

use rules::Id;
use rules::combat::{Handle, Intent};

use crate::{EntityId, GroundPoint};

/// How an entity decides what to do in a fight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Wits {
    /// Not at all: it does what it is ordered, and nothing else.
    None,
    /// As well as its Intelligence and Wisdom allow.
    #[default]
    Own,
    /// It attacks whoever is nearest with the best that it has: cheap, for crowds.
    Nearest,
    /// By chance: for comparison.
    Chance,
}

/// How well one judges one's foes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Insight {
    /// Not at all: the hardest blow seems best.
    Nothing,
    /// As beasts of prey do: whoever is weak or wounded is brought down first, by all together.
    Wounds,
    /// Also how dangerous each is.
    Menace,
}

/// Candidates that are kept for whoever asks why.
const WEIGHED_MAX: usize = 4;

/// Why an entity did what it did last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Why {
    /// The tick of the thought.
    pub tick: u64,
    /// How many things were considered.
    pub considered: u32,
    /// The best of them, the one that was chosen first.
    pub best: [Option<Weighed>; WEIGHED_MAX],
}

/// Something that was considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Weighed {
    /// What: a spell, an action, an item; nothing for the bare body.
    pub what: Option<Id>,
    /// At whom, first.
    pub target: Option<EntityId>,
    /// All in all, in thousandths of a hit point.
    pub worth: i64,
    /// Of that, harm to foes.
    pub harm: i64,
    /// Hindrance to foes, and help to friends.
    pub help: i64,
    /// Harm to friends, and what it costs.
    pub cost: i64,
}

impl Why {
    /// Keeps one, if it is among the best.
    pub(super) fn keep(&mut self, weighed: Weighed) {
        self.considered += 1;
        let place = self.best.iter().position(|other| other.is_none_or(|other| weighed.worth > other.worth));
        if let Some(place) = place {
            self.best[place..].rotate_right(1);
            self.best[place] = Some(weighed);
        }
    }
}

/// The name of what is done.
pub(super) const fn named(intent: Intent) -> Option<Id> {
    match intent {
        Intent::Use(id) | Intent::Cast(id, _) => Some(id),
        _ => None,
    }
}

/// What a thinking fighter keeps in mind.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Mind {
    pub(crate) wits: Wits,
    pub(crate) home: GroundPoint,
    pub(crate) intelligence: u8,
    pub(crate) wisdom: u8,
    /// A thought waits for the next look at the task.
    pub(crate) is_due: bool,
    /// Thoughts had in this turn.
    pub(crate) thoughts: u8,
    /// It runs away.
    pub(crate) flees: bool,
    /// Whom it has turned against last.
    pub(crate) quarry: Option<Handle>,
    pub(crate) look_at: u64,
    pub(crate) why: Why,
}

impl Mind {
    /// A mind with Intelligence and Wisdom, at home at a point.
    pub(crate) fn of([intelligence, wisdom]: [u8; 2], home: GroundPoint) -> Self {
        Self {
            wits: Wits::Own,
            home,
            intelligence,
            wisdom,
            is_due: false,
            thoughts: 0,
            flees: false,
            quarry: None,
            look_at: 0,
            why: Why::default(),
        }
    }

    pub(crate) fn with(self, wits: Wits) -> Self {
        Self { wits, ..self }
    }

    /// How well it judges its foes: instinct sees wounds, cunning also what somebody is capable of.
    pub(super) const fn insight(&self) -> Insight {
        match (self.intelligence, self.wisdom) {
            (8.., _) => Insight::Menace,
            (4.., _) | (_, 10..) => Insight::Wounds,
            _ => Insight::Nothing,
        }
    }

    /// How many foes and how many things to do it keeps apart: a beast a few, a general all.
    pub(super) const fn breadth(&self) -> (usize, usize) {
        match self.intelligence {
            0..=7 => (3, 16),
            8..=11 => (5, 32),
            _ => (8, 48),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_the_rest_is_only_counted() {
        let mut why = Why::default();
        for worth in [3, 9, 1, 7, 5, 8] {
            why.keep(Weighed { what: None, target: None, worth, harm: 0, help: 0, cost: 0 });
        }
        let worths: Vec<i64> = why.best.iter().flatten().map(|weighed| weighed.worth).collect();
        assert_eq!((worths, why.considered), (vec![9, 8, 7, 5], 6));
    }
}
