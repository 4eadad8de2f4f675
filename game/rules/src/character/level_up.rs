//! Experience and levels.

use crate::content::Library;
use crate::{Ruleset, level_for_experience};

use super::{Character, LevelTaken, Refusal};

impl Character {
    /// Gains experience, and tells the level that it has earned so far.
    pub fn gain_experience(&mut self, points: u32) -> u8 {
        self.experience = self.experience.saturating_add(points);
        level_for_experience(self.experience)
    }

    /// Takes a level. What it lets one pick, learn and improve is decided afterwards.
    ///
    /// # Errors
    ///
    /// All that is against the rules: too little experience, a twenty-first level, a class that the abilities don't allow.
    pub fn level_up(
        &mut self,
        taken: LevelTaken,
        library: &Library,
        ruleset: &Ruleset,
    ) -> Result<(), Vec<Refusal>> {
        let mut after = self.clone();
        after.levels.push(taken);
        let refusals = after.check(library, ruleset);
        if refusals.is_empty() {
            *self = after;
            Ok(())
        } else {
            Err(refusals)
        }
    }

    /// Changes anything about the character, if the rules allow what comes out.
    ///
    /// # Errors
    ///
    /// All that is against the rules; the character stays as it was.
    pub fn revise(
        &mut self,
        library: &Library,
        ruleset: &Ruleset,
        change: impl FnOnce(&mut Self),
    ) -> Result<(), Vec<Refusal>> {
        let mut after = self.clone();
        change(&mut after);
        let refusals = after.check(library, ruleset);
        if refusals.is_empty() {
            *self = after;
            Ok(())
        } else {
            Err(refusals)
        }
    }
}
