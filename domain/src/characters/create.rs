//! Making a character.

use api::{
    Permission,
    character::{CharacterView, CreateCharacterRequest},
};
use garde::Validate as _;
use grid::{CharacterId, WorldId};
use serde_json::json;
use store::{StoreError, characters::Character};
use uuid::Uuid;

use super::{race_name, spawn, view};
use crate::{Actor, Domain, Error, audit};

/// Characters that an account may have.
const OF_ACCOUNT_MAX: u64 = 20;

/// Makes a character of the actor's own, standing at its world's spawn point.
///
/// # Errors
/// [`Error::Conflict`] if the name is taken in that world or the account has enough characters; [`Error::NotFound`]
/// for an unknown world.
pub async fn create(
    domain: &Domain,
    actor: &Actor,
    request: CreateCharacterRequest,
) -> Result<CharacterView, Error> {
    let account_id = actor.require(Permission::PlayGame)?;
    request.validate()?;
    let world_id = choose_world(domain, request.world_id).await?;
    let position = spawn::find(domain.terrain(), world_id).await?;
    let now = store::now();
    let character = Character {
        id: CharacterId::from_uuid(Uuid::now_v7()),
        account_id,
        world_id,
        name: request.name,
        race: race_name(request.race)?,
        position,
        created_at: now,
        updated_at: now,
        last_played_at: None,
    };
    insert(domain, actor, &character).await?;
    view(&character)
}

async fn choose_world(domain: &Domain, wanted: Option<WorldId>) -> Result<WorldId, Error> {
    if let Some(world) = wanted {
        return Ok(domain.terrain().world(world).await?.record.id);
    }
    let worlds = store::worlds::list(domain.store()).await?;
    worlds.first().map(|world| world.id).ok_or(Error::NotFound("world"))
}

async fn insert(domain: &Domain, actor: &Actor, character: &Character) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    if store::characters::count_of_account(&transaction, character.account_id).await? >= OF_ACCOUNT_MAX {
        return Err(Error::Conflict(format!("an account has at most {OF_ACCOUNT_MAX} characters")));
    }
    store::characters::insert(&transaction, character).await.map_err(|error| match error {
        StoreError::Conflict(_) => {
            Error::Conflict(format!("the name {} is taken in this world", character.name))
        }
        other => Error::Store(other),
    })?;
    let details = json!({ "name": character.name, "race": character.race, "world_id": character.world_id });
    audit::note(&transaction, actor, "character.create", format!("character {}", character.id), details)
        .await?;
    Ok(transaction.commit().await?)
}
