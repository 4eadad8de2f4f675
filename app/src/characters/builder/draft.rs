//! The choices made so far, kept consistent: what no longer goes with a changed choice is dropped.

use api::character::{
    CharacterChoices, CreateCharacterRequest, GoodsChoice, PickChoice, ScoreChoice, SpellChoice,
};
use rules::{
    Ability, Id, Race, Ruleset,
    character::{
        BaseScores, Character, KnownSpell, NewCharacter, PickMade, Refusal, ScoreMethod, StartingGoods,
        group_members, suited_scores,
    },
    content::{Class, Library},
    language::expr::NoFacts,
    vocabulary::Skill,
};

/// The rules that the server plays by.
pub(super) const RULESET: Ruleset = Ruleset::SRD_5_1;

/// Everything that has been chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) race: Id,
    pub(super) subrace: Option<Id>,
    pub(super) background: Id,
    pub(super) scores: BaseScores,
    pub(super) free_bonuses: Vec<Ability>,
    pub(super) class: Id,
    pub(super) subclass: Option<Id>,
    pub(super) skills: Vec<Skill>,
    pub(super) picks: Vec<PickMade>,
    pub(super) spells: Vec<KnownSpell>,
    /// Gold in place of the class's equipment.
    pub(super) takes_gold: bool,
    /// Which alternative of each of the class's choices.
    pub(super) alternatives: Vec<u8>,
    /// A thing for each "any of a group".
    pub(super) things: Vec<Id>,
}

/// What a draft comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) character: Character,
    pub(super) refusals: Vec<Refusal>,
}

impl Draft {
    /// A human fighter, or whatever comes first: something to change.
    pub(super) fn first(library: &Library) -> Option<Self> {
        let named =
            |wanted: &str, ids: &[Id]| ids.iter().find(|id| id.as_str() == wanted).or(ids.first()).copied();
        let races: Vec<Id> = library.races().iter().map(|race| race.id).collect();
        let classes: Vec<Id> = library.classes().iter().map(|class| class.id).collect();
        let class = named("srd:fighter", &classes)?;
        let mut draft = Self {
            race: named("srd:human", &races)?,
            subrace: None,
            background: library.backgrounds().first()?.id,
            scores: BaseScores { method: ScoreMethod::StandardArray, scores: [15, 14, 13, 12, 10, 8] },
            free_bonuses: Vec::new(),
            class,
            subclass: None,
            skills: Vec::new(),
            picks: Vec::new(),
            spells: Vec::new(),
            takes_gold: false,
            alternatives: Vec::new(),
            things: Vec::new(),
        };
        draft.choose_race(draft.race, library);
        draft.choose_class(class, library);
        Some(draft)
    }

    /// Everything that is open, decided by dice; what was named stays.
    pub(super) fn fill_in(&mut self, library: &Library, die: impl FnMut(u32) -> u32) {
        let Ok(quick) = Character::quick(self.race, self.class, library, &RULESET, die) else { return };
        self.subrace = quick.subrace;
        self.subclass = quick.subclass_in(self.class);
        if self.scores.method != ScoreMethod::Rolled {
            self.scores = quick.scores;
        }
        self.background = quick.background;
        self.free_bonuses = quick.free_bonuses;
        self.skills = quick.skills;
        self.picks = quick.picks;
        self.spells = quick.spells;
        self.settle(library);
    }

    pub(super) fn choose_race(&mut self, race: Id, library: &Library) {
        self.race = race;
        self.subrace = library.subraces().iter().find(|subrace| subrace.of == race).map(|one| one.id);
        let unraised = self.unraised(library);
        self.free_bonuses = unraised.into_iter().take(self.free_bonuses_allowed(library)).collect();
        self.settle(library);
    }

    pub(super) fn choose_class(&mut self, class: Id, library: &Library) {
        let suited = |class: Id| library.class(class).map(suited_scores);
        // Scores that nobody has touched go with the class.
        let are_untouched = suited(self.class) == Some(self.scores.scores) || self.skills.is_empty();
        self.class = class;
        if self.scores.method == ScoreMethod::StandardArray
            && are_untouched
            && let Some(scores) = suited(class)
        {
            self.scores.scores = scores;
        }
        let asks = library.class(class).is_some_and(|class| class.subclass_level == 1);
        let mut own = library.subclasses().iter().filter(|subclass| subclass.of == class);
        self.subclass = own.next().filter(|_| asks).map(|subclass| subclass.id);
        self.skills.clear();
        self.spells.clear();
        self.alternatives = vec![0; self.record(library).map_or(0, |class| class.equipment.len())];
        self.things.clear();
        self.settle(library);
    }

    /// Another alternative of one of the class's choices of equipment.
    pub(super) fn choose_alternative(&mut self, choice: usize, alternative: u8, library: &Library) {
        if let Some(place) = self.alternatives.get_mut(choice) {
            *place = alternative;
        }
        self.settle(library);
    }

    pub(super) fn choose_background(&mut self, background: Id, library: &Library) {
        self.background = background;
        self.settle(library);
    }

