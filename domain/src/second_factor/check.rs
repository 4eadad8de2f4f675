//! Checking a code.

use grid::AccountId;
use store::accounts::Account;

use super::{authenticator, code_hash};
use crate::{Domain, Error};

/// Uses the code up: true if it was right and not used before. An account without a second factor has no right codes.
pub(crate) async fn check(domain: &Domain, account: &Account, code: &str) -> Result<bool, Error> {
    let factor = store::second_factors::find(domain.store(), account.id).await?;
    let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else { return Ok(false) };
    if check_digits(domain, account, &factor.nonce, code).await? {
        return Ok(true);
    }
    consume_recovery_code(domain, account.id, code).await
}

/// The same for the authenticator's digits alone, also before the second factor counts.
pub(super) async fn check_digits(
    domain: &Domain,
    account: &Account,
    nonce: &str,
    code: &str,
) -> Result<bool, Error> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(false);
    }
    let now = u64::try_from(store::now().timestamp()).unwrap_or_default();
    let Some(step) = authenticator(domain, account.id, &account.email, nonce)?.check(&code, now) else {
        return Ok(false);
    };
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    Ok(store::second_factors::use_step(domain.store(), account.id, step).await?)
}

async fn consume_recovery_code(domain: &Domain, account: AccountId, code: &str) -> Result<bool, Error> {
    let consumed =
        store::second_factors::consume_code(domain.store(), account, &code_hash(code), store::now()).await?;
    if consumed {
        let left = store::second_factors::count_codes(domain.store(), account).await?;
        tracing::info!(account_id = %account, left, "a recovery code was used");
    }
    Ok(consumed)
}
