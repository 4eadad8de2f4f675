//! Giving an account a role beside its own.

use api::{
    Permission, right,
    role::{GrantRequest, GrantView},
};
use garde::Validate as _;
use grid::AccountId;
use serde_json::{Value, json};
use store::grants::Grant;
use uuid::Uuid;

use super::view;
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority, roles, users,
};

/// Grants that an account can have at once.
const AT_ONCE_MAX: usize = 50;

/// Gives the account the role, in that place and until that moment.
///
/// # Errors
/// [`Error::BeyondReach`] if the role, or the account, may do more than the actor; [`Error::Conflict`] for one's own
/// account, and for one that has more grants than anybody can keep apart; [`Error::InvalidField`] for a role or world that
/// is not there, and for an end that is past.
pub async fn give(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    account: AccountId,
    request: GrantRequest,
) -> Result<GrantView, Error> {
    request.validate()?;
    let now = store::now();
    let refused = |field, message: &str| Error::InvalidField { field, message: message.to_owned() };
    if request.ends_at.is_some_and(|end| end <= now) {
        return Err(refused("ends_at", "must lie in the future"));
    }
    if account == actor.account() {
        return Err(Error::Conflict("nobody gives a role to themselves; ask somebody else".to_owned()));
    }
    let role = roles::find(domain.store(), request.role_id).await?;
    let role = role.ok_or_else(|| refused("role_id", "is no role"))?;
    users::check_reach_of(actor, role.permissions())?;
    if role.permissions().contains(Permission::ManageOwners) && request.place.is_some() {
        return Err(refused("place", "an owner is one everywhere"));
    }
    if let Some(place) = request.place {
        store::worlds::find(domain.store(), place.world_id)
            .await?
            .ok_or_else(|| refused("place.world_id", "is no world"))?;
    }
    let to = users::find(domain, account).await?;
    users::check_reach_to(domain, actor, &to).await?;
    let grant = Grant {
        id: Uuid::now_v7(),
        account_id: account,
        role_id: request.role_id,
        role_name: role.name().to_owned(),
        world_id: request.place.map(|place| place.world_id),
        region: request.place.and_then(|place| place.region),
        reason: request.reason,
        created_at: now,
        created_by: actor.account(),
        ends_at: request.ends_at,
        taken_at: None,
        taken_by: None,
        take_reason: None,
    };
    let transaction = domain.store().begin().await?;
    if store::grants::list_in_force(&transaction, account, now).await?.len() >= AT_ONCE_MAX {
        return Err(Error::Conflict(format!("the account has {AT_ONCE_MAX} grants already: take one first")));
    }
    store::grants::insert(&transaction, &grant).await?;
    let change = Change {
        action: "account.give_role",
        subject: format!("account {account}"),
        before: Value::Null,
        after: json!({
            "grant": grant.id, "role_id": grant.role_id, "role": grant.role_name,
            "place": request.place, "ends_at": grant.ends_at,
        }),
        reason: &grant.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, account).await;
    view(domain, grant, now).await
}
