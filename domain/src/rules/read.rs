//! One record of the content.

use api::{
    right,
    rules::{RulesKind, RulesRecord},
};
use rules::content::{Class, Condition, Item, Monster, Race, Spell, srd};

use super::page::Page;
use crate::{Allowed, Error};

/// The record of this kind and id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub fn read(_: &Allowed<right::ViewRules>, kind: RulesKind, id: &str) -> Result<RulesRecord, Error> {
    match kind {
        RulesKind::Classes => find::<Class>(id),
        RulesKind::Races => find::<Race>(id),
        RulesKind::Spells => find::<Spell>(id),
        RulesKind::Monsters => find::<Monster>(id),
        RulesKind::Items => find::<Item>(id),
        RulesKind::Conditions => find::<Condition>(id),
    }
    .ok_or(Error::NotFound("rule"))
}

/// Compares texts, for making an id of whatever is asked for would keep its text for good.
fn find<P: Page>(id: &str) -> Option<RulesRecord> {
    let library = srd();
    P::all(library).iter().find(|record| record.id().as_str() == id).map(|record| record.record(library))
}
