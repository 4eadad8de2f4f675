//! Players' characters.

mod create;
mod get;
mod list;
mod spawn;

pub use create::create;
pub use get::get;
pub use list::list;

use api::character::CharacterView;
use grid::{AccountId, CharacterId};
use rules::Race;
use store::{StoreError, characters::Character};

use crate::{Domain, Error};

/// The character, if it is the account's own. Somebody else's is as good as none.
pub(crate) async fn find_own(
    domain: &Domain,
    account: AccountId,
    id: CharacterId,
) -> Result<Character, Error> {
    store::characters::find(domain.store(), id)
        .await?
        .filter(|character| character.account_id == account)
        .ok_or(Error::NotFound("character"))
}

fn view(character: &Character) -> Result<CharacterView, Error> {
    let race = race_from_name(&character.race)?;
    Ok(CharacterView {
        id: character.id,
        world_id: character.world_id,
        name: character.name.clone(),
        race,
        walking_speed_ft: race.walking_speed().0.into(),
        position: character.position,
        created_at: character.created_at,
        last_played_at: character.last_played_at,
    })
}

/// The name that a race has on the wire and in the store.
fn race_name(race: Race) -> Result<String, Error> {
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
