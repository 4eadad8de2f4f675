//! The part of the content that making a new character needs, as one text: small enough to be sent to a browser, which then
//! works out the same sheet as the server.
//!
//! Left out: monsters and their traits, conditions, magic items, spells above the first level, and what features, items and spells
//! do in play. A character beyond its first level needs the whole library.

use serde::{Deserialize, Serialize};

use crate::language::{Aura, Effect};

use super::{
    Background, Class, Feature, Item, Language, Library, Race, Spell, Subclass, Subrace, library::Table,
};

/// The highest level of spells that a newcomer learns.
const SPELL_LEVEL_MAX: u8 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    spells: Vec<Spell>,
    features: Vec<Feature>,
    items: Vec<Item>,
    classes: Vec<Class>,
    subclasses: Vec<Subclass>,
    races: Vec<Race>,
    subraces: Vec<Subrace>,
    backgrounds: Vec<Background>,
    languages: Vec<Language>,
}

impl Library {
    /// What making a new character needs, as JSON.
    ///
    /// # Errors
    ///
    /// Content that can't be written as JSON; what was read from JSON can.
    pub fn for_newcomers(&self) -> Result<String, serde_json::Error> {
        let spells = self.spells().iter().filter(|spell| spell.level <= SPELL_LEVEL_MAX).cloned();
        let features = self.features().iter().filter(|feature| self.is_for_characters(feature)).cloned();
        let items = self.items().iter().filter(|item| item.rarity.is_none()).cloned();
        serde_json::to_string(&Written {
            spells: spells.map(|spell| Spell { then: Vec::new(), ..spell }).collect(),
            features: features.map(|feature| Feature { gives: at_rest(feature.gives), ..feature }).collect(),
            items: items.map(|item| Item { gives: at_rest(item.gives), ..item }).collect(),
            classes: self.classes().to_vec(),
            subclasses: self.subclasses().to_vec(),
            races: self.races().to_vec(),
            subraces: self.subraces().to_vec(),
            backgrounds: self.backgrounds().to_vec(),
            languages: self.languages().to_vec(),
        })
    }

    /// Reads what [`Library::for_newcomers`] wrote. It is not checked again: whoever wrote it had read all of it.
    ///
    /// # Errors
    ///
    /// A text of another form, such as that of another version.
    pub fn of_newcomers(text: &str) -> Result<Self, serde_json::Error> {
        let written: Written = serde_json::from_str(text)?;
        Ok(Self {
            spells: Table::of(written.spells),
            features: Table::of(written.features),
            items: Table::of(written.items),
            classes: Table::of(written.classes),
            subclasses: Table::of(written.subclasses),
            races: Table::of(written.races),
            subraces: Table::of(written.subraces),
            backgrounds: Table::of(written.backgrounds),
            languages: Table::of(written.languages),
            ..Self::default()
        })
    }

    /// Whether characters can have a feature: somebody gives it, or it can be picked.
    fn is_for_characters(&self, feature: &Feature) -> bool {
        let picks = self.features().iter().flat_map(|feature| &feature.picks);
        !feature.of.is_empty() || picks.into_iter().any(|pick| pick.features.contains(&feature.id))
    }
}

/// What of an effect counts on a sheet.
fn at_rest(effect: Effect) -> Effect {
    let aura = effect.aura.map(|aura| Box::new(Aura { gives: at_rest(aura.gives), ..*aura }));
    Effect {
        modifiers: effect.modifiers,
        resources: effect.resources,
        spells: effect.spells,
        aura,
        ..Effect::default()
    }
}
