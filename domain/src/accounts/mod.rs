//! Accounts: registering, signing in for tokens, and who one is.

mod desk;
mod login;
mod logout;
mod me;
mod password;
mod refresh;
mod register;
mod seed_owner;

pub(crate) use desk::{LoginDesk, describe_metrics};
pub(crate) use login::check_credentials;
pub use login::login;
pub use logout::logout;
pub use me::me;
pub use refresh::refresh;
pub use register::register;
pub use seed_owner::{SeededOwner, seed_owner};

use api::{Role, auth::AccountView};
use store::{StoreError, accounts::Account};

use crate::Error;

/// The form of an address that accounts are found by.
fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The account's role. A role that this program does not know gives no rights at all.
pub(crate) fn role_of(account: &Account) -> Result<Role, Error> {
    account.role.parse().map_err(|_| {
        let reason = format!("role {:?}", account.role);
        Error::Store(StoreError::Unreadable { table: "account", reason })
    })
}

pub(crate) fn view(account: &Account) -> Result<AccountView, Error> {
    let role = role_of(account)?;
    Ok(AccountView {
        id: account.id,
        email: account.email.clone(),
        display_name: account.display_name.clone(),
        role,
        permissions: role.permissions().to_vec(),
        created_at: account.created_at,
    })
}
