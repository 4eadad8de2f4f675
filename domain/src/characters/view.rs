//! Characters as they are shown.

use api::character::{CharacterRecord, CharacterSheet, CharacterView, ClassLevel};
use rules::{Race, content::srd};
use store::StoreError;

use super::build::{Built, RULESET};
use crate::Error;

/// A character with its sheet.
pub(super) fn record(built: &Built) -> Result<CharacterRecord, Error> {
    Ok(CharacterRecord {
        id: built.record.id,
        character: view(built)?,
        sheet: CharacterSheet::of(&built.character, srd(), &RULESET),
    })
}

pub(super) fn view(built: &Built) -> Result<CharacterView, Error> {
    let record = &built.record;
    let race = race_from_name(&record.race)?;
    Ok(CharacterView {
        id: record.id,
        account_id: record.account_id,
        world_id: record.world_id,
        name: record.name.clone(),
        race,
        level: built.character.level(),
        classes: ClassLevel::of(&built.character, srd()),
        walking_speed_ft: race.walking_speed().0.into(),
        position: record.position,
        created_at: record.created_at,
        last_played_at: record.last_played_at,
    })
}

/// The name that a race has on the wire and in the store.
pub(super) fn race_name(race: Race) -> Result<String, Error> {
    match serde_json::to_value(race) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Internal(format!("{race:?} has no name"))),
    }
}

fn race_from_name(name: &str) -> Result<Race, Error> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).map_err(|_| {
        Error::Store(StoreError::Unreadable { table: "character", reason: format!("race {name:?}") })
    })
}
