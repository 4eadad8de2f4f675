//! What is decided about a character, and what it has been through.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::Skill;
use crate::{Ability, Id};

/// A player character as it is kept: decisions and wear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Character {
    /// Its race.
    pub race: Id,
    /// Its subrace, if the race has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subrace: Option<Id>,
    /// Its background.
    pub background: Id,
    /// The scores before anything is added to them.
    pub scores: BaseScores,
    /// Where bonuses of the race go that may go anywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free_bonuses: Vec<Ability>,
    /// Every level, in the order in which it was gained.
    pub levels: Vec<LevelTaken>,
    /// Skills chosen from the lists of its classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// Raised abilities and feats, in the order in which they were gained.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub improvements: Vec<Improvement>,
    /// What was picked where a record lets one pick.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<PickMade>,
    /// Cantrips and spells that it knows, has in its book, or has prepared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<KnownSpell>,
    /// What it owns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub belongings: Vec<Belonging>,
    /// Its money, in copper pieces.
    #[serde(default)]
    pub money_cp: u32,
    /// Experience points.
    #[serde(default)]
    pub experience: u32,
    /// Wounds, spent dice and slots, exhaustion.
    #[serde(default)]
    pub wear: Wear,
}

/// The scores before anything is added, and where they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseScores {
    /// Where they come from.
    pub method: ScoreMethod,
    /// The scores in the order of [`Ability::ALL`].
    pub scores: [u8; 6],
}

/// Where scores come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreMethod {
    /// 15, 14, 13, 12, 10 and 8, spread as one likes.
    StandardArray,
    /// Bought with 27 points.
    PointBuy,
    /// Four dice each, the lowest dropped. Only whoever threw the dice can tell whether that is true.
    Rolled,
}

/// One level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelTaken {
    /// In which class.
    pub class: Id,
    /// What the hit die showed; the average, if it wasn't thrown. The first level of all takes the maximum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hit_die: Option<u8>,
    /// The subclass, at the level at which the class asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subclass: Option<Id>,
}

/// What a level gives that raises abilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Improvement {
    /// One point each, or two for the same.
    Scores([Ability; 2]),
    /// A feat in their place.
    Feat(Id),
}

/// What was picked at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickMade {
    /// The race, class, background or feature that lets one pick.
    pub of: Id,
    /// Which of its picks, from 0.
    #[serde(default)]
    pub number: u8,
    /// What was picked.
    pub chosen: Vec<Id>,
}

/// A spell of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownSpell {
    /// The class through which it is known.
    pub class: Id,
    /// The spell.
    pub spell: Id,
    /// It is prepared, of classes that prepare. Always false for cantrips and for who just knows spells.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prepared: bool,
}

/// Some of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belonging {
    /// The thing.
    pub item: Id,
    /// How many.
    pub count: u32,
    /// Worn, wielded or held ready.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub equipped: bool,
    /// Attuned to its owner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attuned: bool,
}

/// What a character has been through since it was last whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wear {
    /// Hit points lost.
    #[serde(default)]
    pub damage: u32,
    /// Temporary hit points.
    #[serde(default)]
    pub temporary: u32,
    /// Spent hit dice by their sides.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hit_dice: BTreeMap<u8, u8>,
    /// Spent slots by spell level.
    #[serde(default)]
    pub slots: [u8; 9],
    /// Spent slots of pact magic.
    #[serde(default)]
    pub pact_slots: u8,
    /// Spent resources, such as rages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<Id, u32>,
    /// Levels of exhaustion.
    #[serde(default)]
    pub exhaustion: u8,
    /// When it rested last.
    #[serde(default, skip_serializing_if = "Rested::is_never")]
    pub rested: Rested,
}

/// When a character rested last, in seconds since 1970. The rules have no clock: whoever keeps the character writes it, and asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rested {
    /// Any rest.
    #[serde(default)]
    pub at_s: Option<i64>,
    /// A long one.
    #[serde(default)]
    pub long_at_s: Option<i64>,
}

impl Rested {
    fn is_never(&self) -> bool {
        *self == Self::default()
    }
}

impl Character {
    /// Its level, all classes together.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.levels.len().min(usize::from(u8::MAX)) as u8
    }

    /// Its levels by class.
    #[must_use]
    pub fn class_levels(&self) -> BTreeMap<Id, u8> {
        let mut levels = BTreeMap::new();
        for taken in &self.levels {
            let level: &mut u8 = levels.entry(taken.class).or_default();
            *level = level.saturating_add(1);
        }
        levels
    }

    /// Its level in one class, 0 if it has none.
    #[must_use]
    pub fn level_in(&self, class: Id) -> u8 {
        self.levels.iter().filter(|taken| taken.class == class).count().min(usize::from(u8::MAX)) as u8
    }

    /// Its classes in the order in which it took them up.
    pub fn classes(&self) -> impl Iterator<Item = Id> {
        let mut seen = Vec::new();
        self.levels.iter().filter_map(move |taken| {
            let is_new = !seen.contains(&taken.class);
            seen.push(taken.class);
            is_new.then_some(taken.class)
        })
    }

    /// The subclass that it chose in a class.
    #[must_use]
    pub fn subclass_in(&self, class: Id) -> Option<Id> {
        self.levels.iter().filter(|taken| taken.class == class).find_map(|taken| taken.subclass)
    }

    /// Everything that was picked at one place.
    pub(super) fn chosen(&self, of: Id, number: u8) -> &[Id] {
        self.picks
            .iter()
            .find(|pick| pick.of == of && pick.number == number)
            .map_or(&[], |pick| pick.chosen.as_slice())
    }
}
