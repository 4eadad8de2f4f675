//! A new character: the decisions of the first level, and what it starts with.

use crate::content::{Class, Library, StartingItem};
use crate::language::expr::AttackTrait;
use crate::vocabulary::Skill;
use crate::{Ability, Id, Ruleset};

use super::{BaseScores, Belonging, Character, KnownSpell, LevelTaken, PickMade, Refusal, Wear};

/// What is decided when a character is made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCharacter {
    /// Its race.
    pub race: Id,
    /// Its subrace, if the race has any.
    #[serde(default)]
    pub subrace: Option<Id>,
    /// Its background.
    pub background: Id,
    /// Its scores before anything is added.
    pub scores: BaseScores,
    /// Where free bonuses of the race go.
    #[serde(default)]
    pub free_bonuses: Vec<Ability>,
    /// Its first class.
    pub class: Id,
    /// The subclass, if the class chooses one at the first level.
    #[serde(default)]
    pub subclass: Option<Id>,
    /// Skills of the class's list.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// Picks of race, background, class and features.
    #[serde(default)]
    pub picks: Vec<PickMade>,
    /// Cantrips and spells.
    #[serde(default)]
    pub spells: Vec<KnownSpell>,
    /// What it starts with.
    pub goods: StartingGoods,
}

/// What a character starts with.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingGoods {
    /// The class's equipment: for each of its choices the alternative, and for each "any of a group" in it and in the background's
    /// the thing itself, in order.
    Equipment {
        /// Which alternative of each choice, from 0.
        alternatives: Vec<u8>,
        /// The things for every "any of a group", in the order in which they come up.
        #[serde(default)]
        things: Vec<Id>,
    },
    /// So much gold in place of the class's equipment, thrown by whoever asks.
    Gold(u32),
}

impl Character {
    /// Makes a character of the first level.
    ///
    /// # Errors
    ///
    /// All that is against the rules.
    pub fn create(new: NewCharacter, library: &Library, ruleset: &Ruleset) -> Result<Self, Vec<Refusal>> {
        let (character, refusals) = Self::draft(new, library, ruleset);
        if refusals.is_empty() { Ok(character) } else { Err(refusals) }
    }

    /// The character as it would come out, and all that is against the rules: for whoever is still deciding.
    #[must_use]
    pub fn draft(new: NewCharacter, library: &Library, ruleset: &Ruleset) -> (Self, Vec<Refusal>) {
        let mut character = Self {
            race: new.race,
            subrace: new.subrace,
            background: new.background,
            scores: new.scores,
            free_bonuses: new.free_bonuses,
            levels: vec![LevelTaken { class: new.class, hit_die: None, subclass: new.subclass }],
            skills: new.skills,
            improvements: Vec::new(),
            picks: new.picks,
            spells: new.spells,
            belongings: Vec::new(),
            money_cp: 0,
            experience: 0,
            wear: Wear::default(),
        };
        let mut refusals = character.check(library, ruleset);
        if let Err(refusal) = character.take_goods(&new.goods, library) {
            refusals.push(refusal);
        }
        (character, refusals)
    }

    fn take_goods(&mut self, goods: &StartingGoods, library: &Library) -> Result<(), Refusal> {
        let first = self.levels.first().map(|taken| taken.class).unwrap_or(self.race);
        let class = library.class(first).ok_or(Refusal::Unknown { kind: "class", id: first })?;
        let background = library
            .background(self.background)
            .ok_or(Refusal::Unknown { kind: "background", id: self.background })?;
        self.money_cp = u32::from(background.gold) * 100;
        let mut lots: Vec<&StartingItem> = Vec::new();
        let none = Vec::new();
        let things = match goods {
            StartingGoods::Gold(gold) => {
                self.check_gold(*gold, class)?;
                self.money_cp += gold * 100;
                &none
            }
            StartingGoods::Equipment { alternatives, things } => {
                if alternatives.len() != class.equipment.len() {
                    return Err(Refusal::StartingEquipment(class.id));
                }
                for (choice, alternative) in class.equipment.iter().zip(alternatives) {
                    let chosen =
                        choice.get(usize::from(*alternative)).ok_or(Refusal::StartingEquipment(class.id))?;
                    lots.extend(chosen);
                }
                things
            }
        };
        lots.extend(&background.equipment);
        let mut things = things.iter();
        for lot in lots {
            self.take_lot(lot, &mut things, library, class.id)?;
        }
        if things.next().is_some() { Err(Refusal::StartingEquipment(class.id)) } else { Ok(()) }
    }

