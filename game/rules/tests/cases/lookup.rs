//! Finds content by the names that people use for it.

use rules::{
    Id,
    content::{Class, Item, Library, Monster, Spell, srd},
};

use crate::arguments::Refused;

/// `Gelatinous Cube`, `gelatinous-cube` and `gelatinous_cube` as `gelatinous-cube`.
pub(crate) fn slug(name: &str) -> String {
    let kept = name.trim().trim_start_matches("srd:").to_lowercase();
    let dashed = kept.replace(['_', ' ', '/'], "-");
    dashed.chars().filter(|character| character.is_ascii_alphanumeric() || *character == '-').collect()
}

/// The record of that name, or one whose name has the same words in another order: `light-crossbow`, `crossbow-light`.
fn find<'a, T>(
    kind: &'static str,
    name: &str,
    records: &'a [T],
    id: impl Fn(&T) -> Id,
    endings: &[&str],
) -> Result<&'a T, Refused> {
    let name = slug(name);
    let words = |text: &str| {
        let mut words: Vec<String> = text.split('-').map(str::to_owned).collect();
        words.sort();
        words
    };
    let wanted = words(&name);
    let exact = records.iter().find(|record| {
        endings.iter().any(|ending| id(record).name().strip_suffix(ending) == Some(name.as_str()))
    });
    exact
        .or_else(|| records.iter().find(|record| words(id(record).name()) == wanted))
        .ok_or(Refused::NotFound { kind, name })
}

pub(crate) fn library() -> &'static Library {
    srd()
}

pub(crate) fn item(name: &str) -> Result<&'static Item, Refused> {
    find("item", name, library().items(), |item| item.id, &["", "-armor"])
}

pub(crate) fn class(name: &str) -> Result<&'static Class, Refused> {
    find("class", name, library().classes(), |class| class.id, &[""])
}

pub(crate) fn spell(name: &str) -> Result<&'static Spell, Refused> {
    find("spell", name, library().spells(), |spell| spell.id, &[""])
}

pub(crate) fn monster(name: &str) -> Result<&'static Monster, Refused> {
    let by_name = library().monsters().iter().find(|monster| slug(&monster.name) == slug(name));
    by_name.map_or_else(|| find("monster", name, library().monsters(), |monster| monster.id, &[""]), Ok)
}

pub(crate) fn race(name: &str) -> Result<&'static rules::content::Race, Refused> {
    find("race", name, library().races(), |race| race.id, &[""])
}

pub(crate) fn subrace(name: &str) -> Result<&'static rules::content::Subrace, Refused> {
    find("subrace", name, library().subraces(), |subrace| subrace.id, &["", "-halfling"])
}

pub(crate) fn condition(name: &str) -> Result<&'static rules::content::Condition, Refused> {
    find("condition", name, library().conditions(), |condition| condition.id, &[""])
}
