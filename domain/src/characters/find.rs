//! Whose character it is, and who else may.

use api::Permission;
use grid::{AccountId, CharacterId};
use store::{Records, characters::Character};

use crate::{Actor, Domain, Error};

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

/// The character, if it is the actor's own, or the actor has the permission that staff need for what is to be done.
pub(super) async fn find_for(
    records: &impl Records,
    actor: &Actor,
    id: CharacterId,
    staff: Permission,
) -> Result<Character, Error> {
    let is_theirs = |character: &Character| Some(character.account_id) == actor.account;
    store::characters::find(records, id)
        .await?
        .filter(|character| is_theirs(character) || actor.permissions.contains(staff))
        .ok_or(Error::NotFound("character"))
}
