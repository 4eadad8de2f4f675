//! Which features a character has, and through which class.

use crate::Id;
use crate::content::{Feature, Library};

use super::Character;

/// A feature that a character has.
#[derive(Clone, Copy, Debug)]
pub struct HeldFeature<'a> {
    /// The feature.
    pub feature: &'a Feature,
    /// The class whose level counts as `@class_level`; none for races, feats and backgrounds.
    pub class: Option<Id>,
}

impl Character {
    /// All features: of race and subrace, of each class and subclass up to its level, feats, and what was picked. What a later
    /// feature replaces is left out.
    #[must_use]
    pub fn features<'a>(&self, library: &'a Library) -> Vec<HeldFeature<'a>> {
        let mut held = Vec::new();
        let level = self.level();
        for owner in [Some(self.race), self.subrace, Some(self.background)].into_iter().flatten() {
            given(library, owner, level, None, &mut held);
        }
        for class in self.classes() {
            let class_level = self.level_in(class);
            given(library, class, class_level, Some(class), &mut held);
            if let Some(subclass) = self.subclass_in(class) {
                given(library, subclass, class_level, Some(class), &mut held);
            }
        }
        for improvement in &self.improvements {
            if let super::Improvement::Feat(feat) = improvement {
                held.extend(library.feature(*feat).map(|feature| HeldFeature { feature, class: None }));
            }
        }
        self.picked(library, &mut held);
        let replaced: Vec<Id> = held.iter().filter_map(|held| held.feature.replaces).collect();
        held.retain(|held| !replaced.contains(&held.feature.id));
        held
    }

    /// Features that were picked, and those that they let one pick in turn.
    fn picked<'a>(&self, library: &'a Library, held: &mut Vec<HeldFeature<'a>>) {
        let mut next = 0;
        while next < held.len() {
            let HeldFeature { feature, class } = held[next];
            next += 1;
            for (number, pick) in feature.picks.iter().enumerate() {
                for chosen in self.chosen(feature.id, number as u8) {
                    let is_new = held.iter().all(|held| held.feature.id != *chosen);
                    if pick.features.contains(chosen) && is_new {
                        held.extend(library.feature(*chosen).map(|feature| HeldFeature { feature, class }));
                    }
                }
            }
        }
    }
}

fn given<'a>(library: &'a Library, owner: Id, level: u8, class: Option<Id>, held: &mut Vec<HeldFeature<'a>>) {
    let features = library.features().iter().filter(|feature| feature.is_of(owner) && feature.level <= level);
    held.extend(features.map(|feature| HeldFeature { feature, class }));
}
