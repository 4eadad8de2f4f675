//! Characters by chance: for whoever can't decide, for a crowd, and for the tests of everything else.

use crate::content::{Library, Preparation};
use crate::{Ability, Id, LEVEL_MAX, Ruleset, STANDARD_ARRAY, experience_for_level};

use super::create::group_members;
use super::{
    BaseScores, Character, Improvement, KnownSpell, LevelTaken, NewCharacter, PickMade, Refusal, ScoreMethod,
    StartingGoods, sheet::Desk,
};

/// Dice, as numbers from 0.
pub(super) struct Chance<F> {
    pub(super) die: F,
}

impl<F: FnMut(u32) -> u32> Chance<F> {
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { ((self.die)(bound as u32).max(1) as usize - 1) % bound }
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).copied()
    }

    /// Takes `count` of a list, each once.
    fn some<T: Copy>(&mut self, mut of: Vec<T>, count: usize) -> Vec<T> {
        let mut taken = Vec::new();
        while taken.len() < count && !of.is_empty() {
            let place = self.below(of.len());
            taken.push(of.swap_remove(place));
        }
        taken
    }
}

impl Character {
    /// A character of some level that the rules allow, all decisions left to the dice. It takes up a second class now and then.
    ///
    /// `die` is called with a number of sides and gives a value in `1..=sides`.
    ///
    /// # Errors
    ///
    /// Content without a class, race or background to choose.
    pub fn random(
        level: u8,
        library: &Library,
        ruleset: &Ruleset,
        die: impl FnMut(u32) -> u32,
    ) -> Result<Self, Vec<Refusal>> {
        let mut chance = Chance { die };
        let new = chance.newcomer(library)?;
        let mut character = Self::create(new, library, ruleset)?;
        chance.decide(&mut character, library, ruleset);
        character.gain_experience(experience_for_level(level));
        while character.level() < level.min(LEVEL_MAX) {
            chance.advance(&mut character, library, ruleset)?;
            chance.decide(&mut character, library, ruleset);
        }
        character.dress(library);
        Ok(character)
    }
}

impl<F: FnMut(u32) -> u32> Chance<F> {
    fn newcomer(&mut self, library: &Library) -> Result<NewCharacter, Vec<Refusal>> {
        let missing =
            |kind| vec![Refusal::Unknown { kind, id: Id::new("any").expect("a plain word is an id") }];
        let ids = |list: Vec<Id>| list;
        let race = self
            .one(&ids(library.races().iter().map(|race| race.id).collect()))
            .ok_or_else(|| missing("race"))?;
        let class = self
            .one(&library.classes().iter().map(|class| class.id).collect::<Vec<_>>())
            .ok_or_else(|| missing("class"))?;
        let scores = self.some(STANDARD_ARRAY.to_vec(), 6);
        let scores: [u8; 6] = std::array::from_fn(|place| scores.get(place).copied().unwrap_or(10));
        self.newcomer_of(race, class, scores, library)
    }

    /// Somebody of this race and class with these scores of the array; the rest by chance.
    pub(super) fn newcomer_of(
        &mut self,
        race: Id,
        class_id: Id,
        scores: [u8; 6],
        library: &Library,
    ) -> Result<NewCharacter, Vec<Refusal>> {
        let missing = |kind, id| vec![Refusal::Unknown { kind, id }];
        let subraces: Vec<Id> = library
            .subraces()
            .iter()
            .filter(|subrace| subrace.of == race)
            .map(|subrace| subrace.id)
            .collect();
        let background = self
            .one(&library.backgrounds().iter().map(|background| background.id).collect::<Vec<_>>())
            .ok_or_else(|| missing("background", race))?;
        let class = library.class(class_id).ok_or_else(|| missing("class", class_id))?;
        let record = library.race(race).ok_or_else(|| missing("race", race))?;
        let free = record.scores.iter().filter(|bonus| bonus.ability.is_none()).count();
        let unraised: Vec<Ability> = Ability::ALL
            .into_iter()
            .filter(|ability| record.scores.iter().all(|bonus| bonus.ability != Some(*ability)))
            .collect();
        let given =
            library.background(background).map(|background| background.skills.clone()).unwrap_or_default();
        let offered: Vec<_> = if class.skills.from.is_empty() {
            crate::vocabulary::Skill::ALL.to_vec()
        } else {
            class.skills.from.clone()
        };
        let offered = offered.into_iter().filter(|skill| !given.contains(skill)).collect();
        let alternatives: Vec<u8> =
            class.equipment.iter().map(|choice| self.below(choice.len()) as u8).collect();
        let mut things = Vec::new();
        for (choice, alternative) in class.equipment.iter().zip(&alternatives) {
            for lot in choice.get(usize::from(*alternative)).into_iter().flatten() {
                let Some(group) = lot.any else { continue };
                let members: Vec<Id> = group_members(library, group).collect();
                for _ in 0..lot.count {
                    things.extend(self.one(&members));
                }
            }
        }
        Ok(NewCharacter {
            race,
            subrace: self.one(&subraces),
            background,
            scores: BaseScores { method: ScoreMethod::StandardArray, scores },
            free_bonuses: self.some(unraised, free),
            class: class_id,
            subclass: self.subclass_at(library, class_id, 1),
            skills: self.some(offered, usize::from(class.skills.count)),
            picks: Vec::new(),
            spells: Vec::new(),
            goods: StartingGoods::Equipment { alternatives, things },
        })
    }

