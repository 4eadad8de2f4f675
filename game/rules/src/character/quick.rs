//! A character for whoever wants to play at once: a race and a class are named, everything else suits them.

use crate::content::{Class, Library};
use crate::{Ability, Id, Ruleset, STANDARD_ARRAY};

use super::{Character, Refusal, random::Chance};

/// What serves everybody once the class has what it lives by: hit points first, then not to be hit.
const ANYBODYS_ORDER: [Ability; 6] = [
    Ability::Constitution,
    Ability::Dexterity,
    Ability::Wisdom,
    Ability::Strength,
    Ability::Charisma,
    Ability::Intelligence,
];

impl Character {
    /// A character of the first level with this race and class: the array in the order in which the class wants it, all choices
    /// made, dressed. Skills, spells and goods are left to the dice.
    ///
    /// `die` is called with a number of sides and gives a value in `1..=sides`.
    ///
    /// # Errors
    ///
    /// A race or class that the library doesn't have.
    pub fn quick(
        race: Id,
        class: Id,
        library: &Library,
        ruleset: &Ruleset,
        die: impl FnMut(u32) -> u32,
    ) -> Result<Self, Vec<Refusal>> {
        library.race(race).ok_or_else(|| vec![Refusal::Unknown { kind: "race", id: race }])?;
        let record =
            library.class(class).ok_or_else(|| vec![Refusal::Unknown { kind: "class", id: class }])?;
        let mut chance = Chance { die };
        let new = chance.newcomer_of(race, class, suited_scores(record), library)?;
        let mut character = Self::create(new, library, ruleset)?;
        chance.decide(&mut character, library, ruleset);
        character.dress(library);
        Ok(character)
    }
}

/// The standard array, its best scores where the class wants them.
#[must_use]
pub fn suited_scores(class: &Class) -> [u8; 6] {
    let joins = class.multiclass.all_of.iter().chain(class.multiclass.one_of.first());
    let casts = class.spells.as_ref().map(|spells| &spells.ability);
    let mut order: Vec<Ability> = Vec::new();
    for ability in joins.chain(casts).chain(&ANYBODYS_ORDER) {
        if !order.contains(ability) {
            order.push(*ability);
        }
    }
    let mut scores = [0; 6];
    for (ability, score) in order.into_iter().zip(STANDARD_ARRAY) {
        scores[ability as usize] = score;
    }
    scores
}
