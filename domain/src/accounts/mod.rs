//! Accounts: registering, signing in for tokens, and who one is.

mod change_password;
mod desk;
mod login;
mod logout;
mod me;
mod own;
pub(crate) mod password;
mod refresh;
mod register;
mod reset_password;
mod seed_owner;
mod verify_email;

pub use change_password::change_password;
pub(crate) use desk::{LoginDesk, describe_metrics};
pub(crate) use login::check_credentials;
pub use login::login;
pub use logout::logout;
pub use me::me;
pub(crate) use own::{confirm_password, own};
pub use refresh::refresh;
pub(crate) use register::insert_record;
pub use register::register;
pub use reset_password::{forget_password, reset_password};
pub use seed_owner::{SeededOwner, seed_owner};
pub use verify_email::{send_verification, verify_email};

use api::{Permission, Role, auth::AccountView, role::LocalPermissions};
use store::{StoreError, accounts::Account};

use crate::{Actor, Domain, Error, Local, grants, impersonation};

/// The form of an address that accounts are found by.
pub(crate) fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The account's role. A role that this program does not know gives no rights at all.
pub(crate) fn role_of(account: &Account) -> Result<Role, Error> {
    account.role.parse().map_err(|_| {
        let reason = format!("role {:?}", account.role);
        Error::Store(StoreError::Unreadable { table: "account", reason })
    })
}

/// The account as `actor` sees it, whose own it is.
pub(crate) async fn view(domain: &Domain, account: &Account, actor: &Actor) -> Result<AccountView, Error> {
    let second_factor = has_second_factor(domain, account).await?;
    let lacks_factor = !second_factor
        && needs_second_factor(domain, true)
        && (role_of(account)?.allows(Permission::EnterDashboard)
            || grants::may_enter(domain, account.id).await?);
    let local = |local: &Local| LocalPermissions {
        place: local.place,
        permissions: local.permissions.iter().collect(),
        ends_at: local.ends_at,
    };
    Ok(AccountView {
        id: account.id,
        email: account.email.clone(),
        display_name: account.display_name.clone(),
        role: role_of(account)?,
        permissions: actor.permissions.iter().collect(),
        local_permissions: actor.local.iter().map(local).collect(),
        impersonated_by: impersonation::told(domain, actor).await?,
        email_verified: account.email_verified_at.is_some(),
        second_factor,
        must_set_up_second_factor: lacks_factor,
        created_at: account.created_at,
    })
}

/// Whether a second factor is asked for at the sign-in.
pub(crate) async fn has_second_factor(domain: &Domain, account: &Account) -> Result<bool, Error> {
    let factor = store::second_factors::find(domain.store(), account.id).await?;
    Ok(factor.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// Whether an account may do nothing without one.
pub(crate) fn needs_second_factor(domain: &Domain, is_staff: bool) -> bool {
    domain.settings().auth.staff_second_factor && is_staff
}
