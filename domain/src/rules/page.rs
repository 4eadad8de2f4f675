//! Records as pages of a compendium: the same few things of every kind.

use api::rules::{RulesCoverage, RulesEntry, RulesFact, RulesKind, RulesParagraph, RulesRecord, RulesRoll};
use rules::{
    Ability, Id,
    content::{Class, Condition, Coverage, Item, Library, Monster, Race, Spell, srd},
    explain::{Explained, explain_condition, explain_item, explain_monster, explain_spell, monster_rolls},
};
use serde::Serialize;

/// A record of one of the kinds that are shown.
pub(super) trait Page: Serialize {
    const KIND: RulesKind;

    fn all(library: &Library) -> &[Self]
    where
        Self: Sized;
    fn id(&self) -> Id;
    fn name(&self) -> &str;
    /// What tells it from its neighbours in a list.
    fn summary(&self) -> String;
    fn coverage(&self) -> &Coverage;
    /// Whether it stands in lists; what follows from other records is only found by its id.
    fn is_listed(&self) -> bool;
    fn explained(&self, library: &Library) -> Explained;

    fn entry(&self) -> RulesEntry {
        RulesEntry {
            id: self.id().to_string(),
            name: self.name().to_owned(),
            summary: self.summary(),
            coverage: coverage(self.coverage()),
        }
    }

    /// Dice that it throws.
    fn rolls(&self) -> Vec<RulesRoll>;

    fn record(&self, library: &Library) -> RulesRecord {
        let Explained { facts, text } = self.explained(library);
        let missing = match self.coverage() {
            Coverage::Partial(missing) => missing.clone(),
            Coverage::Executable | Coverage::Narrative => Vec::new(),
        };
        RulesRecord {
            id: self.id().to_string(),
            kind: Self::KIND,
            name: self.name().to_owned(),
            coverage: coverage(self.coverage()),
            missing,
            facts: facts
                .into_iter()
                .map(|(name, value)| RulesFact { name: name.to_owned(), value })
                .collect(),
            text: text.into_iter().map(|(heading, text)| RulesParagraph { heading, text }).collect(),
            rolls: self.rolls(),
            record: serde_json::to_value(self).expect("content was read from JSON"),
        }
    }
}

const fn coverage(coverage: &Coverage) -> RulesCoverage {
    match coverage {
        Coverage::Executable => RulesCoverage::Executable,
        Coverage::Partial(_) => RulesCoverage::Partial,
        Coverage::Narrative => RulesCoverage::Narrative,
    }
}

/// Declares how a kind is asked; `summary` and `explained` are the two things in which kinds differ.
macro_rules! page {
    ($record:ident, $kind:ident, $table:ident, $summary:expr, $explained:expr) => {
        page!($record, $kind, $table, $summary, $explained, |_| true);
    };
    ($record:ident, $kind:ident, $table:ident, $summary:expr, $explained:expr, $listed:expr) => {
        impl Page for $record {
            const KIND: RulesKind = RulesKind::$kind;

            fn all(library: &Library) -> &[Self] {
                library.$table()
            }

            fn id(&self) -> Id {
                self.id
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn summary(&self) -> String {
                let summary: fn(&Self) -> String = $summary;
                summary(self)
            }

            fn coverage(&self) -> &Coverage {
                &self.coverage
            }

            fn is_listed(&self) -> bool {
                let listed: fn(&Self) -> bool = $listed;
                listed(self)
            }

            fn rolls(&self) -> Vec<RulesRoll> {
                if Self::KIND == RulesKind::Monsters { rolls_of(self.id()) } else { Vec::new() }
            }

            fn explained(&self, library: &Library) -> Explained {
                let explained: fn(&Self, &Library) -> Explained = $explained;
                explained(self, library)
            }
        }
    };
}

page!(Spell, Spells, spells, spell_summary, |spell, _| explain_spell(spell));
page!(
    Monster,
    Monsters,
    monsters,
    |monster| format!("{} {}, challenge {}", monster.size.name().to_lowercase(), monster.kind, monster.cr),
    explain_monster
);
page!(Item, Items, items, item_summary, |item, _| explain_item(item), |item| item.variant_of.is_none());
page!(Class, Classes, classes, |class| format!("hit die d{}", class.hit_die), |class, _| class_facts(class));
page!(
    Race,
    Races,
    races,
    |race| format!("{}, {} feet", race.size.name().to_lowercase(), race.speed),
    |race, _| race_facts(race)
);
page!(Condition, Conditions, conditions, |_| String::new(), |condition, _| explain_condition(condition));

fn spell_summary(spell: &Spell) -> String {
    match spell.level {
        0 => format!("{} cantrip", spell.school),
        level => format!("level {level}, {}", spell.school),
    }
}

fn item_summary(item: &Item) -> String {
    let kind = serde_json::to_value(item.kind).unwrap_or_default();
    let kind = kind.as_str().unwrap_or_default().replace('_', " ");
    item.rarity.map_or(kind.clone(), |rarity| format!("{kind}, {rarity}"))
}

fn class_facts(class: &Class) -> Explained {
    let saves: Vec<String> = class.saves.iter().map(Ability::to_string).collect();
    let facts = vec![("Hit die", format!("d{}", class.hit_die)), ("Saves", saves.join(", "))];
    Explained { facts, text: Vec::new() }
}

fn race_facts(race: &Race) -> Explained {
    let facts = vec![("Size", race.size.name().to_lowercase()), ("Speed", format!("{} feet", race.speed))];
    Explained { facts, text: Vec::new() }
}

/// Dice of a stat block; other records throw none of their own.
fn rolls_of(id: Id) -> Vec<RulesRoll> {
    let rolls = srd().monster(id).map(monster_rolls).unwrap_or_default();
    rolls.into_iter().map(|roll| RulesRoll { name: roll.name, roll: roll.roll }).collect()
}
