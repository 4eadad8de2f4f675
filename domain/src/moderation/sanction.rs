//! Doing something about an account.

use api::{
    moderation::{AppealState, SanctionKind, SanctionRequest, SanctionView},
    right,
};
use garde::Validate as _;
use grid::AccountId;
use serde_json::{Value, json};
use store::sanctions::Sanction;
use uuid::Uuid;

use super::{check_reach, view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority, sessions, users,
};

/// Bans, mutes, kicks, or notes something.
///
/// # Errors
/// [`Error::BeyondReach`] if the account's role allows more than the actor's; [`Error::Conflict`] for one's own account;
/// [`Error::InvalidField`] for an end that is past, or of something that does not last.
pub async fn sanction(
    domain: &Domain,
    actor: &Allowed<right::ModeratePlayers>,
    account: AccountId,
    request: SanctionRequest,
) -> Result<SanctionView, Error> {
    request.validate()?;
    let now = store::now();
    check_end(&request, now)?;
    if account == actor.account() {
        return Err(Error::Conflict("nobody moderates their own account".to_owned()));
    }
    check_reach(domain, actor, account).await?;
    let sanction = Sanction {
        id: Uuid::now_v7(),
        account_id: account,
        kind: request.kind.name().to_owned(),
        reason: request.reason,
        created_at: now,
        created_by: actor.account(),
        ends_at: request.ends_at,
        lifted_at: None,
        lifted_by: None,
        lift_reason: None,
        appeal: AppealState::None.name().to_owned(),
    };
    if request.kind == SanctionKind::Ban {
        sessions::kept::end_of_account(domain, account, None, now).await?;
    }
    let transaction = domain.store().begin().await?;
    store::sanctions::insert(&transaction, &sanction).await?;
    match request.kind {
        SanctionKind::Ban | SanctionKind::Kick => users::end_play(&transaction, account, now).await?,
        SanctionKind::Mute | SanctionKind::Note => {}
    }
    let change = Change {
        action: &format!("account.{}", sanction.kind),
        subject: format!("account {account}"),
        before: Value::Null,
        after: json!({ "sanction": sanction.id, "ends_at": sanction.ends_at }),
        reason: &sanction.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    view(domain, sanction, now).await
}

fn check_end(request: &SanctionRequest, now: chrono::DateTime<chrono::Utc>) -> Result<(), Error> {
    let Some(end) = request.ends_at else { return Ok(()) };
    let refused = |message: &str| Error::InvalidField { field: "ends_at", message: message.to_owned() };
    if !request.kind.lasts() {
        return Err(refused("only a ban or a mute ends"));
    }
    if end <= now {
        return Err(refused("must lie in the future"));
    }
    Ok(())
}