    /// Thrown gold can't be more than the dice show.
    fn check_gold(&self, gold: u32, class: &Class) -> Result<(), Refusal> {
        let bounds = class.gold.bounds();
        let fits = (bounds.min..=bounds.max).contains(&i64::from(gold));
        if fits { Ok(()) } else { Err(Refusal::StartingEquipment(class.id)) }
    }

    fn take_lot<'a>(
        &mut self,
        lot: &StartingItem,
        things: &mut impl Iterator<Item = &'a Id>,
        library: &Library,
        class: Id,
    ) -> Result<(), Refusal> {
        if let Some(item) = lot.item {
            return self.unpack(item, u32::from(lot.count), library);
        }
        let group = lot.any.ok_or(Refusal::StartingEquipment(class))?;
        for _ in 0..lot.count {
            // A focus that nobody named is the first of its group, so that a background's trifle needs no question.
            let thing = things
                .next()
                .copied()
                .or_else(|| group_members(library, group).next())
                .ok_or(Refusal::StartingEquipment(class))?;
            if !group_members(library, group).any(|member| member == thing) {
                return Err(Refusal::StartingEquipment(class));
            }
            self.gain_item(library, thing, 1)?;
        }
        Ok(())
    }

    /// A pack comes as what is in it.
    fn unpack(&mut self, item: Id, count: u32, library: &Library) -> Result<(), Refusal> {
        let record = library.item(item).ok_or(Refusal::Unknown { kind: "item", id: item })?;
        if record.contents.is_empty() {
            return self.gain_item(library, item, count);
        }
        for inside in &record.contents {
            if let Some(item) = inside.item {
                self.gain_item(library, item, u32::from(inside.count).saturating_mul(count))?;
            }
        }
        Ok(())
    }

    /// Puts on the best armour that it is trained in and takes a weapon in hand, and a shield if a hand is left.
    pub fn dress(&mut self, library: &Library) {
        let owned: Vec<Belonging> = self.belongings.clone();
        let mut candidates: Vec<(i32, Id)> = Vec::new();
        for lot in &owned {
            let Some(item) = library.item(lot.item) else { continue };
            if let Some(armor) = &item.armor {
                candidates.push((1_000 + i32::from(armor.ac), item.id));
            } else if let Some(weapon) = &item.weapon {
                let dice =
                    weapon.damage.as_ref().map_or(0, |damage| damage.value(&crate::language::expr::NoFacts));
                candidates.push((dice, item.id));
            }
        }
        candidates.sort_by_key(|(worth, id)| (std::cmp::Reverse(*worth), *id));
        for (_, item) in candidates {
            // What doesn't fit with what is on already stays in the pack.
            let _ = self.equip(library, item);
        }
    }
}

/// The members of a group of items such as `martial-melee-weapon` or `holy-symbol`.
#[must_use = "it only looks"]
pub fn group_members<'a>(library: &'a Library, group: Id) -> impl Iterator<Item = Id> + use<'a> {
    let weapon: Option<Vec<AttackTrait>> = group
        .as_str()
        .strip_suffix("-weapon")
        .map(|words| words.split('-').filter_map(AttackTrait::from_word).collect());
    library
        .items()
        .iter()
        .filter(move |item| match (&weapon, &item.weapon) {
            (Some(traits), Some(stats)) => {
                item.rarity.is_none() && traits.iter().all(|with| stats.with.contains(with))
            }
            (Some(_), None) => false,
            (None, _) => item.tags.contains(&group),
        })
        .map(|item| item.id)
}
