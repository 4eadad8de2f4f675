//! Keys of programs: a secret, and part of the permissions of a service's account.
//!
//! A key stands where an access token would. What it may do is the least of three: its scopes, the permissions that its
//! account has now, and nothing at all once it is revoked or over.

mod authenticate;
mod create;
mod list;
mod revoke;

pub(crate) use authenticate::load;
pub use authenticate::{authenticate, is_key};
pub use create::create;
pub use list::list;
pub use revoke::revoke;

use api::{Permission, api_key::ApiKeyView};
use store::api_keys::ApiKey;

/// How a key's text begins, so that people and scanners of leaked secrets know it.
const PREFIX: &str = "rk_";

/// The permissions that the names stand for. A name that this program does not know gives nothing.
fn scopes(key: &ApiKey) -> impl Iterator<Item = Permission> {
    key.scopes
        .iter()
        .filter_map(|name| Permission::ALL.iter().copied().find(|permission| permission.name() == name))
}

fn view(key: &ApiKey) -> ApiKeyView {
    ApiKeyView {
        id: key.id,
        account_id: key.account_id,
        name: key.name.clone(),
        scopes: scopes(key).collect(),
        created_at: key.created_at,
        expires_at: key.expires_at,
        last_used_at: key.last_used_at,
        revoked_at: key.revoked_at,
    }
}
