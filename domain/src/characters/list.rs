//! Characters.

use api::{
    List, Permission,
    character::{CharacterFilter, CharacterScope, CharacterView},
    right,
};
use garde::Validate as _;
use grid::{AccountId, CharacterId};
use store::characters::Wanted;

use super::{build, view};
use crate::{Allowed, Domain, Error};

/// Characters of a page.
const PAGE_CHARACTERS: usize = 50;

/// The actor's own characters, the oldest first; or a page of everybody's, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] for everybody's without `inspect_entities`; [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    filter: CharacterFilter,
) -> Result<List<CharacterView>, Error> {
    filter.validate()?;
    let name = filter.name.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    if filter.scope == CharacterScope::All {
        actor.require(Permission::InspectEntities)?;
        return list_all(domain, name, filter.cursor).await;
    }
    let mut own = store::characters::list_of_account(domain.store(), actor.account()).await?;
    if let Some(name) = name {
        own.retain(|character| character.name.to_lowercase().contains(&name));
    }
    let built = build::load_all(domain.store(), own).await?;
    Ok(List::whole(built.iter().map(view::view).collect::<Result<_, _>>()?))
}

/// The characters of an account, the oldest first.
pub(crate) async fn of_account(domain: &Domain, account: AccountId) -> Result<List<CharacterView>, Error> {
    let found = store::characters::list_of_account(domain.store(), account).await?;
    let built = build::load_all(domain.store(), found).await?;
    Ok(List::whole(built.iter().map(view::view).collect::<Result<_, _>>()?))
}

async fn list_all(
    domain: &Domain,
    name: Option<String>,
    cursor: Option<String>,
) -> Result<List<CharacterView>, Error> {
    let before = cursor.map(|text| text.parse::<CharacterId>()).transpose().map_err(|_| {
        Error::InvalidField { field: "cursor", message: "must be the `next` of the page before".to_owned() }
    })?;
    // One more than a page tells whether there is another one.
    let wanted = Wanted { name, before };
    let mut characters = store::characters::list(domain.store(), &wanted, PAGE_CHARACTERS as u64 + 1).await?;
    let has_more = characters.len() > PAGE_CHARACTERS;
    characters.truncate(PAGE_CHARACTERS);
    let next = characters.last().filter(|_| has_more).map(|character| character.id.to_string());
    let built = build::load_all(domain.store(), characters).await?;
    Ok(List { items: built.iter().map(view::view).collect::<Result<_, _>>()?, next })
}
