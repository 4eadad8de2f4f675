//! Whether the rules allow a character as it stands.

use std::collections::BTreeSet;

use crate::content::{Library, Preparation};
use crate::vocabulary::Skill;
use crate::{
    Ability, EXHAUSTION_MAX, Id, LEVEL_MAX, Ruleset, check_point_buy, check_standard_array,
    experience_for_level,
};

use super::{Character, Improvement, Refusal, ScoreMethod, offers::is_feat, sheet::Desk};

/// The highest score that levels lead to.
const RAISED_MAX: u8 = 20;

impl Character {
    /// Everything about the character that is against the rules. Nothing found: it may be played.
    ///
    /// Choices that are still open (a language not yet picked, a spell not yet learned) are not against the rules;
    /// [`Character::open_picks`] and the sheet tell them.
    #[must_use]
    pub fn check(&self, library: &Library, ruleset: &Ruleset) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        self.check_origin(library, &mut refusals);
        self.check_scores(&mut refusals);
        self.check_levels(library, &mut refusals);
        // What follows looks things up in the records that were missing above.
        if !refusals.is_empty() {
            return refusals;
        }
        self.check_multiclass(library, &mut refusals);
        self.check_skills(library, &mut refusals);
        self.check_improvements(library, &mut refusals);
        self.check_picks(library, &mut refusals);
        self.check_spells(library, ruleset, &mut refusals);
        let unknown = self.belongings.iter().filter(|lot| library.item(lot.item).is_none());
        refusals.extend(unknown.map(|lot| Refusal::Unknown { kind: "item", id: lot.item }));
        refusals.extend(self.check_equipped(library));
        refusals.extend(self.check_attuned(library));
        self.check_wear(library, ruleset, &mut refusals);
        refusals
    }

    fn check_origin(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        if library.background(self.background).is_none() {
            refusals.push(Refusal::Unknown { kind: "background", id: self.background });
        }
        let Some(race) = library.race(self.race) else {
            refusals.push(Refusal::Unknown { kind: "race", id: self.race });
            return;
        };
        let has_subraces = library.subraces().iter().any(|subrace| subrace.of == race.id);
        let fits = match self.subrace {
            Some(subrace) => library.subrace(subrace).is_some_and(|subrace| subrace.of == race.id),
            None => !has_subraces,
        };
        if !fits {
            refusals.push(Refusal::Subrace { race: race.id });
        }
        let allowed = race.scores.iter().filter(|bonus| bonus.ability.is_none()).count();
        let distinct: BTreeSet<&Ability> = self.free_bonuses.iter().collect();
        let raised = race.scores.iter().filter_map(|bonus| bonus.ability);
        let doubled = raised.filter(|ability| self.free_bonuses.contains(ability)).count();
        if self.free_bonuses.len() != allowed || distinct.len() != allowed || doubled > 0 {
            refusals.push(Refusal::FreeBonuses { allowed });
        }
    }

    fn check_scores(&self, refusals: &mut Vec<Refusal>) {
        let scores = &self.scores.scores;
        match self.scores.method {
            ScoreMethod::StandardArray => {
                refusals.extend(check_standard_array(scores).err().map(Refusal::Scores));
            }
            ScoreMethod::PointBuy => refusals.extend(check_point_buy(scores).err().map(Refusal::Scores)),
            ScoreMethod::Rolled => {
                let impossible = scores.iter().find(|score| !(3..=18).contains(*score));
                refusals.extend(impossible.map(|score| Refusal::RolledScore(*score)));
            }
        }
    }

    fn check_levels(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        if !(1..=usize::from(LEVEL_MAX)).contains(&self.levels.len()) {
            refusals.push(Refusal::Levels(self.levels.len()));
            return;
        }
        let needed = experience_for_level(self.level());
        if self.experience < needed {
            refusals.push(Refusal::Experience { level: self.level(), needed, has: self.experience });
        }
        let mut reached: Vec<(Id, u8)> = Vec::new();
        for (number, taken) in self.levels.iter().enumerate() {
            let Some(class) = library.class(taken.class) else {
                refusals.push(Refusal::Unknown { kind: "class", id: taken.class });
                continue;
            };
            if let Some(shown) = taken.hit_die
                && (number == 0 && shown != class.hit_die || !(1..=class.hit_die).contains(&shown))
            {
                refusals.push(Refusal::HitDie { die: class.hit_die, shown });
            }
            let place = reached.iter().position(|(id, _)| *id == class.id).unwrap_or_else(|| {
                reached.push((class.id, 0));
                reached.len() - 1
            });
            reached[place].1 += 1;
            let chooses = reached[place].1 == class.subclass_level;
            let fits = match taken.subclass {
                Some(subclass) => {
                    chooses && library.subclass(subclass).is_some_and(|chosen| chosen.of == class.id)
                }
                None => !chooses,
            };
            if !fits {
                refusals.push(Refusal::Subclass { class: class.id, level: class.subclass_level });
            }
        }
    }

    fn check_multiclass(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        let classes: Vec<Id> = self.classes().collect();
        if classes.len() < 2 {
            return;
        }
        let known = Desk::new(self, library).known;
        for class in classes.into_iter().filter_map(|class| library.class(class)) {
            if !class.multiclass.allows(&known.scores) {
                let names = |abilities: &[Ability], word: &str| {
                    abilities.iter().map(|ability| ability.name()).collect::<Vec<_>>().join(word)
                };
                let all = names(&class.multiclass.all_of, " and ");
                let wanted = if all.is_empty() { names(&class.multiclass.one_of, " or ") } else { all };
                refusals.push(Refusal::Multiclass { class: class.id, wanted });
            }
        }
    }

    fn check_skills(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        // Each class offers some of its list; a skill is taken from any class that still has one to give.
        let mut offers: Vec<(usize, Vec<Skill>)> = self.skill_offers(library);
        let allowed: usize = offers.iter().map(|(count, _)| count).sum();
        if self.skills.len() > allowed {
            refusals.push(Refusal::SkillCount { allowed, chosen: self.skills.len() });
            return;
        }
        let background = library.background(self.background);
        let mut seen = BTreeSet::new();
        // Who is offered by fewest classes is served first, so that no class gives away what another alone could have.
        let mut skills = self.skills.clone();
        skills.sort_by_key(|skill| offers.iter().filter(|(_, from)| from.contains(skill)).count());
        for skill in skills {
            let doubled =
                !seen.insert(skill) || background.is_some_and(|given| given.skills.contains(&skill));
            let offer = offers
                .iter_mut()
                .filter(|(count, from)| *count > 0 && from.contains(&skill))
                .min_by_key(|(_, from)| from.len());
            match offer {
                Some((count, _)) if !doubled => *count -= 1,
                _ => refusals.push(Refusal::Skill(skill)),
            }
        }
    }

    /// How many skills each class gives, and among which.
    #[must_use]
    pub fn skill_offers(&self, library: &Library) -> Vec<(usize, Vec<Skill>)> {
        let classes = self.classes().filter_map(|class| library.class(class)).enumerate();
        let picks = classes.filter_map(|(number, class)| {
            if number == 0 { Some(&class.skills) } else { class.multiclass.skills.as_ref() }
        });
        picks
            .map(|pick| {
                let from = if pick.from.is_empty() { Skill::ALL.to_vec() } else { pick.from.clone() };
                (usize::from(pick.count), from)
            })
            .collect()
    }

    /// How many improvements its levels give.
    #[must_use]
    pub fn improvements_allowed(&self, library: &Library) -> usize {
        let classes = self.class_levels();
        let given = classes.iter().filter_map(|(class, level)| {
            let improvements = &library.class(*class)?.improvements;
            Some(improvements.iter().filter(|at| *at <= level).count())
        });
        given.sum()
    }

    fn check_improvements(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        let allowed = self.improvements_allowed(library);
        if self.improvements.len() > allowed {
            refusals.push(Refusal::Improvements { allowed, chosen: self.improvements.len() });
        }
        for ability in Ability::ALL {
            if self.raised(library, ability) > RAISED_MAX {
                refusals.push(Refusal::AboveTwenty(ability));
            }
        }
        let mut seen = BTreeSet::new();
        for improvement in &self.improvements {
            let Improvement::Feat(feat) = improvement else { continue };
            match library.feature(*feat).filter(|feature| is_feat(library, feature)) {
                None => refusals.push(Refusal::Unknown { kind: "feat", id: *feat }),
                Some(feature) => {
                    let lacks =
                        feature.requires.as_ref().is_some_and(|requires| !self.fulfils(library, requires));
                    if lacks || !seen.insert(*feat) {
                        refusals.push(Refusal::Requirements(*feat));
                    }
                }
            }
        }
    }

    /// A score with race and improvements, before features and items.
    pub(super) fn raised(&self, library: &Library, ability: Ability) -> u8 {
        let race = library.race(self.race).map(|race| race.scores.as_slice()).unwrap_or_default();
        let subrace = self.subrace.and_then(|subrace| library.subrace(subrace));
        let subrace = subrace.map(|subrace| subrace.scores.as_slice()).unwrap_or_default();
        let fixed = race
            .iter()
            .chain(subrace)
            .filter(|bonus| bonus.ability == Some(ability))
            .map(|bonus| bonus.bonus);
        let free = self.free_bonuses.iter().filter(|free| **free == ability).count();
        let improved = self.improvements.iter().map(|improvement| match improvement {
            Improvement::Scores(raised) => raised.iter().filter(|raised| **raised == ability).count(),
            Improvement::Feat(_) => 0,
        });
        let base = self.scores.scores[ability as usize];
        let added = usize::from(fixed.sum::<u8>()) + free + improved.sum::<usize>();
        base.saturating_add(added.min(200) as u8)
    }

    fn check_picks(&self, library: &Library, refusals: &mut Vec<Refusal>) {
        let open = self.open_picks(library);
        for made in &self.picks {
            let Some(pick) = open.iter().find(|pick| pick.of == made.of && pick.number == made.number) else {
                let chosen = made.chosen.first().copied().unwrap_or(made.of);
                refusals.push(Refusal::NotOffered { of: made.of, chosen });
                continue;
            };
            if made.chosen.len() > usize::from(pick.count) {
                let (allowed, chosen) = (usize::from(pick.count), made.chosen.len());
                refusals.push(Refusal::TooManyPicks { of: made.of, allowed, chosen });
            }
            let mut seen = BTreeSet::new();
            for chosen in &made.chosen {
                if !seen.insert(*chosen) || !self.may_pick(library, pick, *chosen) {
                    refusals.push(Refusal::NotOffered { of: made.of, chosen: *chosen });
                }
            }
        }
        let mut places: Vec<(Id, u8)> = self.picks.iter().map(|made| (made.of, made.number)).collect();
        places.sort();
        for pair in places.windows(2).filter(|pair| pair[0] == pair[1]) {
            refusals.push(Refusal::NotOffered { of: pair[0].0, chosen: pair[0].0 });
        }
    }

    fn check_spells(&self, library: &Library, ruleset: &Ruleset, refusals: &mut Vec<Refusal>) {
        let lines = Desk::new(self, library).casting(ruleset);
        let mut seen = BTreeSet::new();
        for known in &self.spells {
            let line = lines.iter().find(|line| line.class == known.class);
            let spell = library.spell(known.spell);
            let fits = line.zip(spell).is_some_and(|(line, spell)| {
                self.on_list(library, known.class, spell) && spell.level <= line.level_max
            });
            if !fits || !seen.insert((known.class, known.spell)) {
                refusals.push(Refusal::Spell { class: known.class, spell: known.spell });
            }
        }
        for line in lines {
            let of_class = |cantrips: bool| {
                let own = self.spells.iter().filter(move |known| known.class == line.class);
                own.filter(move |known| {
                    library.spell(known.spell).is_some_and(|spell| (spell.level == 0) == cantrips)
                })
            };
            let mut limit = |what: &'static str, allowed: Option<u8>, chosen: usize| {
                if let Some(allowed) = allowed.map(usize::from).filter(|allowed| chosen > *allowed) {
                    refusals.push(Refusal::SpellCount { class: line.class, what, allowed, chosen });
                }
            };
            limit("cantrips", Some(line.cantrips), of_class(true).count());
            limit("spells known", line.known, of_class(false).count());
            limit("spells prepared", line.prepared, of_class(false).filter(|known| known.prepared).count());
        }
    }

    /// Whether a spell is on a class's list, or on what the subclass adds to it.
    pub(super) fn on_list(&self, library: &Library, class: Id, spell: &crate::content::Spell) -> bool {
        let level = self.level_in(class);
        let added =
            self.subclass_in(class).and_then(|subclass| library.subclass(subclass)).is_some_and(|subclass| {
                subclass.list.range(..=level).any(|(_, spells)| spells.contains(&spell.id))
            });
        added || spell.classes.contains(&class)
    }

    /// Whether a class keeps its spells in a book, from which it prepares.
    #[must_use]
    pub fn keeps_book(library: &Library, class: Id) -> bool {
        let spells = library.class(class).and_then(|class| class.spells.as_ref());
        spells.is_some_and(|spells| spells.preparation == Preparation::Book)
    }

    fn check_wear(&self, library: &Library, ruleset: &Ruleset, refusals: &mut Vec<Refusal>) {
        let desk = Desk::new(self, library);
        let dice = desk.hit_dice();
        for (sides, spent) in &self.wear.hit_dice {
            if dice.get(sides).copied().unwrap_or(0) < *spent {
                refusals.push(Refusal::Overspent(format!("hit dice (d{sides})")));
            }
        }
        if self.wear.slots.iter().zip(desk.slots(ruleset)).any(|(spent, has)| *spent > has)
            || self.wear.pact_slots > desk.pact_magic().slots
        {
            refusals.push(Refusal::Overspent("spell slots".to_owned()));
        }
        let lines = desk.resources();
        for (id, spent) in &self.wear.resources {
            let max = lines.iter().find(|line| line.id == *id).map_or(0, |line| line.max);
            if *spent > max {
                refusals.push(Refusal::Overspent(id.to_string()));
            }
        }
        if self.wear.damage > desk.hit_points_max().total.max(0) as u32 {
            refusals.push(Refusal::Overspent("hit points".to_owned()));
        }
        if self.wear.exhaustion > EXHAUSTION_MAX {
            refusals.push(Refusal::Overspent("strength before exhaustion".to_owned()));
        }
    }
}
