//! Why the rules refuse something about a character.

use crate::{Ability, Id, ScoresRefused, vocabulary::Skill};

/// What is against the rules, in words for whoever made the decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing of this name exists.
    #[error("there is no {kind} `{id}`")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// Its id.
        id: Id,
    },
    /// The scores don't fit the way in which they came about.
    #[error(transparent)]
    Scores(#[from] ScoresRefused),
    /// Rolled scores outside of what the dice show.
    #[error("a rolled score is from 3 to 18, not {0}")]
    RolledScore(u8),
    /// A race with subraces and none chosen, or the other way round.
    #[error("{race} needs one of its own subraces")]
    Subrace {
        /// The race.
        race: Id,
    },
    /// Free bonuses of a race.
    #[error("the race lets you raise {allowed} further abilities, each once and none that it raises itself")]
    FreeBonuses {
        /// How many.
        allowed: usize,
    },
    /// No level, or more than twenty.
    #[error("a character has 1 to 20 levels, not {0}")]
    Levels(usize),
    /// The experience isn't there yet.
    #[error("level {level} begins at {needed} experience, there are {has}")]
    Experience {
        /// The level.
        level: u8,
        /// Where it begins.
        needed: u32,
        /// What there is.
        has: u32,
    },
    /// An ability is too low to take up or leave a class for another.
    #[error("to combine {class} with another class, {wanted} must be 13 at least")]
    Multiclass {
        /// The class.
        class: Id,
        /// The abilities it asks for.
        wanted: String,
    },
    /// The hit die can't show this.
    #[error("a d{die} can't show {shown}")]
    HitDie {
        /// Sides of the class's hit die.
        die: u8,
        /// What was said to be rolled.
        shown: u8,
    },
    /// The subclass is missing, of another class, or chosen at another level than the class asks for it.
    #[error("{class} chooses one of its own subclasses at level {level}, once")]
    Subclass {
        /// The class.
        class: Id,
        /// When it chooses.
        level: u8,
    },
    /// A skill that the classes don't offer, or one too many, or one twice.
    #[error("the skill {0} is not to be had, or already there")]
    Skill(Skill),
    /// Too many or too few skills.
    #[error("the classes give {allowed} skills, {chosen} are chosen")]
    SkillCount {
        /// How many.
        allowed: usize,
        /// How many were chosen.
        chosen: usize,
    },
    /// More improvements than levels give.
    #[error("the levels so far give {allowed} improvements, not {chosen}")]
    Improvements {
        /// How many.
        allowed: usize,
        /// How many were chosen.
        chosen: usize,
    },
    /// An ability above 20.
    #[error("{0} can't be raised above 20")]
    AboveTwenty(Ability),
    /// Something is chosen whose requirements aren't met.
    #[error("{0} asks for more than this character has")]
    Requirements(Id),
    /// Something is picked that isn't on offer there.
    #[error("{of} doesn't offer {chosen}, or it is picked twice")]
    NotOffered {
        /// Where it was picked.
        of: Id,
        /// What.
        chosen: Id,
    },
    /// Too many things are picked at one place.
    #[error("{of} offers {allowed} picks, {chosen} are made")]
    TooManyPicks {
        /// Where.
        of: Id,
        /// How many.
        allowed: usize,
        /// How many were made.
        chosen: usize,
    },
    /// A spell that the class doesn't have, of a level that it can't cast, or twice.
    #[error("{class} has no {spell} to offer at its level, or it is there twice")]
    Spell {
        /// The class.
        class: Id,
        /// The spell.
        spell: Id,
    },
    /// Too many cantrips, known or prepared spells.
    #[error("{class} has {allowed} {what}, not {chosen}")]
    SpellCount {
        /// The class.
        class: Id,
        /// Cantrips, spells known or spells prepared.
        what: &'static str,
        /// How many.
        allowed: usize,
        /// How many were chosen.
        chosen: usize,
    },
    /// Not to be worn or wielded, or not together with the rest.
    #[error("{0} can't be equipped as well: two hands, one suit of armour and one shield are all there is")]
    Equipped(Id),
    /// Not to be attuned to.
    #[error(
        "{0} can't be attuned: it needs no attunement, asks for somebody else, or three are attuned already"
    )]
    Attuned(Id),
    /// Fewer than asked for.
    #[error("there are not so many of {0}")]
    NotOwned(Id),
    /// Too little money.
    #[error("this costs {needed} cp, there are {has}")]
    Money {
        /// The price.
        needed: u32,
        /// What there is.
        has: u32,
    },
    /// Equipment that the class or background doesn't offer.
    #[error("the starting equipment is not as {0} offers it")]
    StartingEquipment(Id),
    /// Nothing left to spend.
    #[error("no {0} is left")]
    Spent(String),
    /// Wear beyond what there is to wear.
    #[error("more {0} is spent than there is")]
    Overspent(String),
    /// At 0 hit points.
    #[error("a rest needs a hit point at its start")]
    Down,
}