    fn subclass_at(&mut self, library: &Library, class: Id, level: u8) -> Option<Id> {
        library.class(class).filter(|class| class.subclass_level == level)?;
        let own: Vec<Id> = library
            .subclasses()
            .iter()
            .filter(|subclass| subclass.of == class)
            .map(|subclass| subclass.id)
            .collect();
        self.one(&own)
    }

    /// One more level, now and then in a class that is new.
    fn advance(
        &mut self,
        character: &mut Character,
        library: &Library,
        ruleset: &Ruleset,
    ) -> Result<(), Vec<Refusal>> {
        let mut classes: Vec<Id> = character.classes().collect();
        if self.below(6) == 0 {
            classes = library.classes().iter().map(|class| class.id).collect();
        }
        for class in self
            .some(classes.clone(), classes.len())
            .into_iter()
            .chain(character.classes().collect::<Vec<_>>())
        {
            let Some(record) = library.class(class) else { continue };
            let subclass = self.subclass_at(library, class, character.level_in(class) + 1);
            let hit_die = Some((self.below(usize::from(record.hit_die)) + 1) as u8);
            if character.level_up(LevelTaken { class, hit_die, subclass }, library, ruleset).is_ok() {
                return Ok(());
            }
        }
        // Every class of the character was refused: the reasons of the first tell why.
        let class = character.levels.first().map_or(character.race, |taken| taken.class);
        let subclass = self.subclass_at(library, class, character.level_in(class) + 1);
        character.level_up(LevelTaken { class, hit_die: None, subclass }, library, ruleset)
    }

    /// Picks, improves and learns whatever is open.
    pub(super) fn decide(&mut self, character: &mut Character, library: &Library, ruleset: &Ruleset) {
        while character.improvements.len() < character.improvements_allowed(library) {
            let can: Vec<Ability> = Ability::ALL
                .into_iter()
                .filter(|ability| character.raised(library, *ability) <= 18)
                .collect();
            let raised = self.one(&can).map(|ability| [ability; 2]);
            let Some(raised) = raised else { break };
            character.improvements.push(Improvement::Scores(raised));
        }
        // A feature that is picked may bring a pick of its own; few do, and none of those do again.
        for _ in 0..3 {
            self.pick(character, library);
        }
        self.learn(character, library, ruleset);
    }

    fn pick(&mut self, character: &mut Character, library: &Library) {
        for open in character.open_picks(library) {
            let chosen = character.chosen(open.of, open.number).to_vec();
            let missing = usize::from(open.count).saturating_sub(chosen.len());
            if missing == 0 {
                continue;
            }
            let spells = library.spells().iter().map(|spell| spell.id).filter(|_| open.spell_level.is_some());
            let offered = open.features.iter().chain(open.words).copied().chain(spells);
            let offered: Vec<Id> = offered
                .filter(|id| !chosen.contains(id) && character.may_pick(library, &open, *id))
                .collect();
            let more = self.some(offered, missing);
            let place =
                character.picks.iter_mut().find(|made| made.of == open.of && made.number == open.number);
            match place {
                Some(made) => made.chosen.extend(more),
                None if more.is_empty() => {}
                None => character.picks.push(PickMade { of: open.of, number: open.number, chosen: more }),
            }
        }
    }

    fn learn(&mut self, character: &mut Character, library: &Library, ruleset: &Ruleset) {
        for line in Desk::new(character, library).casting(ruleset) {
            let has = |character: &Character, cantrip: bool, prepared: bool| {
                let own = character.spells.iter().filter(|known| known.class == line.class);
                own.filter(|known| {
                    (!prepared || known.prepared)
                        && library.spell(known.spell).is_some_and(|spell| (spell.level == 0) == cantrip)
                })
                .count()
            };
            let preparation = library.class(line.class).and_then(|class| class.spells.as_ref());
            let from_list = preparation.is_some_and(|spells| spells.preparation == Preparation::List);
            let known = line.known.or(line.prepared).unwrap_or(0);
            for (cantrip, wanted) in [(true, line.cantrips), (false, known)] {
                let missing = usize::from(wanted).saturating_sub(has(character, cantrip, false));
                let offered: Vec<Id> = library
                    .spells()
                    .iter()
                    .filter(|spell| {
                        (spell.level == 0) == cantrip
                            && spell.level <= line.level_max
                            && character.on_list(library, line.class, spell)
                            && character
                                .spells
                                .iter()
                                .all(|known| known.class != line.class || known.spell != spell.id)
                    })
                    .map(|spell| spell.id)
                    .collect();
                let prepares = !cantrip && (from_list || Character::keeps_book(library, line.class));
                for spell in self.some(offered, missing) {
                    let room = usize::from(line.prepared.unwrap_or(0)) > has(character, false, true);
                    character.spells.push(KnownSpell {
                        class: line.class,
                        spell,
                        prepared: prepares && room,
                    });
                }
            }
        }
    }
}
