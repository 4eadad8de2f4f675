//! Where an appeal stands.

use api::{
    moderation::{AppealRequest, AppealState, SanctionView},
    right,
};
use garde::Validate as _;
use grid::AccountId;
use serde_json::json;
use uuid::Uuid;

use super::{find, lift::lift_within, view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority,
};

/// Notes where the appeal against a sanction stands; granting it lifts the sanction.
///
/// # Errors
/// [`Error::BeyondReach`] if the account's role allows more than the actor's; [`Error::Conflict`] for granting the appeal
/// against a sanction that was lifted before.
pub async fn appeal(
    domain: &Domain,
    actor: &Allowed<right::ModeratePlayers>,
    account: AccountId,
    id: Uuid,
    request: AppealRequest,
) -> Result<SanctionView, Error> {
    request.validate()?;
    let sanction = find(domain, actor, account, id).await?;
    let transaction = domain.store().begin().await?;
    store::sanctions::set_appeal(&transaction, id, request.appeal.name()).await?;
    if request.appeal == AppealState::Granted {
        lift_within(&transaction, actor, &sanction, &request.reason).await?;
    }
    let change = Change {
        action: "account.appeal",
        subject: format!("account {account}"),
        before: json!({ "sanction": id, "appeal": sanction.appeal }),
        after: json!({ "sanction": id, "appeal": request.appeal }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    let changed = store::sanctions::find(domain.store(), id).await?.ok_or(Error::NotFound("sanction"))?;
    view(domain, changed, store::now()).await
}
