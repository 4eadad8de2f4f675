//! Changing a role, for everyone who has it.

use api::{
    PermissionSet, right,
    role::{RoleRequest, RoleView},
};
use garde::Validate as _;
use serde_json::json;
use store::roles::CustomRole;
use uuid::Uuid;

use super::{check_name, create::name_taken, find_custom, fold, names_of, set_of, view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority, users,
};

/// Makes the role what the request says. Everyone who has it may do so from now on, on all processes and sockets.
///
/// # Errors
/// [`Error::NotFound`] if there is none; [`Error::Conflict`] for one that every installation has, and if the name is
/// taken; [`Error::BeyondReach`] if the role before or after allows more than the actor may do.
pub async fn change(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    id: Uuid,
    request: RoleRequest,
) -> Result<RoleView, Error> {
    request.validate()?;
    check_name(&request.name)?;
    let permissions: PermissionSet = request.permissions.iter().copied().collect();
    users::check_reach_of(actor, permissions)?;
    let now = store::now();
    let transaction = domain.store().begin().await?;
    let before = find_custom(&transaction, id).await?;
    users::check_reach_of(actor, set_of(&before.permissions))?;
    let holders = store::grants::holders_of(&transaction, id, now).await?;
    if holders.contains(&actor.account()) {
        return Err(Error::Conflict("nobody changes a role that they have; ask somebody else".to_owned()));
    }
    let after = CustomRole {
        name_folded: fold(&request.name),
        name: request.name.trim().to_owned(),
        description: request.description.trim().to_owned(),
        permissions: names_of(permissions),
        changed_at: now,
        ..before.clone()
    };
    store::roles::update(&transaction, &after).await.map_err(name_taken)?;
    let told = |role: &CustomRole| json!({ "name": role.name, "description": role.description, "permissions": role.permissions });
    let change = Change {
        action: "role.change",
        subject: format!("role {id}"),
        before: told(&before),
        after: told(&after),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    for account in holders {
        authority::announce(domain, account).await;
    }
    view(domain, &after).await
}
