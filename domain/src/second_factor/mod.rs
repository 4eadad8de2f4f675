//! The second factor: a code from an authenticator (RFC 6238), or a recovery code.
//!
//! The secret is kept nowhere: it is computed from a nonce in the database and a key in the data folder, so neither alone
//! is enough to make codes. A code works once, also for whoever reads it over a shoulder.

mod check;
mod confirm;
mod remove;
mod set_up;

pub(crate) use check::check;
pub use confirm::confirm;
pub use remove::remove;
pub use set_up::set_up;

use grid::AccountId;
use secrecy::SecretString;
use totp_rs::{Builder, Totp};

use crate::{Domain, Error, secret};

const PURPOSE: &str = "realmkeep 2026 second factor secret";
/// Codes of the step before and after count, too: clocks differ, and people type slowly.
const SKEW_STEPS: u16 = 1;

/// Computes and checks the codes of the account, whose secret comes from `nonce`.
fn authenticator(domain: &Domain, account: AccountId, email: &str, nonce: &str) -> Result<Totp, Error> {
    let mut hasher = blake3::Hasher::new_keyed(&domain.keys().derive(PURPOSE));
    hasher.update(account.uuid().as_bytes());
    hasher.update(nonce.as_bytes());
    let secret = hasher.finalize().as_bytes()[..20].to_vec();
    Builder::new()
        .with_secret(secret)
        .with_skew(SKEW_STEPS)
        .with_issuer(Some("Realmkeep"))
        .with_account_name(email.replace(':', ""))
        .build()
        .map_err(|error| Error::Internal(format!("an authenticator can't be made: {error}")))
}

/// What is kept of a recovery code, however it was typed.
fn code_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::hash(&SecretString::from(plain.to_ascii_lowercase()))
}
