//! Taking a sanction back.

use api::{moderation::SanctionView, right, user::Reason};
use garde::Validate as _;
use grid::AccountId;
use serde_json::json;
use store::{Transaction, sanctions::Sanction};
use uuid::Uuid;

use super::{find, view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority,
};

/// Takes a sanction back.
///
/// # Errors
/// [`Error::BeyondReach`] if the account's role allows more than the actor's; [`Error::Conflict`] if it was lifted before.
pub async fn lift(
    domain: &Domain,
    actor: &Allowed<right::ModeratePlayers>,
    account: AccountId,
    id: Uuid,
    request: Reason,
) -> Result<SanctionView, Error> {
    request.validate()?;
    let sanction = find(domain, actor, account, id).await?;
    let transaction = domain.store().begin().await?;
    lift_within(&transaction, actor, &sanction, &request.reason).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    let lifted = store::sanctions::find(domain.store(), id).await?.ok_or(Error::NotFound("sanction"))?;
    view(domain, lifted, store::now()).await
}

pub(super) async fn lift_within(
    transaction: &Transaction,
    actor: &Allowed<right::ModeratePlayers>,
    sanction: &Sanction,
    reason: &str,
) -> Result<(), Error> {
    let now = store::now();
    if !store::sanctions::lift(transaction, sanction.id, actor.account(), reason, now).await? {
        return Err(Error::Conflict("the sanction was lifted before".to_owned()));
    }
    let change = Change {
        action: "account.lift",
        subject: format!("account {}", sanction.account_id),
        before: json!({ "sanction": sanction.id, "kind": sanction.kind, "lifted_at": null }),
        after: json!({ "sanction": sanction.id, "kind": sanction.kind, "lifted_at": now }),
        reason,
    };
    Ok(audit::change(transaction, actor, change).await?)
}
