//! Taking a role back that an account was given.

use api::{PermissionSet, right, role::GrantView, user::Reason};
use garde::Validate as _;
use grid::AccountId;
use serde_json::json;
use uuid::Uuid;

use super::view;
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority, roles, users,
};

/// Ends a grant now.
///
/// # Errors
/// [`Error::NotFound`] if the account has no such grant; [`Error::Conflict`] if it was taken before, and for one's own;
/// [`Error::BeyondReach`] if the role allows more than the actor may do.
pub async fn take(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    account: AccountId,
    id: Uuid,
    request: Reason,
) -> Result<GrantView, Error> {
    request.validate()?;
    let grant = store::grants::find(domain.store(), id).await?;
    let grant = grant.filter(|grant| grant.account_id == account).ok_or(Error::NotFound("grant"))?;
    if account == actor.account() {
        return Err(Error::Conflict("nobody takes a role from themselves; ask somebody else".to_owned()));
    }
    let role = roles::find(domain.store(), grant.role_id).await?;
    users::check_reach_of(actor, role.map_or(PermissionSet::NONE, |role| role.permissions()))?;
    let now = store::now();
    let transaction = domain.store().begin().await?;
    if !store::grants::take(&transaction, id, actor.account(), &request.reason, now).await? {
        return Err(Error::Conflict("the role was taken before".to_owned()));
    }
    let change = Change {
        action: "account.take_role",
        subject: format!("account {account}"),
        before: json!({ "grant": id, "role_id": grant.role_id, "role": grant.role_name, "taken_at": null }),
        after: json!({ "grant": id, "role_id": grant.role_id, "role": grant.role_name, "taken_at": now }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    let taken = store::grants::find(domain.store(), id).await?.ok_or(Error::NotFound("grant"))?;
    view(domain, taken, now).await
}
