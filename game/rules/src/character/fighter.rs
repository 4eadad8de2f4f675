//! What a character brings into play beside its features: numbers before anything of theirs is added.

use std::collections::BTreeMap;

use crate::content::{Item, Library};
use crate::language::Path;
use crate::vocabulary::{Sense, Size, Skill, State};
use crate::{Ability, AbilityScores, Id, PactMagic, Ruleset, Slots, proficiency_bonus};

use super::{CasterLine, Character, sheet::Desk};

/// What a character brings into play.
pub struct Fighter<'a> {
    /// Ability scores before features and items.
    pub scores: AbilityScores,
    /// What is added to saves: ability and proficiency.
    pub saves: [i8; 6],
    /// What is added to skills: ability and training.
    pub skills: [i8; 18],
    /// Hit points of dice and Constitution.
    pub hit_points: i32,
    /// Its largest hit die.
    pub hit_die: u8,
    /// Hit dice spent.
    pub hit_dice_spent: u8,
    /// Its size.
    pub size: Size,
    /// Walking speed of its race, in feet.
    pub speed: u16,
    /// Words for it, such as `elf`.
    pub tags: Vec<Id>,
    /// Ranges of its senses in feet.
    pub senses: BTreeMap<Sense, u16>,
    /// States that it is in by its features, whatever happens.
    pub states: Vec<State>,
    /// It strikes as monks do.
    pub martial_arts: bool,
    /// What it wears and wields.
    pub equipped: Vec<&'a Item>,
    /// Weapons among them that it is proficient with.
    pub weapons: Vec<Id>,
    /// Items whose effects it has.
    pub in_use: Vec<&'a Item>,
    /// How it casts.
    pub casting: Vec<CasterLine>,
    /// Spells that it can cast with slots, and cantrips.
    pub spells: Vec<Id>,
    /// Spells that it casts as often as it likes, and their levels.
    pub at_will: Vec<(Id, u8)>,
    /// Spells that it casts once a day without a slot, and their levels.
    pub once_a_day: Vec<(Id, u8)>,
    /// Its pact magic.
    pub pact: PactMagic,
    /// Its slots when rested.
    pub slots: Slots,
}

/// Spells by how often they can be cast.
struct Repertoire {
    spells: Vec<Id>,
    at_will: Vec<(Id, u8)>,
    once_a_day: Vec<(Id, u8)>,
}

impl Character {
    /// What it brings into play beside its features.
    #[must_use]
    pub fn fighter<'a>(&self, library: &'a Library, ruleset: &Ruleset) -> Fighter<'a> {
        let desk = Desk::new(self, library);
        let scores = AbilityScores::new(Ability::ALL.map(|ability| self.raised(library, ability)));
        let bonus = proficiency_bonus(self.level());
        let proficient = desk.proficient_saves();
        let saves = Ability::ALL.map(|ability| {
            let trained = if proficient[ability as usize] { bonus as i8 } else { 0 };
            scores.modifier(ability).saturating_add(trained)
        });
        let mut skills = [0; 18];
        for line in desk.skills() {
            let added = scores.modifier(line.skill.ability()).saturating_add(line.training.of(bonus) as i8);
            skills[line.skill as usize] = added;
        }
        let race = library.race(self.race);
        let equipped: Vec<&Item> = self.equipped(library).collect();
        let weapons = equipped.iter().filter(|item| desk.wields_well(item)).map(|item| item.id).collect();
        let Repertoire { spells, at_will, once_a_day } = self.repertoire(library);
        Fighter {
            scores,
            saves,
            skills,
            hit_points: desk.plain_hit_points().total,
            hit_die: desk.hit_dice().keys().last().copied().unwrap_or(8),
            hit_dice_spent: self.wear.hit_dice.values().fold(0, |sum, spent| sum.saturating_add(*spent)),
            size: race.map_or(Size::Medium, |race| race.size),
            speed: race.map_or(30, |race| race.speed),
            tags: self.words(),
            senses: desk.senses(),
            states: desk.states(),
            martial_arts: desk.has_path(Path::UnarmedDie),
            equipped,
            weapons,
            in_use: self.items_in_use(library),
            casting: desk.casting(ruleset),
            spells,
            at_will,
            once_a_day,
            pact: desk.pact_magic(),
            slots: desk.slots(ruleset),
        }
    }

    /// Words by which content knows it: its race, and the race's parts.
    fn words(&self) -> Vec<Id> {
        let names = [Some(self.race), self.subrace].into_iter().flatten().flat_map(|id| id.name().split('-'));
        names.filter_map(|name| Id::new(name).ok()).collect()
    }

    fn repertoire(&self, library: &Library) -> Repertoire {
        let prepares = |class: Id| {
            let spells = library.class(class).and_then(|class| class.spells.as_ref());
            spells.is_some_and(|spells| spells.preparation != crate::content::Preparation::Known)
        };
        let ready = self.spells.iter().filter(|known| {
            let is_cantrip = library.spell(known.spell).is_some_and(|spell| spell.level == 0);
            is_cantrip || known.prepared || !prepares(known.class)
        });
        let mut spells: Vec<Id> = ready.map(|known| known.spell).collect();
        for class in self.classes() {
            let level = self.level_in(class);
            let subclass = self.subclass_in(class).and_then(|subclass| library.subclass(subclass));
            let Some(subclass) = subclass else { continue };
            spells.extend(subclass.spells.range(..=level).flat_map(|(_, spells)| spells.iter().copied()));
            for pick in self.picks.iter().flat_map(|made| &made.chosen) {
                if let Some(by_level) = subclass.spells_by_choice.get(pick) {
                    spells.extend(by_level.range(..=level).flat_map(|(_, spells)| spells.iter().copied()));
                }
            }
        }
        let (mut at_will, mut once_a_day) = (Vec::new(), Vec::new());
        for pick in self.open_picks(library) {
            let means = pick.means.map(Id::as_str).unwrap_or_default();
            for spell in self.chosen(pick.of, pick.number).iter().filter_map(|id| library.spell(*id)) {
                match means {
                    "at-will" => at_will.push((spell.id, spell.level)),
                    "arcanum" | "signature" => once_a_day.push((spell.id, spell.level)),
                    _ => spells.push(spell.id),
                }
            }
        }
        for held in self.features(library) {
            spells.extend(&held.feature.gives.spells);
        }
        spells.sort_unstable();
        spells.dedup();
        Repertoire { spells, at_will, once_a_day }
    }
}

/// A skill's place among the numbers of a sheet.
const _: () = assert!(Skill::ALL.len() == 18, "a sheet has room for eighteen skills");
