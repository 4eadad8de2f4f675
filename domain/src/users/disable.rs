//! Barring an account from signing in, and letting it in again.

use api::right;
use api::user::{Reason, UserView};
use garde::Validate as _;
use grid::AccountId;
use serde_json::json;

use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority, sessions,
};

/// Bars the account: all its sign-ins end, on all processes and sockets.
///
/// # Errors
/// [`Error::BeyondReach`] if its role allows more than the actor's; [`Error::Conflict`] for one's own account and for the
/// last owner.
pub async fn disable(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    id: AccountId,
    request: Reason,
) -> Result<UserView, Error> {
    if id == actor.account() {
        return Err(Error::Conflict("nobody disables their own account".to_owned()));
    }
    change(domain, actor, id, request, true).await
}

/// Lets a disabled account sign in again.
///
/// # Errors
/// [`Error::BeyondReach`] if its role allows more than the actor's.
pub async fn enable(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    id: AccountId,
    request: Reason,
) -> Result<UserView, Error> {
    change(domain, actor, id, request, false).await
}

async fn change(
    domain: &Domain,
    actor: &Allowed<right::ManageUsers>,
    id: AccountId,
    request: Reason,
    disabled: bool,
) -> Result<UserView, Error> {
    request.validate()?;
    let mut account = super::find(domain, id).await?;
    super::check_reach_to(domain, actor, &account).await?;
    if account.disabled_at.is_some() == disabled {
        return super::view(&account);
    }
    let now = store::now();
    if disabled {
        super::check_an_owner_stays(domain.store(), &account).await?;
        sessions::kept::end_of_account(domain, id, None, now).await?;
    }
    let transaction = domain.store().begin().await?;
    if disabled {
        super::check_an_owner_stays(&transaction, &account).await?;
        super::end_play(&transaction, id, now).await?;
    }
    let before = json!({ "disabled_at": account.disabled_at });
    account.disabled_at = disabled.then_some(now);
    store::accounts::set_disabled(&transaction, id, account.disabled_at).await?;
    let change = Change {
        action: if disabled { "account.disable" } else { "account.enable" },
        subject: format!("account {id}"),
        before,
        after: json!({ "disabled_at": account.disabled_at }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, id).await;
    super::view(&account)
}
