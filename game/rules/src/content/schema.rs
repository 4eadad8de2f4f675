//! The JSON Schema of content, from the types that read it: for editors and for tools that check packs.

use schemars::Schema;

use super::{
    Background, Class, Condition, Feature, Item, Kind, Language, Monster, Race, Spell, Subclass, Subrace,
};

/// The schema of one record of a kind. A file holds one record, or a list of them.
#[must_use]
pub fn schema(kind: Kind) -> Schema {
    match kind {
        Kind::Spells => schemars::schema_for!(Spell),
        Kind::Monsters => schemars::schema_for!(Monster),
        Kind::Features => schemars::schema_for!(Feature),
        Kind::Conditions => schemars::schema_for!(Condition),
        Kind::Items => schemars::schema_for!(Item),
        Kind::Classes => schemars::schema_for!(Class),
        Kind::Subclasses => schemars::schema_for!(Subclass),
        Kind::Races => schemars::schema_for!(Race),
        Kind::Subraces => schemars::schema_for!(Subrace),
        Kind::Backgrounds => schemars::schema_for!(Background),
        Kind::Languages => schemars::schema_for!(Language),
    }
}
