//! Making a second factor count.

use api::credential::{ConfirmTotpRequest, RecoveryCodes};
use garde::Validate as _;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{check::check_digits, code_hash};
use crate::{Actor, Domain, Error, accounts, audit, authority, secret};

/// How many recovery codes an account gets.
const CODES: usize = 10;

/// Makes the second factor count, now that its first code was right, and gives the actor recovery codes.
///
/// # Errors
/// [`Error::InvalidField`] for a wrong code; [`Error::Conflict`] if nothing was begun, or it counts already.
pub async fn confirm(
    domain: &Domain,
    actor: &Actor,
    request: ConfirmTotpRequest,
) -> Result<RecoveryCodes, Error> {
    actor.signed_in()?;
    request.validate()?;
    let account = accounts::own(domain, actor).await?;
    let factor = store::second_factors::find(domain.store(), account.id).await?;
    let factor = factor
        .filter(|factor| factor.confirmed_at.is_none())
        .ok_or_else(|| Error::Conflict("there is no second factor to confirm; begin with one".to_owned()))?;
    domain.login_desk().admit_code(account.id).await?;
    if !check_digits(domain, &account, &factor.nonce, &request.code).await? {
        let message = "is not what the authenticator shows; check its clock".to_owned();
        return Err(Error::InvalidField { field: "code", message });
    }
    let codes: Vec<String> = (0..CODES).map(|_| readable_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| code_hash(code)).collect();
    let transaction = domain.store().begin().await?;
    store::second_factors::confirm(&transaction, account.id, store::now()).await?;
    store::second_factors::replace_codes(&transaction, account.id, &hashes).await?;
    let subject = format!("account {}", account.id);
    audit::note(&transaction, actor, "account.set_up_second_factor", subject, json!({})).await?;
    transaction.commit().await?;
    authority::announce(domain, account.id).await;
    Ok(RecoveryCodes { codes })
}

/// Twelve letters and digits without look-alikes, in groups: 60 bits.
fn readable_code() -> String {
    let long = secret::readable_password();
    let letters = long.expose_secret();
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..12])
}
