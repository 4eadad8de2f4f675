//! Accounts, as staff look after them.
//!
//! Two rules hold for everything here. Nobody gives or takes what they don't have: the role of the account, before and
//! after, must lie within the actor's own permissions. And an installation always has an owner who can sign in.

mod change_role;
mod create;
mod disable;
mod get;
mod list;
mod list_characters;
mod sessions;

pub use change_role::change_role;
pub use create::create;
pub use disable::{disable, enable};
pub use get::get;
pub use list::list;
pub use list_characters::list_characters;
pub use sessions::{end_session, end_sessions, list_sessions};

use api::{Permission, PermissionSet, Role, user::UserView};
use chrono::{DateTime, Utc};
use grid::AccountId;
use store::{Transaction, accounts::Account};

use crate::{Actor, Domain, Error, accounts, grants};

fn view(account: &Account) -> Result<UserView, Error> {
    Ok(UserView {
        id: account.id,
        email: account.email.clone(),
        display_name: account.display_name.clone(),
        role: accounts::role_of(account)?,
        created_at: account.created_at,
        disabled_at: account.disabled_at,
        last_login_at: account.last_login_at,
    })
}

/// Ends what the account has open in the game: tickets and stays.
pub(crate) async fn end_play(
    transaction: &Transaction,
    id: AccountId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    store::tickets::void_of_account(transaction, id, now).await?;
    store::game_sessions::end_of_account(transaction, id, now).await?;
    Ok(())
}

pub(crate) async fn find(domain: &Domain, id: AccountId) -> Result<Account, Error> {
    store::accounts::find(domain.store(), id).await?.ok_or(Error::NotFound("account"))
}

/// Refuses whoever reaches for a role that allows more than their own.
pub(crate) fn check_reach(actor: &Actor, role: Role) -> Result<(), Error> {
    if role == Role::Owner {
        actor.require(Permission::ManageOwners)?;
    }
    check_reach_of(actor, role.permissions())
}

/// Refuses whoever reaches for more than they may do themselves.
pub(crate) fn check_reach_of(actor: &Actor, permissions: PermissionSet) -> Result<(), Error> {
    if actor.permissions.contains_all(permissions) { Ok(()) } else { Err(Error::BeyondReach) }
}

/// Refuses whoever reaches for an account that may do more than they may themselves, by its role or by what it was given.
pub(crate) async fn check_reach_to(domain: &Domain, actor: &Actor, account: &Account) -> Result<(), Error> {
    check_reach(actor, accounts::role_of(account)?)?;
    let given = grants::in_force(domain, account.id).await?;
    check_reach_of(actor, given.iter().fold(PermissionSet::NONE, |all, given| all.with(given.permissions)))
}

/// Refuses what would leave the installation without an owner who can sign in.
async fn check_an_owner_stays(records: &impl store::Records, account: &Account) -> Result<(), Error> {
    let is_owner = account.role == Role::Owner.name() && account.disabled_at.is_none();
    if is_owner && store::accounts::count_active_with_role(records, Role::Owner.name()).await? <= 1 {
        return Err(Error::Conflict("this is the last owner who can sign in".to_owned()));
    }
    Ok(())
}
