//! What is added to saves, skills and initiative, and what a character is proficient with.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::language::Path;
use crate::vocabulary::Skill;
use crate::{Ability, Id, RollMode, Training, passive_score, proficiency_bonus};

use super::{Desk, Value};

/// A skill of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkillLine {
    /// Which.
    pub skill: Skill,
    /// How much of the proficiency bonus counts.
    pub training: Training,
    /// What is added to checks.
    pub bonus: Value,
}

/// An id of one word.
fn word(text: &str) -> Option<Id> {
    Id::new(text).ok()
}

/// A skill as picks and grants of content spell it.
pub(in crate::character) fn skill_id(skill: Skill) -> Option<Id> {
    word(&skill.word().replace('_', "-"))
}

impl Desk<'_> {
    /// Armour, weapons, tools, skills and saves that features, items and picks make it proficient with.
    fn granted(&self) -> BTreeSet<Id> {
        let grants = self.modifiers.grants(&self.known).filter_map(|path| match path {
            Path::Proficiency(what) => Some(what),
            _ => None,
        });
        grants.chain(self.picked("proficiency")).collect()
    }

    /// Everything that was picked where picks mean `what`.
    fn picked(&self, what: &str) -> Vec<Id> {
        let picks = self.character.open_picks(self.library);
        let meant = picks.into_iter().filter(|pick| pick.means.is_some_and(|means| means.as_str() == what));
        meant.flat_map(|pick| self.character.chosen(pick.of, pick.number).to_vec()).collect()
    }

    /// Armour, weapons and tools that it is proficient with.
    pub(in crate::character) fn proficiencies(&self) -> BTreeSet<Id> {
        let mut all = self.granted();
        for (number, class) in self.character.classes().enumerate() {
            let Some(class) = self.library.class(class) else { continue };
            let given = if number == 0 { &class.proficiencies } else { &class.multiclass.proficiencies };
            all.extend(given.iter().copied());
        }
        if let Some(background) = self.library.background(self.character.background) {
            all.extend(background.tools.iter().copied());
        }
        let not_gear = |id: &Id| {
            Skill::ALL.iter().any(|skill| skill_id(*skill) == Some(*id)) || id.as_str().starts_with("save-")
        };
        all.retain(|id| !not_gear(id));
        all
    }

    /// Languages that it speaks.
    pub(super) fn languages(&self) -> BTreeSet<Id> {
        let race = self.library.race(self.character.race);
        let spoken = race.into_iter().flat_map(|race| race.languages.iter().copied());
        let granted = self.modifiers.grants(&self.known).filter_map(|path| match path {
            Path::Language(language) => Some(language),
            _ => None,
        });
        spoken.chain(granted).chain(self.picked("language")).collect()
    }

    /// How well it is trained in each skill, and what that adds.
    pub(in crate::character) fn skills(&self) -> Vec<SkillLine> {
        let granted = self.granted();
        let expert: BTreeSet<Id> = self.picked("expertise").into_iter().collect();
        let background = self.library.background(self.character.background);
        let bonus = proficiency_bonus(self.known.level);
        Skill::ALL
            .iter()
            .map(|&skill| {
                let id = skill_id(skill);
                let is_proficient = self.character.skills.contains(&skill)
                    || background.is_some_and(|background| background.skills.contains(&skill))
                    || id.is_some_and(|id| granted.contains(&id));
                let is_expert = id.is_some_and(|id| expert.contains(&id))
                    || self.modifiers.grants(&self.known).any(|path| path == Path::Expertise(skill));
                let training = match (is_proficient, is_expert) {
                    (true, true) => Training::Expertise,
                    (true, false) => Training::Proficient,
                    _ => Training::Untrained,
                };
                let ability = skill.ability();
                let value = self.ability_value(ability).plus("Proficiency", i32::from(training.of(bonus)));
                let value =
                    self.changed(Path::Skill(skill), self.check_changed(ability, is_proficient, value));
                SkillLine { skill, training, bonus: value }
            })
            .collect()
    }

    /// A check with everything that changes checks; some of it only without proficiency.
    fn check_changed(&self, ability: Ability, is_proficient: bool, value: Value) -> Value {
        let mut known = self.known.clone();
        known.proficient_check = is_proficient;
        let value = self.modifiers.apply(Path::Check(None), value, &known);
        self.modifiers.apply(Path::Check(Some(ability)), value, &known)
    }

    fn ability_value(&self, ability: Ability) -> Value {
        Value::of(ability.name(), i32::from(self.ability_scores().modifier(ability)))
    }

    /// Whether it is proficient in saves, in the order of [`Ability::ALL`].
    pub(in crate::character) fn proficient_saves(&self) -> [bool; 6] {
        let granted = self.granted();
        let first = self.character.levels.first().and_then(|taken| self.library.class(taken.class));
        Ability::ALL.map(|ability| {
            first.is_some_and(|class| class.saves.contains(&ability))
                || word(&format!("save-{}", ability.short())).is_some_and(|id| granted.contains(&id))
        })
    }

    /// What is added to saves, in the order of [`Ability::ALL`].
    pub(super) fn saves(&self) -> Vec<Value> {
        let proficient = self.proficient_saves();
        let bonus = i32::from(proficiency_bonus(self.known.level));
        Ability::ALL
            .into_iter()
            .map(|ability| {
                let is_proficient = proficient[ability as usize];
                let value =
                    self.ability_value(ability).plus("Proficiency", if is_proficient { bonus } else { 0 });
                self.changed(Path::Save(Some(ability)), self.changed(Path::Save(None), value))
            })
            .collect()
    }

    /// What is added to initiative: a Dexterity check.
    pub(super) fn initiative(&self) -> Value {
        let value = self.check_changed(Ability::Dexterity, false, self.ability_value(Ability::Dexterity));
        self.changed(Path::Initiative, value)
    }

    /// What it notices without looking.
    pub(super) fn passive_perception(&self, skills: &[SkillLine]) -> i16 {
        let line = skills.iter().find(|line| line.skill == Skill::Perception);
        let bonus = line.map_or(0, |line| line.bonus.total);
        let score = i32::from(passive_score(bonus.clamp(-100, 100) as i16, RollMode::Normal));
        self.changed(Path::Passive(Skill::Perception), Value::of("Perception", score)).total as i16
    }
}