    /// Gold in place of the class's equipment, or not.
    pub(super) fn choose_gold(&mut self, takes_gold: bool, library: &Library) {
        self.takes_gold = takes_gold;
        self.settle(library);
    }

    /// Takes a skill, or leaves it.
    pub(super) fn toggle_skill(&mut self, skill: Skill) {
        toggle(&mut self.skills, skill);
    }

    /// Takes a cantrip or spell of the class, or leaves it. Who prepares has it prepared while there is room.
    pub(super) fn toggle_spell(&mut self, spell: Id, is_prepared: bool) {
        match self.spells.iter().position(|known| known.spell == spell) {
            Some(place) => {
                self.spells.remove(place);
            }
            None => self.spells.push(KnownSpell { class: self.class, spell, prepared: is_prepared }),
        }
    }

    /// Picks something at a place, or takes it back.
    pub(super) fn toggle_pick(&mut self, of: Id, number: u8, chosen: Id, library: &Library) {
        match self.picks.iter_mut().find(|made| made.of == of && made.number == number) {
            Some(made) => toggle(&mut made.chosen, chosen),
            None => self.picks.push(PickMade { of, number, chosen: vec![chosen] }),
        }
        self.picks.retain(|made| !made.chosen.is_empty());
        self.settle(library);
    }

    /// Where free bonuses of the race go: the ability at one place, exchanged with another place if it is there already.
    pub(super) fn choose_bonus(&mut self, place: usize, ability: Ability) {
        if place >= self.free_bonuses.len() {
            return;
        }
        if let Some(other) = self.free_bonuses.iter().position(|raised| *raised == ability) {
            self.free_bonuses.swap(place, other);
        } else {
            self.free_bonuses[place] = ability;
        }
    }

    pub(super) fn record<'a>(&self, library: &'a Library) -> Option<&'a Class> {
        library.class(self.class)
    }

    pub(super) fn free_bonuses_allowed(&self, library: &Library) -> usize {
        let race = library.race(self.race).map(|race| race.scores.as_slice()).unwrap_or_default();
        race.iter().filter(|bonus| bonus.ability.is_none()).count()
    }

    /// Abilities that the race does not raise itself.
    pub(super) fn unraised(&self, library: &Library) -> Vec<Ability> {
        let race = library.race(self.race).map(|race| race.scores.as_slice()).unwrap_or_default();
        let is_raised = |ability: &Ability| race.iter().any(|bonus| bonus.ability == Some(*ability));
        Ability::ALL.into_iter().filter(|ability| !is_raised(ability)).collect()
    }

    /// The groups from which a thing is to be chosen, in the order in which the rules ask for them.
    pub(super) fn groups(&self, library: &Library) -> Vec<Id> {
        let class = self.record(library).map(|class| class.equipment.as_slice()).unwrap_or_default();
        let of_class = class.iter().zip(&self.alternatives).filter(|_| !self.takes_gold);
        let of_class =
            of_class.filter_map(|(choice, alternative)| choice.get(usize::from(*alternative))).flatten();
        let background = library.background(self.background);
        let of_background = background.into_iter().flat_map(|background| &background.equipment);
        let lots = of_class.chain(of_background);
        lots.filter_map(|lot| Some((lot.any?, lot.count)))
            .flat_map(|(group, count)| std::iter::repeat_n(group, count.into()))
            .collect()
    }

    /// Drops what doesn't go with the rest any more.
    fn settle(&mut self, library: &Library) {
        let groups = self.groups(library);
        let fits = |place: usize, thing: &Id| {
            groups.get(place).is_some_and(|group| group_members(library, *group).any(|one| one == *thing))
        };
        self.things = groups
            .iter()
            .enumerate()
            .filter_map(|(place, group)| {
                let kept = self.things.get(place).copied().filter(|thing| fits(place, thing));
                kept.or_else(|| group_members(library, *group).next())
            })
            .collect();
        let background = library.background(self.background);
        let given = background.map(|background| background.skills.clone()).unwrap_or_default();
        self.skills.retain(|skill| !given.contains(skill));
        // A pick can hang on another pick, and that one be gone.
        for _ in 0..3 {
            let character = self.outcome(library).character;
            let open = character.open_picks(library);
            let place =
                |made: &PickMade| open.iter().find(|pick| pick.of == made.of && pick.number == made.number);
            let keeps = |made: &PickMade| {
                let offered = place(made).map(|pick| character.offers(library, pick)).unwrap_or_default();
                let kept = made.chosen.iter().copied().filter(|chosen| offered.contains(chosen));
                PickMade { chosen: kept.collect(), ..made.clone() }
            };
            self.picks = self.picks.iter().map(keeps).filter(|made| !made.chosen.is_empty()).collect();
        }
    }

    fn new_character(&self, library: &Library) -> NewCharacter {
        let goods = if self.takes_gold {
            // The server throws it; here stands what it will be about.
            let gold = self.record(library).map_or(0, |class| class.gold.roll(&NoFacts, &mut middling));
            StartingGoods::Gold(gold.max(0) as u32)
        } else {
            StartingGoods::Equipment { alternatives: self.alternatives.clone(), things: self.things.clone() }
        };
        NewCharacter {
            race: self.race,
            subrace: self.subrace,
            background: self.background,
            scores: self.scores,
            free_bonuses: self.free_bonuses.clone(),
            class: self.class,
            subclass: self.subclass,
            skills: self.skills.clone(),
            picks: self.picks.clone(),
            spells: self.spells.clone(),
            goods,
        }
    }

    /// The character as it would come out, dressed, and what is against the rules.
    pub(super) fn outcome(&self, library: &Library) -> Outcome {
        let (mut character, refusals) = Character::draft(self.new_character(library), library, &RULESET);
        character.dress(library);
        Outcome { character, refusals }
    }

    /// The request that makes the character.
    pub(super) fn request(&self, name: &str) -> Option<CreateCharacterRequest> {
        let text = |id: &Id| id.to_string();
        let scores = self.scores.scores.into();
        let choices = CharacterChoices {
            subrace: self.subrace.as_ref().map(text),
            background: self.background.to_string(),
            scores: match self.scores.method {
                ScoreMethod::StandardArray => ScoreChoice::StandardArray(scores),
                ScoreMethod::PointBuy => ScoreChoice::PointBuy(scores),
                ScoreMethod::Rolled => ScoreChoice::Rolled(scores),
            },
            free_bonuses: self.free_bonuses.clone(),
            class: self.class.to_string(),
            subclass: self.subclass.as_ref().map(text),
            skills: self.skills.clone(),
            picks: self
                .picks
                .iter()
                .map(|made| PickChoice {
                    of: made.of.to_string(),
                    number: made.number,
                    chosen: made.chosen.iter().map(text).collect(),
                })
                .collect(),
            spells: self
                .spells
                .iter()
                .map(|known| SpellChoice { spell: known.spell.to_string(), prepared: known.prepared })
                .collect(),
            goods: if self.takes_gold {
                GoodsChoice::Gold
            } else {
                GoodsChoice::Equipment {
                    alternatives: self.alternatives.clone(),
                    things: self.things.iter().map(text).collect(),
                }
            },
        };
        let race = self.race.name().replace('-', "_");
        let race = Race::ALL
            .into_iter()
            .find(|one| serde_json::to_value(one).is_ok_and(|name| name.as_str() == Some(race.as_str())))?;
        Some(CreateCharacterRequest {
            name: name.to_owned(),
            race,
            world_id: None,
            class: None,
            choices: Some(choices),
        })
    }
}

fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|other| *other == one) {
        Some(place) => {
            all.remove(place);
        }
        None => all.push(one),
    }
}

/// A die that always shows its middle.
fn middling(sides: u32) -> u32 {
    sides.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use rules::content::srd;

    use super::*;

    fn id(text: &str) -> Id {
        Id::new(text).expect("the story names an id")
    }

    fn first() -> Draft {
        Draft::first(srd()).expect("there is content")
    }

    #[test]
    fn the_first_draft_breaks_no_rule_and_only_has_things_to_choose() {
        let draft = first();
        assert_eq!((draft.race.as_str(), draft.class.as_str()), ("srd:human", "srd:fighter"));
        assert_eq!(draft.outcome(srd()).refusals, []);
    }

    #[test]
    fn every_race_and_class_can_be_changed_to_and_breaks_no_rule() {
        for race in srd().races() {
            for class in srd().classes() {
                let mut draft = first();
                draft.choose_race(race.id, srd());
                draft.choose_class(class.id, srd());
                assert_eq!(draft.outcome(srd()).refusals, [], "{} {}", race.id, class.id);
                draft.fill_in(srd(), |sides| sides / 2 + 1);
                assert_eq!(draft.outcome(srd()).refusals, [], "{} {} filled in", race.id, class.id);
            }
        }
    }

    #[test]
    fn what_hung_on_a_changed_class_is_dropped_and_scores_follow_it() {
        let mut draft = first();
        let style = (id("srd:fighter-fighting-style"), id("srd:fighting-style-defense"));
        draft.toggle_pick(style.0, 0, style.1, srd());
        draft.toggle_skill(Skill::Athletics);
        assert_eq!(draft.picks.len(), 1);
        draft.choose_class(id("srd:wizard"), srd());
        assert_eq!((draft.picks.len(), draft.skills.len()), (0, 0));
        let mut untouched = first();
        untouched.choose_class(id("srd:wizard"), srd());
        assert_eq!(untouched.scores.scores[Ability::Intelligence as usize], 15);
    }

    #[test]
    fn what_is_sent_is_what_was_chosen() {
        let mut draft = first();
        draft.choose_race(id("srd:half-elf"), srd());
        draft.choose_bonus(0, Ability::Wisdom);
        let request = draft.request("Mira").expect("the race is known");
        assert_eq!(request.race, Race::HalfElf);
        let choices = request.choices.expect("there are choices");
        assert_eq!(choices.free_bonuses[0], Ability::Wisdom);
        assert_eq!(choices.class, "srd:fighter");
        assert!(matches!(choices.goods, GoodsChoice::Equipment { .. }));
    }
}
